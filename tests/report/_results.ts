/**
 * A small table of results for tests of tables and figures.
 * @module
 */
import type { Slice } from "../../lib/results/slice.ts";
import type { Cell, Results } from "../../lib/results/table.ts";
import { EMPTY_SLICE } from "./_slice.ts";

export const BENCHMARK = {
  id: "mgsm",
  title: "MGSM_1",
  unit: "problem",
  against: null,
  note: null,
  languages: ["en", "sw"],
  groups: [{ name: "LR", languages: ["sw"] }, { name: "avg", languages: ["en", "sw"] }],
};

export function cell(variant: string, scope: string, value: number): Cell {
  return {
    key: `mgsm|${variant}|${scope}`,
    benchmark: "mgsm",
    variant,
    scope,
    kind: scope === "LR" || scope === "avg" ? "group" : "lang",
    languages: [scope],
    value,
    low: value - 0.05,
    high: value + 0.05,
    n: 100,
    k: value * 100,
    seeds: 1,
    covered: 1,
    problems: 100,
    unit: "problem",
    signature: "acc",
    ...(scope === "LR"
      ? { paper: { printed: "50.0", value: 50, table: "table-14", row: variant, column: "LR." } }
      : {}),
  };
}

export function resultsOf(figures: Slice["figures"] = {}): Results {
  const slice: Slice = {
    ...EMPTY_SLICE,
    scale: "smoke",
    title: "50 % & more",
    paper: { mgsm: "table-14" },
    figures,
    variants: [{ name: "Base", method: "m", patch: [], facts: null }, {
      name: "a|b_c",
      method: "m",
      patch: [],
      facts: null,
    }],
    benchmarks: [BENCHMARK],
    recipe: [
      { variant: "Base", path: "align.ratio", value: "0.2" },
      { variant: "a|b_c", path: "align.ratio", value: "0.8" },
      { variant: "Base", path: "lr", value: "1" },
      { variant: "a|b_c", path: "lr", value: "1" },
    ],
    rows: "0123456789abcdef0",
  };
  const cells = ["Base", "a|b_c"].flatMap((variant, i) =>
    ["LR", "avg", "en", "sw"].map((scope) => cell(variant, scope, 0.4 + i / 10))
  );
  return { slice, cells, effects: [], changes: [], knockouts: [], learned: [] };
}
