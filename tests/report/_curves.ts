/**
 * Results of a made-up experiment on the code-switch ratio with known numbers, for tests of figures.
 * @module
 */
import type { Benchmark } from "../../lib/results/slice.ts";
import type { Cell, Results } from "../../lib/results/table.ts";
import { EMPTY_SLICE } from "./_slice.ts";

const RATIOS: Readonly<Record<string, number>> = {
  "80 %": 0.8,
  "0 %": 0,
  "40 %": 0.4,
  "100 %": 1,
  "parallel text": 0.8,
};
/** Low-resource accuracy on MGSM. */
const LOW: Readonly<Record<string, number>> = {
  "80 %": 0.5,
  "0 %": 0.1,
  "40 %": 0.3,
  "100 %": 0.6,
  "parallel text": 0.55,
};
const MGSM: Benchmark = {
  id: "mgsm",
  title: "MGSM",
  unit: "problem",
  against: null,
  note: null,
  languages: ["bn", "de", "fr", "sw"],
  groups: [
    { name: "LR", languages: ["bn", "sw"] },
    { name: "HR", languages: ["de", "fr"] },
    { name: "avg", languages: ["bn", "de", "fr", "sw"] },
  ],
};
const TATOEBA: Benchmark = {
  id: "tatoeba",
  title: "Tatoeba",
  unit: "sentence",
  against: null,
  note: null,
  languages: ["bn", "de", "fr", "sw", "vi"],
  groups: [
    { name: "LR", languages: ["bn", "sw"] },
    { name: "MR", languages: ["vi"] },
    { name: "HR", languages: ["de", "fr"] },
    { name: "avg", languages: ["bn", "de", "fr", "sw", "vi"] },
  ],
};
/** What a group or language has more than LR. */
const MORE: Readonly<Record<string, number>> = {
  MR: 0.15,
  HR: 0.2,
  avg: 0.1,
  sw: 0.01,
  de: 0.2,
  fr: 0.18,
  vi: 0.15,
};

export function curves(): Results {
  const variants = Object.keys(RATIOS);
  const cells = variants.flatMap((variant) =>
    [TATOEBA, MGSM].flatMap((benchmark) =>
      [...benchmark.groups.map(({ name }) => name), ...benchmark.languages].map((scope) =>
        cell(benchmark, variant, scope)
      )
    )
  );
  return {
    slice: {
      ...EMPTY_SLICE,
      experiment: "curves",
      title: "Code-switch ratio",
      baseName: "80 %",
      variants: variants.map((name) => ({ name, method: "m", patch: [], facts: null })),
      benchmarks: [TATOEBA, MGSM],
      recipe: variants.flatMap((variant) => [
        { variant, path: "code_switch.ratio", value: String(RATIOS[variant]) },
        {
          variant,
          path: "align_data.text",
          value: variant === "parallel text" ? '"parallel"' : '"switched"',
        },
      ]),
    },
    cells,
    effects: [],
    changes: [],
    knockouts: [],
    learned: [],
  };
}

function cell(benchmark: Benchmark, variant: string, scope: string): Cell {
  const group = benchmark.groups.find(({ name }) => name === scope);
  const value = LOW[variant]! + (MORE[scope] ?? 0) + (benchmark.id === "tatoeba" ? 0.05 : 0);
  return {
    key: `${benchmark.id}|${variant}|${scope}`,
    benchmark: benchmark.id,
    variant,
    scope,
    kind: group ? "group" : "lang",
    languages: group?.languages ?? [scope],
    value,
    low: value - 0.05,
    high: value + 0.05,
    n: 100,
    k: Math.round(value * 100),
    seeds: 1,
    covered: 1,
    problems: 100,
    unit: "problem",
    signature: "acc",
    ...(benchmark.id === "mgsm" && variant === "100 %" && scope === "LR"
      ? { paper: { printed: "61.2", value: 61.2, table: "table-1", row: variant, column: "LR" } }
      : {}),
  };
}
