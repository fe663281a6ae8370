/**
 * Tables and verdicts as Markdown.
 * @module
 */
import { pNumber, points, pointsRange } from "../../format.ts";
import { lookOf } from "../html/verdicts.tsx";
import { readingOf } from "../../results/reading.ts";
import { shortName } from "../html/results_table.tsx";
import type { Benchmark } from "../../results/slice.ts";
import type { Results } from "../../results/table.ts";
import { plainTable } from "./rows.ts";

/** A benchmark's table and its effects. */
export function markdownTable(results: Results, benchmark: Benchmark): string {
  const table = plainTable(results, benchmark);
  const head = ["System", "", ...table.columns];
  const rows = table.rows.map((
    { system, whose, cells },
  ) => [whose === "ours" ? system : "", whose, ...cells]);
  const effects = results.effects.filter((effect) => effect.benchmark === benchmark.id).map((effect) => [
    effect.variant,
    shortName(effect.scope),
    points(effect.value),
    pointsRange(effect),
    pNumber(effect.p),
    pNumber(effect.corrected.p),
    effect.paper === undefined ? "" : points(effect.paper / 100),
    readingOf(effect),
  ]);
  const changes = results.changes.filter((change) => change.benchmark === benchmark.id).map((change) => [
    change.variant,
    shortName(change.scope),
    points(change.value),
    pointsRange(change),
    pNumber(change.p),
    pNumber(change.corrected.p),
    readingOf(change),
  ]);
  const { slice } = results;
  const parts = [
    `### ${text(benchmark.title)}: ${text(slice.title)}`,
    `Accuracy in percent of ${text(table.size)}, ${text(table.intervals)}; scale ${
      text(slice.scale)
    }, world ${text(slice.world)}. Rows \`${slice.rows.slice(0, 16)}\`.`,
    ...(benchmark.note === null ? [] : [text(benchmark.note)]),
    grid(head, rows),
  ];
  if (effects.length > 0) {
    parts.push(
      `Against ${text(slice.baseName)}, paired, in points; ${bothP(effects.length)}:`,
      grid(["Change", "Languages", "Ours", "Interval", ...P, "Paper", "Reading"], effects),
    );
  }
  if (changes.length > 0) {
    const before = slice.benchmarks.find(({ id }) => id === benchmark.against)!.title;
    parts.push(
      `Against ${text(before)}, the same system on the same ${text(benchmark.unit)}s, paired, in points; ${
        bothP(changes.length)
      }:`,
      grid(["System", "Languages", "Ours", "Interval", ...P, "Reading"], changes),
    );
  }
  return `${parts.join("\n\n")}\n`;
}

const P = ["p, uncorrected", "p, corrected"];

function bothP(count: number): string {
  return "p of each by itself (uncorrected, as the verdicts quote it) and after Holm's correction for the " +
    `${count} differences of this table`;
}

/** Verdicts of one slice. */
export function markdownVerdicts({ slice }: Results): string {
  const rows = slice.claims.map((
    claim,
  ) => [lookOf(claim.verdict).title, claim.sentence, claim.source, claim.because.replaceAll("\n", "; ")]);
  return `### ${text(slice.title)}\n\n${grid(["Verdict", "Conclusion", "Source", "Because"], rows)}\n`;
}

function grid(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map(text).join(" | ")} |`;
  const rule = `|${head.map((_, i) => i < 2 ? "---" : "---:").join("|")}|`;
  return [line(head), rule, ...rows.map(line)].join("\n");
}

/** Text that Markdown and HTML leave alone. */
export function text(value: string): string {
  return value.replace(/[\r\n]+/g, " ").replace(/[\\`*_[\]<>|&~#]/g, (mark) => `\\${mark}`);
}
