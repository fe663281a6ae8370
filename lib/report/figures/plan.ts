/**
 * All figures of a slice, by benchmark, with their theme and their files; the experiment's own stand under "".
 * @module
 */
import { join } from "node:path";
import type { TopLevelSpec } from "vega-lite";
import { UserError } from "../../errors.ts";
import { writeFileAtomic } from "../../files.ts";
import type { Results } from "../../results/table.ts";
import { type Slice, sliceName } from "../../results/slice.ts";
import type { PaperLookup } from "../../results/paper_row.ts";
import { curveDrawings } from "./curves.ts";
import { datasets } from "./data.ts";
import { type Figure, fileName, THEME } from "./figure.ts";
import type { ScoreHistory } from "../history.ts";
import { historyDrawings } from "./history.ts";
import { drawingsOf } from "./kinds/mod.ts";
import type { Drawing } from "./kinds/shared.ts";
import { standardFigures } from "./standard.ts";
import { drawSvg } from "./svg.ts";

/** Plans every figure; draws none. `paper` is asked for what figures show beside ours. */
export function planFigures(
  results: Results,
  paper: PaperLookup = () => undefined,
): ReadonlyMap<string, readonly Figure[]> {
  const figures = new Map<string, Figure[]>();
  const add = (place: string, plan: Omit<Figure, "svgPath" | "specPath">) => {
    const list = figures.get(place) ?? [];
    figures.set(place, list);
    const path = `figures/${plan.name}`;
    list.push({ ...plan, svgPath: `${path}.svg`, specPath: `${path}.vl.json` });
  };
  const stem = sliceName(results.slice);
  for (const benchmark of results.slice.benchmarks) {
    for (const { kind, spec, ...plan } of standardFigures(results, benchmark)) {
      add(benchmark.id, { ...plan, name: fileName(`${stem}.${benchmark.id}.${kind}`), spec: themed(spec) });
    }
  }
  for (const [name, given] of Object.entries(results.slice.figures)) {
    if (given.draw === undefined) {
      add("", { name: fileName(`${stem}.${name}`), ...ownFigure(results, name, given) });
      continue;
    }
    for (const { part, spec, ...plan } of drawingsOf(results, name, given, paper)) {
      add("", { ...plan, name: fileName(`${stem}.${name}.${part}`), spec: themed(spec) });
    }
  }
  return figures;
}

/** Learning curves, a figure a stage. */
export function planCurves({ slice }: Results): readonly Figure[] {
  return planned(slice, "curve", curveDrawings(slice.curves));
}

/** Scores over the commits of the slice's baseline, a figure a benchmark. */
export function planHistory({ slice }: Results, scores: readonly ScoreHistory[]): readonly Figure[] {
  return planned(slice, "history", historyDrawings(scores, slice.benchmarks));
}

function planned(slice: Slice, kind: string, drawings: readonly Drawing[]): readonly Figure[] {
  return drawings.map(({ part, spec, ...plan }) => {
    const name = fileName(`${sliceName(slice)}.${kind}.${part}`);
    return {
      ...plan,
      name,
      spec: themed(spec),
      svgPath: `figures/${name}.svg`,
      specPath: `figures/${name}.vl.json`,
    };
  });
}

/** Writes each figure as SVG and as its specification. */
export async function drawFigureFiles(
  figures: readonly Figure[],
  out: string,
  palette: ReadonlyMap<string, string>,
): Promise<void> {
  for (const figure of figures) {
    const svg = await draw(figure, palette);
    writeFileAtomic(join(out, figure.specPath), `${JSON.stringify(figure.spec)}\n`);
    writeFileAtomic(join(out, figure.svgPath), svg);
  }
}

async function draw(figure: Figure, palette: ReadonlyMap<string, string>): Promise<string> {
  try {
    return await drawSvg(figure.spec, palette);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new UserError(`Cannot draw figure "${figure.name}": ${message}`, { cause: error });
  }
}

/** An experiment's specification: its data by name, its title and description as the caption. */
function ownFigure(results: Results, name: string, given: Readonly<Record<string, unknown>>) {
  const { title = name, description = "", ...rest } = given;
  const sets = datasets(results);
  const data = rest.data ?? { name: "cells" };
  const used = Object.keys(sets).filter((set) =>
    JSON.stringify({ ...rest, data }).includes(`"name":"${set}"`)
  );
  if (used.length === 0) {
    const choice = Object.keys(sets).join(", ");
    throw new UserError(
      `Cannot draw figure "${name}" of "${results.slice.experiment}": its data name none of ${choice}`,
    );
  }
  const spec = {
    width: "container",
    height: 280,
    ...rest,
    data,
    datasets: Object.fromEntries(used.map((set) => [set, sets[set]])),
  } as TopLevelSpec;
  return { title: String(title), caption: String(description), minWidth: 0, spec: themed(spec) };
}

function themed(spec: TopLevelSpec): TopLevelSpec {
  return {
    $schema: "https://vega.github.io/schema/vega-lite/v6.json",
    autosize: { type: "fit", contains: "padding" },
    ...spec,
    config: { ...THEME, ...spec.config },
  } as TopLevelSpec;
}
