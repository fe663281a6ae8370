/**
 * Laws that every module in `experiments/` keeps. That its smoke scale finishes and gives the same bytes twice is
 * checked by `deno task verify`, which trains.
 * @module
 */
import { deepStrictEqual, fail, match, notStrictEqual, ok, rejects, strictEqual } from "node:assert/strict";
import { join } from "node:path";
import stageRemoval from "../../experiments/stage_removal.ts";
import { having } from "../../lib/checked.ts";
import { openClosures } from "../../lib/lab/code/closure.ts";
import { declare } from "../../lib/lab/experiment/declare.ts";
import { experimentIds, EXPERIMENTS, findExperiments, headerOf } from "../../lib/lab/experiment/discover.ts";
import { flatten } from "../../lib/lab/plan/patch.ts";
import { preparer } from "../../lib/lab/plan/prepare.ts";
import { type AnyExperiment, resolve, variantNames } from "../../lib/lab/plan/resolve.ts";
import type { Results } from "../../lib/lab/experiment/results.ts";
import { type Claim, type Scale, SCALES } from "../../lib/lab/experiment/types.ts";
import { drawingsOf } from "../../lib/report/figures/kinds/mod.ts";
import { loadPaper } from "../../lib/paper/paper.ts";
import { paperLookup } from "../../lib/paper/lookup.ts";
import { paperRow } from "../../lib/results/paper_row.ts";
import { FIXTURES, withFolder } from "./_lab.ts";

const FOLDERS = [EXPERIMENTS, join(FIXTURES, "experiments")];
const found =
  (await Promise.all(FOLDERS.map((folder) => findExperiments(folder, experimentIds(folder), fail))))
    .flat();
const RUNTIME = { device: "cpu", engine: "onnx", threads: 1 };

/** In whichever world. */
function allClaims({ claims, worldClaims = {} }: AnyExperiment): readonly Claim[] {
  return [...claims, ...Object.values(worldClaims).flat()];
}

/** Its rows at a scale, without those that the lab refuses there since a checkpoint has sizes of its own: real models alone. */
function countedAt(experiment: AnyExperiment, scale: Scale): string[] {
  return variantNames(experiment).filter((variant) => {
    try {
      resolve(experiment, variant, scale);
      return true;
    } catch (error) {
      ok(scale === "small" || scale === "full", String(error));
      match(String(error), /changes nothing here/);
      return false;
    }
  });
}

/** A recipe's numbers by path; of a list, how many it has. */
function numbersOf(recipe: unknown): Record<string, number> {
  const values = Object.entries(flatten(recipe)).map(([path, text]) => [path, JSON.parse(text)] as const);
  return Object.fromEntries(
    values.flatMap(([path, value]) =>
      typeof value === "number" ? [[path, value]] : Array.isArray(value) ? [[path, value.length]] : []
    ),
  );
}

for (const { experiment, file } of found) {
  const { id, method } = experiment;

  Deno.test(`experiment ${id}: every row resolves at every scale, and each variant differs from the base`, () => {
    for (const scale of SCALES.filter((name) => experiment.method.scales[name] !== undefined)) {
      for (const variant of countedAt(experiment, scale)) {
        const { patch, recipe, fields } = resolve(experiment, variant, scale);
        strictEqual(patch.length > 0, variant !== experiment.baseName, `${variant} at ${scale}`);
        deepStrictEqual(Object.fromEntries(fields.map(({ path, value }) => [path, value])), flatten(recipe));
      }
    }
  });

  Deno.test(`experiment ${id}: at scale demo each row has micro's models and no more of training, answers and languages`, () => {
    for (const variant of countedAt(experiment, "demo")) {
      const [demo, micro] = (["demo", "micro"] as const).map((scale) =>
        resolve(experiment, variant, scale).recipe as Record<string, unknown>
      ) as [Record<string, unknown>, Record<string, unknown>];
      deepStrictEqual([demo.llm, demo.encoder], [micro.llm, micro.encoder], variant);
      const [most, all] = [numbersOf(demo), numbersOf(micro)];
      for (const field of ["examples", "items", "languages"]) {
        for (
          const [path, value] of Object.entries(most).filter(([path]) => path.split(".").at(-1) === field)
        ) {
          ok(value <= all[path]!, `${path} of ${variant}`);
        }
      }
    }
  });

  Deno.test(`experiment ${id}: its models can be built at every scale: heads divide widths, and an LLM's by 16`, () => {
    for (const scale of SCALES.filter((name) => experiment.method.scales[name] !== undefined)) {
      for (const variant of countedAt(experiment, scale)) {
        const recipe = resolve(experiment, variant, scale).recipe as Record<string, Record<string, number>>;
        for (const [part, by] of [["llm", 16], ["encoder", 2]] as const) {
          if (recipe[part] === undefined) continue;
          const { hidden_size, num_attention_heads } = having(
            recipe[part],
            "hidden_size",
            "num_attention_heads",
          );
          strictEqual(hidden_size / num_attention_heads % by, 0, `${part} of ${variant} at ${scale}`);
        }
      }
    }
  });

  Deno.test(`experiment ${id}: rows have different recipes, so that none is a copy of another`, () => {
    const recipes = variantNames(experiment).map((variant) => {
      const { method, recipe } = resolve(experiment, variant, "micro");
      return JSON.stringify([method.id, flatten(recipe)]);
    });
    strictEqual(new Set(recipes).size, recipes.length);
  });

  Deno.test(`experiment ${id}: a knock-out has what its system was trained with, and reads less`, () => {
    for (const [name, rows] of Object.entries(experiment.knockouts ?? {})) {
      for (const other of Object.values(rows)) {
        const [whole, part] = [name, other].map((variant) =>
          resolve(experiment, variant, "micro").recipe as object
        );
        // Noise is in translations, which a system on English alone does not see.
        const shared = Object.entries(part!).filter(([field]) =>
          field in whole! && !["asked", "translation_noise"].includes(field)
        );
        ok(shared.some(([field]) => ["transfer", "adaptation"].includes(field)), other);
        deepStrictEqual(
          Object.fromEntries(shared.map(([field]) => [field, whole![field as keyof typeof whole]])),
          Object.fromEntries(shared),
          `${name}, ${other}`,
        );
        ok(Object.keys(part!).length < Object.keys(whole!).length || "asked" in part!, other);
      }
    }
  });

  Deno.test(`experiment ${id}: the paper's tables and rows that it names exist`, () => {
    const lookUp = paperLookup(loadPaper());
    const { paper = {}, paperRows = {} } = experiment;
    const printed = (benchmark: string, variant: string) => {
      const at = paperRow({ paper, paperRows }, benchmark, variant);
      return at &&
        ["avg", "LR", "family:Dravidian", "script:Latin"].some((scope) => lookUp(at.table, at.row, scope));
    };
    for (const benchmark of Object.keys(paper)) {
      ok(
        variantNames(experiment).some((name) => printed(benchmark, name)),
        `${paper[benchmark]} has no row of ours`,
      );
    }
    for (const variant of Object.keys(paperRows)) {
      ok(
        experiment.benchmarks.some((name) => printed(name, variant)),
        `no row "${paperRows[variant]}" in its table`,
      );
    }
  });

  Deno.test(`experiment ${id}: its figures name benchmarks, variants and recipe fields that it has`, () => {
    const variants = variantNames(experiment);
    const benchmarks = experiment.benchmarks.map((name) => ({
      id: name,
      title: name,
      unit: "",
      languages: [],
      groups: [],
    }));
    const slice = {
      experiment: id,
      baseName: experiment.baseName,
      own: [],
      points: [],
      recipe: [],
      benchmarks,
    };
    const nothing = {
      cells: [],
      effects: [],
      changes: [],
      slice: { ...slice, variants: variants.map((name) => ({ name })) },
    } as unknown as Parameters<typeof drawingsOf>[0];
    for (const [name, figure] of Object.entries(experiment.figures ?? {})) {
      if (figure.draw === undefined) continue;
      deepStrictEqual(drawingsOf(nothing, name, figure), []);
      if (figure.draw === "shares") {
        const lookUp = paperLookup(loadPaper());
        for (const row of Object.keys(figure.rows)) {
          ok(lookUp(figure.table, row, ""), `${figure.table} has no "${row}"`);
        }
      }
      if (figure.draw === "table") {
        const lookUp = paperLookup(loadPaper());
        const { cells } = loadPaper().tables.find(({ id }) => id === figure.table)!;
        const shown = figure.rows.map(({ row }) => row);
        deepStrictEqual(
          cells.filter(({ row }) => !shown.includes(row)),
          [],
          "a row of the paper is left out",
        );
        for (const [column] of figure.columns) {
          ok(
            cells.some(({ row }) => lookUp(figure.table, row, column)),
            `${figure.table} has no "${column}"`,
          );
        }
        for (const { row, scope, why } of figure.rows) {
          ok((scope ?? why) !== undefined, `"${row}" says nothing`);
        }
      }
      if (figure.draw !== "lines") continue;
      for (const variant of variants.filter((one) => one !== figure.reference)) {
        const value: string = flatten(resolve(experiment, variant, "micro").recipe)[figure.x]!;
        strictEqual(typeof JSON.parse(value), "number", variant);
      }
    }
  });

  Deno.test(`experiment ${id}: its header is an abstract with the command, its claims have sources`, () => {
    match(headerOf(file), /\S.{20,}/);
    for (const { sentence, source } of allClaims(experiment)) {
      match(sentence, /^[A-Z].{10,}/);
      notStrictEqual(source, "");
    }
  });

  Deno.test(`experiment ${id}: without answers every claim is "not run"`, () => {
    const nothing: Results = {
      accuracy: () => undefined,
      difference: () => undefined,
      change: () => undefined,
      languages: () => [],
      floor: () => undefined,
      score: () => undefined,
    };
    for (const claim of allClaims(experiment)) strictEqual(claim.check(nothing).verdict, "not run", claim.id);
  });

  Deno.test(`experiment ${id}: its claims and benchmarks are known to its method; the same declaration twice has one identity`, async () => {
    await withFolder(async (folder) => {
      const prepare = preparer(openClosures(folder));
      const world = method.worlds[0]!;
      const spec = {
        variant: experiment.baseName,
        seed: 1,
        scale: "smoke" as const,
        world,
        runtime: RUNTIME,
      };
      const [one, two] = [
        await prepare(experiment, spec),
        await preparer(openClosures(folder))(experiment, spec),
      ];
      strictEqual(one.id, two.id);
      if (method.scales.demo !== undefined) {
        const { benchmarks } = await prepare(experiment, { ...spec, scale: "demo" });
        deepStrictEqual(benchmarks.map(({ id }) => id), one.benchmarks.map(({ id }) => id));
      }
      const other = await prepare(experiment, { ...spec, seed: 2 });
      notStrictEqual(other.identity, one.identity);
      const declaration = declare(experiment, { file, scale: "smoke", benchmarks: one.benchmarks });
      deepStrictEqual(JSON.parse(JSON.stringify(declaration)), declaration);
      deepStrictEqual(declaration.benchmarks.map((benchmark) => benchmark.id), [
        ...experiment.benchmarks,
        ...experiment.worldBenchmarks?.[world] ?? [],
      ]);
    });
  });
}

Deno.test("in a data folder without a benchmark's data an experiment is refused with what to get", async () => {
  await withFolder(async (folder) => {
    const spec = { variant: stageRemoval.baseName, seed: 1, scale: "small" as const, runtime: RUNTIME };
    await rejects(
      preparer(openClosures(folder))(stageRemoval, { ...spec, world: "open", data: folder }),
      { name: "UserError", message: /nothing can be asked of "mgsm".*get MGSM .* from google-research/ },
    );
  });
});
