/**
 * Tables and verdicts as Markdown.
 * @module
 */
import { pNumber, points, pointsRange } from "../../format.ts";
import { lookOf } from "../html/verdicts.tsx";
import { shownOf } from "../../lab/experiment/verdict_words.ts";
import { readingOf } from "../../results/reading.ts";
import { shortName } from "../html/groups.ts";
import type { Benchmark } from "../../results/slice.ts";
import type { Results } from "../../results/table.ts";
import { paperFootnote } from "../../results/paper_floor.ts";
import { type PlainTable, plainTable } from "./rows.ts";
import { grid, text } from "./plain.ts";
import { scoreTables } from "./score_tables.ts";

/** A benchmark's table and its effects. */
export function markdownTable(results: Results, benchmark: Benchmark): string {
  const table = plainTable(results, benchmark);
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
  const footnote = paperFootnote(results.cells.filter((cell) => cell.benchmark === benchmark.id));
  const parts = [
    `### ${text(benchmark.title)}: ${text(slice.title)}`,
    `Accuracy in percent of ${text(table.size)}, ${text(table.intervals)}; scale ${
      text(slice.scale)
    }, world ${text(slice.world)}. Rows \`${slice.rows.slice(0, 16)}\`.`,
    ...(benchmark.note === null ? [] : [text(benchmark.note)]),
    ...scoreParts(table, benchmark.groups.length),
    ...(footnote === undefined ? [] : [text(footnote)]),
  ];
  if (effects.length > 0) {
    parts.push(
      `Against ${text(slice.baseName)}, paired, in points; ${bothP(effects.length)}:`,
      grid({ head: ["Change", "Languages", "Ours", "Interval", ...P, "Paper", "Reading"], rows: effects }, [
        0,
        1,
        7,
      ]),
    );
  }
  if (changes.length > 0) {
    const before = slice.benchmarks.find(({ id }) => id === benchmark.against)!.title;
    parts.push(
      `Against ${text(before)}, the same system on the same ${text(benchmark.unit)}s, paired, in points; ${
        bothP(changes.length)
      }:`,
      grid({ head: ["System", "Languages", "Ours", "Interval", ...P, "Reading"], rows: changes }, [0, 1, 6]),
    );
  }
  return `${parts.join("\n\n")}\n`;
}

const P = ["p, uncorrected", "p, corrected"];

function bothP(count: number): string {
  return "p of each by itself (uncorrected, as the verdicts quote it) and after Holm's correction for the " +
    `${count} differences of this table`;
}

/** With more scopes than this the languages are folded away below the groups. */
const SCOPES = 15;

/** What was found: means over groups, and the languages one by one. */
function scoreParts(table: PlainTable, groups: number): string[] {
  const parts = (from: number, to: number) => scoreTables(table, from, to).map((part) => grid(part, [0]));
  const all = table.columns.length;
  if (all <= SCOPES || groups === 0) return parts(0, all);
  const summary = `${all - groups} languages one by one`;
  return [
    ...parts(0, groups),
    `<details>\n<summary>${summary}</summary>\n\n${parts(groups, all).join("\n\n")}\n\n</details>`,
  ];
}

/** Verdicts of one slice: what they are in a table, why in a list below it, a line a part. */
export function markdownVerdicts({ slice }: Results): string {
  const rows = slice.claims.map((
    { verdict, sentence, source },
    i,
  ) => [`${i + 1}`, lookOf(shownOf(verdict, slice.scale)).title, sentence, source]);
  const reasons = slice.claims.map(({ because }, i) => {
    const [first, ...others] = because.split("\n").map(text);
    return others.length === 0 ? `${i + 1}. ${first}` : [
      `${i + 1}. In parts:`,
      ...[first, ...others].map((part) => `   - ${part}`),
    ].join("\n");
  });
  const head = ["", "Verdict", "Conclusion", "Source"];
  return `### ${text(slice.title)}\n\n${grid({ head, rows }, [1, 2, 3])}\n\nBecause:\n\n${
    reasons.join("\n")
  }\n`;
}
