/**
 * The law of this room, for every experiment: the numbers in a claim's finding are the numbers of its table's cell and
 * effect, p included. Answers are made up; both sides are read as they are printed.
 * @module
 */
import { deepStrictEqual, fail, match, ok, strictEqual } from "node:assert/strict";
import { percent, percentRange } from "../../lib/format.ts";
import { groupCells } from "../../lib/cli/terminal/table.ts";
import { openClosures } from "../../lib/lab/code/closure.ts";
import { declare } from "../../lib/lab/experiment/declare.ts";
import { experimentIds, EXPERIMENTS, findExperiments } from "../../lib/lab/experiment/discover.ts";
import { preparer } from "../../lib/lab/plan/prepare.ts";
import type { AnyExperiment } from "../../lib/lab/plan/resolve.ts";
import { stream } from "../../lib/random.ts";
import { shortName } from "../../lib/report/html/groups.ts";
import { markdownTable } from "../../lib/report/tables/markdown.ts";
import { estimatesOf } from "../../lib/results/estimates.ts";
import type { Reading } from "../../lib/results/read_results.ts";
import type { Benchmark, Marks } from "../../lib/results/slice.ts";
import { computeResults } from "../../lib/results/table.ts";
import { withFolder } from "../lab/_lab.ts";
import { EMPTY_SLICE } from "../report/_slice.ts";
import { gridsOf, NO_ACCURACY, type Said, saidIn, scoresIn, turned } from "./_printed.ts";

const ITEMS = Array.from({ length: 12 }, (_, i) => `p${i}`);
/** Seeds, and whether an answer is missing. */
const DESIGNS = [{ seeds: [1], gap: false }, { seeds: [1, 2, 3], gap: false }, { seeds: [1, 2], gap: true }];

const found = await findExperiments(EXPERIMENTS, experimentIds(EXPERIMENTS), fail);

for (const { experiment, file } of found) {
  const claims = [...experiment.claims, ...Object.values(experiment.worldClaims ?? {}).flat()];

  Deno.test(`experiment ${experiment.id}: a finding's numbers are those of its table's cells and effects, p included`, () =>
    withFolder(async (folder) => {
      const benchmarks = await benchmarksOf(experiment, file, folder);
      for (const [at, design] of DESIGNS.entries()) {
        const reading = made(experiment, benchmarks, design, at);
        const results = computeResults(reading, () => undefined);
        const tables = new Map(
          benchmarks.map((
            benchmark,
          ) => [benchmark.id, printed(benchmark, markdownTable(results, benchmark))]),
        );
        const estimates = estimatesOf(reading);
        for (const { value, low, high, ...cell } of groupCells(reading.slice, estimates)) {
          const shown = { value: percent(value), range: percentRange({ low, high }) };
          deepStrictEqual(shown, tables.get(cell.benchmark)!.cell(cell), "the terminal's table");
        }
        for (const { id, check } of claims) {
          const { because, verdict } = check(estimates);
          const sentences = because.split("\n");
          for (const sentence of sentences) {
            // Rank correlations and steps' own scores stand in no table.
            if (NO_ACCURACY.test(sentence)) continue;
            const said = saidIn(sentence);
            ok(said, `${id} says something else: ${sentence}`);
            for (const one of said) compare(one, tables, experiment.baseName, `${id}: ${sentence}`);
          }
          // More languages there are not: a rank correlation has no number of problems that would resolve it.
          if (sentences.length === 1 && verdict === "not resolvable" && !/^Spearman of /.test(because)) {
            match(because, /; (no number of \w+ would show|if it is truly .* (would show it|shows it))/, id);
          }
          const [only] = sentences.length === 1 ? saidIn(because) ?? [] : [];
          if (only?.kind !== "difference" || only.p === undefined || / asked /.test(because)) continue;
          const row = tables.get(only.benchmark)!.difference(only);
          if (only.reference === experiment.baseName && row) {
            strictEqual(/cannot be resolved/.test(row.at(-1)!), verdict === "not resolvable", because);
          }
        }
      }
    }));
}

async function benchmarksOf(experiment: AnyExperiment, file: string, folder: string): Promise<Benchmark[]> {
  const spec = {
    variant: experiment.baseName,
    seed: 1,
    scale: "smoke" as const,
    world: experiment.method.worlds[0]!,
    runtime: { device: "cpu", engine: "onnx", threads: 1 },
  };
  const { benchmarks } = await preparer(openClosures(folder))(experiment, spec);
  const declared = declare(experiment, { file, scale: "smoke", benchmarks }).benchmarks.map(
    ({ groups, against = null, note = null, ...benchmark }): Benchmark => ({
      ...benchmark,
      against,
      note,
      groups: Object.entries({ ...groups, avg: benchmark.languages }).map(([name, languages]) => ({
        name,
        languages,
      })),
    }),
  );
  // Claims about benchmarks of another world look at made-up ones of this world's languages.
  const known = new Set(declared.map(({ id }) => id));
  const others = new Set(
    Object.values(experiment.worldClaims ?? {}).flat().flatMap(({ about }) => about.benchmarks),
  );
  return [
    ...declared,
    ...[...others].filter((id) => !known.has(id)).map((id) => ({
      ...declared[0]!,
      id,
      title: id,
      against: null,
    })),
  ];
}

function made(
  experiment: AnyExperiment,
  benchmarks: readonly Benchmark[],
  { seeds, gap }: typeof DESIGNS[number],
  draw: number,
): Reading {
  const variants = [experiment.baseName, ...Object.keys(experiment.variants)];
  const marks = benchmarks.flatMap(({ id, languages }) =>
    variants.flatMap((variant, v) => {
      const skill = stream(draw, "skill", id, variant).uniform();
      return seeds.flatMap((seed) =>
        languages.map((lang, l): Marks => {
          const source = stream(draw, "marks", id, variant, seed, lang);
          const row = ITEMS.map((_, i) =>
            gap && v === 0 && l === 0 && i === 0 ? "." : source.uniform() < skill ? "1" : "0"
          );
          return { run: `${variant} ${seed}`, variant, seed, benchmark: id, lang, marks: row.join("") };
        })
      );
    })
  );
  const slice = {
    ...EMPTY_SLICE,
    experiment: experiment.id,
    baseName: experiment.baseName,
    variants: variants.map((name) => ({ name, method: "m", patch: [], facts: null })),
    benchmarks: [...benchmarks],
    floors: benchmarks.flatMap(({ id: benchmark, languages }) =>
      languages.map((scope) => ({
        ...{ run: "1", variant: experiment.baseName, seed: 1, benchmark, scope, metric: "floor (made up)" },
        ...{ n: ITEMS.length, k: null, value: 0.25, estimator: "made up" },
      }))
    ),
  };
  return { slice, marks, items: Object.fromEntries(benchmarks.map(({ id }) => [id, ITEMS])) };
}

/** A benchmark's Markdown as rows that can be looked up. */
function printed(benchmark: Benchmark, markdown: string) {
  const grids = gridsOf(markdown);
  const row = (variant: string, scope: string, against: RegExp) =>
    grids.slice(1).find(({ before }) => against.test(before))?.rows
      .find(([name, group]) => name === variant && group === shortName(scope));
  return {
    cell({ variant, scope }: Pick<Said, "variant" | "scope">) {
      // A group may be named as a language is; groups stand first.
      const isGroup = benchmark.groups.some(({ name }) => name === scope);
      return scoresIn(grids, variant, shortName(scope)).at(isGroup ? 0 : -1)!;
    },
    difference: ({ variant, scope }: Pick<Said, "variant" | "scope">) =>
      row(variant, scope, /^Against .*, paired, in points/),
    change: ({ variant, scope }: Pick<Said, "variant" | "scope">) =>
      row(variant, scope, /^Against .*, the same system on the same/),
    count: Number(/for the (\d+) differences/.exec(markdown)?.[1]),
    against: benchmark.against,
  };
}

function swapped(row: string[] | undefined): string[] | undefined {
  return row && turned(row);
}

function compare(
  said: Said,
  tables: ReadonlyMap<string, ReturnType<typeof printed>>,
  base: string,
  where: string,
): void {
  const table = tables.get(said.benchmark)!;
  if (said.kind === "accuracy") {
    const { value, range } = table.cell(said);
    deepStrictEqual([said.value, said.range ?? range], [value, range], where);
    return;
  }
  const row = said.kind === "change"
    ? table.against === said.reference ? table.change(said) : undefined
    : said.reference === base
    ? table.difference(said)
    : said.variant === base
    ? swapped(table.difference({ ...said, variant: said.reference }))
    : undefined;
  if (!row) {
    strictEqual(said.corrected, undefined, where);
    return;
  }
  const [, , value, range, p, corrected] = row;
  strictEqual(said.value, value, where);
  if (said.range === undefined) return;
  deepStrictEqual([said.range, said.p, said.corrected], [range, p, corrected], where);
  if (said.kind === "difference") strictEqual(Number(said.of), table.count, where);
  const shown = /difference of (\S+) would show/.exec(row.at(-1)!)?.[1];
  if (shown !== undefined && said.detectable !== undefined) strictEqual(said.detectable, shown, where);
}
