/**
 * The gate's result as lines for a terminal or a CI log.
 * @module
 */
import { VERDICT_WORDS } from "../../lab/experiment/verdict_words.ts";
import { percent, plain, plural, points } from "../../format.ts";
import { sliceName } from "../../results/slice.ts";
import { type Comparison, fails, type Outcome } from "./compare.ts";
import type { RegressResult, SliceComparison } from "./regress.ts";

/** Better and worse never share a word or a sign. */
const SIGNS: Readonly<Record<Outcome, string>> = {
  regressed: "✗ REGRESSED",
  missing: "✗ MISSING",
  improved: "▲ improved",
  changed: "≈ within tolerance",
  new: "+ new",
  same: "= same",
};
const ORDER: readonly Outcome[] = ["regressed", "missing", "improved", "changed", "new", "same"];

/** What a person reads. */
export function describeRegress(result: RegressResult): string {
  const lines = result.slices.flatMap(describeSlice);
  for (const path of result.stale) {
    lines.push(
      `✗ STALE ${path}: it does not follow from the committed baselines; run \`deno task regress --update\``,
    );
  }
  for (const name of result.notRun) lines.push(`– ${name}: has a baseline, was not run here`);
  for (const name of result.noBaseline) {
    lines.push(`– ${name}: has no baseline; accept it with \`deno task regress --update\``);
  }
  const failures = result.slices.flatMap(({ comparisons }) => comparisons.filter(fails)).length;
  const compared = result.slices.flatMap(({ comparisons }) => comparisons).filter(({ outcome }) =>
    outcome !== "new"
  );
  lines.push(
    result.code === 3
      ? "Nothing to compare with"
      : result.code === 0
      ? `Pass: ${plural(compared.length, "metric")} compared`
      : `Fail: ${failures} of ${plural(compared.length, "metric")} failed` +
        (result.stale.length > 0 ? `, ${plural(result.stale.length, "stale page")}` : ""),
  );
  return `${lines.join("\n")}\n`;
}

function describeSlice(slice: SliceComparison): string[] {
  const count = (outcome: Outcome) => slice.comparisons.filter((c) => c.outcome === outcome).length;
  const tally = ORDER.filter((outcome) => count(outcome) > 0).map((outcome) =>
    `${count(outcome)} ${outcome}`
  );
  const lines = [`${sliceName(slice)}: ${tally.join(", ")}`];
  for (const outcome of ORDER.slice(0, 3)) {
    for (const comparison of slice.comparisons.filter((c) => c.outcome === outcome)) {
      lines.push(`  ${SIGNS[outcome]} ${describeComparison(comparison)}`);
    }
  }
  if (slice.flipped.length > 0) {
    lines.push("  Right before, wrong now:");
    for (const flip of slice.flipped) {
      const found = flip.extracted === null ? "nothing" : JSON.stringify(flip.extracted);
      lines.push(
        `    ${flip.variant}, seed ${flip.seed}, ${flip.benchmark} ${flip.lang} ${flip.item}: found ${found}, ` +
          `wanted ${JSON.stringify(flip.gold)}; wrote ${JSON.stringify(flip.output.slice(-60))}`,
      );
    }
  }
  for (const { claim, before, now } of slice.verdicts) {
    lines.push(`  verdict of "${claim}": ${words(before)} -> ${words(now)}`);
  }
  return lines;
}

/** What people read for a verdict; "missing" says that the claim is not there any more. */
function words(verdict: string): string {
  return (VERDICT_WORDS as Readonly<Record<string, string>>)[verdict] ?? verdict;
}

function describeComparison(c: Comparison): string {
  const share = c.metric === "accuracy" || c.rule.startsWith("binomial");
  const value = (x: number | null) => x === null ? "none" : share ? percent(x) : plain(x);
  const where = [c.variant, c.benchmark, c.scope, c.metric].filter((part) => part !== "").join(", ");
  if (c.before === null || c.now === null) return `${where}: ${value(c.before)} -> ${value(c.now)}`;
  const change = share ? points(c.now - c.before) : plain(c.now - c.before);
  const tolerance = c.tolerance === null ? "" : share ? (c.tolerance * 100).toFixed(1) : plain(c.tolerance);
  const lost = c.flips.filter((flip) => !flip.now).length;
  const flips = c.flips.length === 0
    ? ""
    : `; ${lost} right to wrong, ${c.flips.length - lost} wrong to right`;
  return `${where}: ${value(c.before)} -> ${
    value(c.now)
  } (${change}, tolerance ${tolerance}, ${c.rule})${flips}`;
}
