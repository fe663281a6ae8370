/**
 * Accuracies over the commits that changed a baseline: a drawing a benchmark, a line a system. A commit at which a score
 * was as before has no point, and the line goes on at its height.
 * @module
 */
import type { TopLevelSpec } from "vega-lite";
import type { Benchmark } from "../../results/slice.ts";
import type { ScoreHistory } from "../history.ts";
import { systemColour } from "./figure.ts";
import type { Drawing } from "./kinds/shared.ts";

/** None of a benchmark whose accuracies have not moved yet. */
export function historyDrawings(
  scores: readonly ScoreHistory[],
  benchmarks: readonly Pick<Benchmark, "id" | "title">[],
): Drawing[] {
  return benchmarks.flatMap(({ id, title }) => {
    const own = scores.filter(({ benchmark, metric }) => benchmark === id && metric === "accuracy");
    return own.some(({ points }) => points.length > 1) ? [drawingOf(id, title, own)] : [];
  });
}

function drawingOf(part: string, title: string, scores: readonly ScoreHistory[]): Drawing {
  const commits = [
    ...new Map(scores.flatMap(({ points }) => points).map((commit) => [commit.id, commit])).values(),
  ].sort((a, b) => Date.parse(a.date) - Date.parse(b.date));
  const labels = commits.map(labelOf);
  const names = [...new Set(scores.map(nameOf))];
  const color = systemColour(names, "system");
  const x = { field: "commit", type: "ordinal", sort: labels, title: "Commit", axis: { labelAngle: -30 } };
  const y = { field: "accuracy", type: "quantitative", title: "Accuracy, %", axis: { tickCount: 5 } };
  const moved = scores.flatMap((score) =>
    score.points.map((point) => ({
      system: nameOf(score),
      commit: labelOf(point),
      accuracy: percent(point.value),
      low: percent(point.interval?.low ?? point.value),
      high: percent(point.interval?.high ?? point.value),
      subject: point.subject,
    }))
  );
  const spec = {
    width: "container",
    height: 220,
    layer: [
      {
        data: { values: scores.flatMap((score) => carried(score, commits)) },
        mark: { type: "line", strokeWidth: 1.6 },
        encoding: { x, y, color },
      },
      {
        data: { values: moved },
        layer: [
          {
            mark: { type: "rule" },
            encoding: { x, y: { ...y, field: "low" }, y2: { field: "high" }, color },
          },
          {
            mark: { type: "point", size: 50, opacity: 1 },
            encoding: {
              x,
              y,
              color,
              tooltip: [
                { field: "system", title: "system" },
                { field: "accuracy", title: "accuracy", format: ".1f" },
                { field: "low", title: "from", format: ".1f" },
                { field: "high", title: "to", format: ".1f" },
                { field: "subject", title: "commit" },
              ],
            },
          },
        ],
      },
    ],
  } as unknown as TopLevelSpec;
  return {
    part,
    title: `${title} over the commits of its baseline`,
    caption:
      `Mean accuracy over languages (${scopesOf(scores)}) with its interval at each commit that moved it, ` +
      `from ${labels[0]} to ${labels.at(-1)}.`,
    spec,
    minWidth: 0,
  };
}

/** A score at every commit since its first: as it was, where the commit did not move it. */
function carried(score: ScoreHistory, commits: readonly { readonly id: string }[]) {
  const at = new Map(score.points.map(({ id, value }) => [id, value]));
  let last: number | undefined;
  return commits.flatMap((commit) => {
    last = at.get(commit.id) ?? last;
    return last === undefined
      ? []
      : [{ system: nameOf(score), commit: labelOf(commit), accuracy: percent(last) }];
  });
}

/** A history may have several scopes. */
function nameOf({ variant, scope }: ScoreHistory): string {
  return scope === "avg" ? variant : `${variant}, ${scope}`;
}

/** "8d41c2f", as git says it in short. */
function labelOf({ id }: { readonly id: string }): string {
  return id.slice(0, 7);
}

function scopesOf(scores: readonly ScoreHistory[]): string {
  return [...new Set(scores.map(({ scope }) => scope))].join(", ");
}

function percent(share: number): number {
  return Number((share * 100).toFixed(2));
}
