/**
 * What of the solutions is right (operation, operands, sum), as Markdown.
 * @module
 */
import { percent, percentRange } from "../../format.ts";
import { PARTS } from "../../metric/mod.ts";
import type { PartsRow } from "../../results/parts.ts";
import type { Benchmark } from "../../results/slice.ts";
import { shortName } from "../html/groups.ts";
import { grid, text } from "./plain.ts";

/** The parts of a benchmark's solutions; undefined where it has no worked ones. */
export function markdownParts(parts: readonly PartsRow[], benchmark: Benchmark): string | undefined {
  const rows = parts.filter((row) => row.benchmark === benchmark.id).map((row) => [
    row.variant,
    shortName(row.scope),
    ...PARTS.map((part) => `${percent(row.parts[part].value)} (${percentRange(row.parts[part])})`),
  ]);
  if (rows.length === 0) return undefined;
  const head = ["System", "Languages", "Operation", "Operands", "Sum"];
  return `#### ${text(benchmark.title)}: operation, operands, sum\n\n` +
    "In percent of the solutions: their operators are the worked solution's; they take its numbers; their own " +
    `arithmetic is right.\n\n${grid({ head, rows }, [0, 1])}\n`;
}
