/**
 * What a step counted, as shares beside the paper's printed counts: a pair of bars a row, as its Table 18 lists them.
 * @module
 */
import type { TopLevelSpec } from "vega-lite";
import type { ShareFigure } from "../../../lab/experiment/figure.ts";
import { capitalised, integer } from "../../../format.ts";
import type { Results } from "../../../results/table.ts";
import type { PaperLookup } from "../../../results/paper_row.ts";
import { type Drawing, wrapped, WRAPPED_LABELS } from "./shared.ts";

const [OURS, PAPER] = ["ours", "the paper"];

/** Undefined until every row has been counted: shares of a part would not be those of the whole. */
export function shareDrawing(
  { title, metric, table, rows }: ShareFigure,
  { slice }: Results,
  paper: PaperLookup,
): Drawing | undefined {
  const counted = new Map(slice.own.filter((score) => score.metric === metric).map((s) => [s.scope, s.k]));
  const counts = Object.entries(rows).map(([row, scopes]) => {
    const ours = scopes.map((scope) => counted.get(scope) ?? null);
    return {
      row,
      [OURS]: ours.includes(null) ? null : ours.reduce<number>((sum, k) => sum + k!, 0),
      [PAPER]: paper(table, row, "")?.value ?? null,
    };
    // The store keeps no order of names; the paper's table goes from the most frequent down.
  }).sort((a, b) => Number(b[PAPER]) - Number(a[PAPER]));
  if (counts.some((count) => count[OURS] === null)) return undefined;
  const values = [OURS, PAPER].flatMap((whose) => {
    const total = totalOf(counts.map((count) => count[whose] as number | null));
    return counts.flatMap(({ row, [whose]: count }) =>
      count === null
        ? []
        : [{ row: wrapped(row), whose, count, share: Number((100 * Number(count) / total).toFixed(3)) }]
    );
  });
  const spec = {
    data: { values },
    width: "container",
    height: 260,
    encoding: {
      x: {
        field: "row",
        type: "nominal",
        sort: counts.map(({ row }) => wrapped(row)),
        title: null,
        axis: WRAPPED_LABELS,
      },
      xOffset: { field: "whose", type: "nominal", sort: [OURS, PAPER] },
      y: { field: "share", type: "quantitative", title: "Share, %", axis: { tickCount: 6 } },
      tooltip: [
        { field: "row", title: "row" },
        { field: "whose", title: "whose" },
        { field: "count", title: "count", format: "," },
        { field: "share", title: "share, %", format: ".1f" },
      ],
    },
    layer: [
      {
        mark: { type: "bar", cornerRadiusTopLeft: 3, cornerRadiusTopRight: 3 },
        encoding: {
          color: {
            field: "whose",
            type: "nominal",
            sort: [OURS, PAPER],
            scale: { domain: [OURS, PAPER], range: ["var(--c1)", "var(--c6)"] },
            legend: { title: null, symbolType: "circle", symbolSize: 90 },
          },
        },
      },
      {
        mark: { type: "text", dy: -6, fontSize: 10 },
        encoding: { text: { field: "share", type: "quantitative", format: ".1f" } },
      },
    ],
  } as TopLevelSpec;
  const [ours, theirs] = [OURS, PAPER].map((whose) =>
    integer(totalOf(counts.map((count) => count[whose] as number | null)))
  );
  return {
    part: "shares",
    title,
    caption: `${
      capitalised(metric)
    } that are in one of these rows: ${ours} of ours, ${theirs} in the paper's ${
      table.replace("table-", "Table ")
    }; shares in percent of these.`,
    spec,
    minWidth: Object.keys(rows).length * 60,
  };
}

function totalOf(counts: readonly (number | null)[]): number {
  return counts.reduce<number>((sum, count) => sum + (count ?? 0), 0);
}
