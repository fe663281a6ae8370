/**
 * The kinds of figures that an experiment can choose by name, see `lib/lab/experiment/figure.ts`. A choice comes from the store, so
 * it is checked here.
 * @module
 */
import * as v from "valibot";
import { didYouMean, UserError } from "../../../errors.ts";
import type { Benchmark } from "../../../results/slice.ts";
import type { Results } from "../../../results/table.ts";
import type { PaperLookup } from "../../../results/paper_row.ts";
import { TABLE_CHOICE } from "../../../results/paper_table.ts";
import { barDrawing } from "./bars.ts";
import { lineDrawing } from "./lines.ts";
import { mapDrawing } from "./map.ts";
import { scatterDrawing } from "./scatter.ts";
import { shareDrawing } from "./shares.ts";
import type { Drawing } from "./shared.ts";

const names = v.array(v.string());
const pairs = v.array(v.tuple([v.string(), v.string()]));
const named = { title: v.string(), caption: v.optional(v.string()) };

const CHOICE = v.variant("draw", [
  v.strictObject({
    ...named,
    draw: v.literal("lines"),
    benchmarks: names,
    x: v.string(),
    xTitle: v.string(),
    times: v.optional(v.number()),
    reference: v.optional(v.string()),
  }),
  v.strictObject({ ...named, draw: v.literal("bars"), benchmarks: names, variants: v.optional(names) }),
  v.strictObject({
    ...named,
    draw: v.literal("scatter"),
    x: v.string(),
    benchmarks: names,
    variants: v.optional(names),
  }),
  v.strictObject({
    ...named,
    draw: v.literal("map"),
    // A store has what a run declared: until 21 November 2026 a record, which has no order.
    panels: v.union([pairs, v.pipe(v.record(v.string(), v.string()), v.transform(Object.entries))]),
    variant: v.optional(v.string()),
  }),
  v.strictObject({
    ...named,
    draw: v.literal("shares"),
    metric: v.string(),
    table: v.string(),
    rows: v.record(v.string(), names),
  }),
  TABLE_CHOICE,
]);

/**
 * The drawings of a choice; those whose numbers are not there yet are left out.
 * @throws {UserError} for a choice that is none, or that names a benchmark or variant which the experiment lacks.
 */
export function drawingsOf(
  results: Results,
  name: string,
  given: unknown,
  paper: PaperLookup = () => undefined,
): Drawing[] {
  const parsed = v.safeParse(CHOICE, given);
  const fail = (what: string): never => {
    throw new UserError(`Cannot draw figure "${name}" of "${results.slice.experiment}": ${what}`);
  };
  if (!parsed.success) {
    const [issue] = parsed.issues;
    return fail(`${v.getDotPath(issue) ?? "draw"}: ${issue.message}`);
  }
  const figure = parsed.output;
  // Its page has it as a table (`paper_table.tsx`).
  if (figure.draw === "table") return [];
  const variants = results.slice.variants.map((variant) => variant.name);
  const benchmarkOf = (id: string): Benchmark => {
    const all = results.slice.benchmarks;
    return all.find((one) => one.id === id) ??
      fail(`unknown benchmark "${id}": ${didYouMean(id, all.map((b) => b.id))}`);
  };
  for (const variant of variantsIn(figure)) {
    if (!variants.includes(variant)) fail(`unknown variant "${variant}": ${didYouMean(variant, variants)}`);
  }
  const drawings = figure.draw === "map"
    ? figure.panels.map((panel) => mapDrawing(figure, results, panel))
    : figure.draw === "shares"
    ? [shareDrawing(figure, results, paper)]
    : figure.benchmarks.map(benchmarkOf).map((benchmark) => {
      if (figure.draw === "lines") return lineDrawing(figure, results, benchmark);
      if (figure.draw === "bars") return barDrawing(figure, results, benchmark);
      return scatterDrawing(figure, results, [benchmarkOf(figure.x), benchmark]);
    });
  return drawings.filter((drawing) => drawing !== undefined).map((drawing) => ({
    ...drawing,
    caption: figure.caption === undefined ? drawing.caption : `${drawing.caption} ${figure.caption}`,
  }));
}

function variantsIn(figure: Exclude<v.InferOutput<typeof CHOICE>, { draw: "table" }>): readonly string[] {
  if (figure.draw === "lines") return figure.reference === undefined ? [] : [figure.reference];
  if (figure.draw === "map") return figure.variant === undefined ? [] : [figure.variant];
  return figure.draw === "shares" ? [] : figure.variants ?? [];
}
