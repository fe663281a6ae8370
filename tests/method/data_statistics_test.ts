/** Counts of the data that systems learn from and are asked, as the paper's Table 5 has them. */
import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { atLeast } from "../../lib/checked.ts";
import type { StepScore } from "../../lib/lab/experiment/types.ts";
import { applyPatch } from "../../lib/lab/plan/patch.ts";
import {
  dataStatistics,
  type StatisticsRecipe,
  statisticsRecipe,
} from "../../lib/method/probes/data_statistics.ts";
import { countDataStep } from "../../lib/method/probes/count_data.ts";
import { instructions } from "../../lib/method/source/sources.ts";
import { MGSM8K_INSTRUCT } from "../../lib/method/source/task_languages.ts";
import { writePairs } from "../../lib/method/source/source.ts";
import { mini } from "../../lib/world/mini/mod.ts";
import { withFolder } from "../model/_models.ts";
import { dataFolder } from "../world/open/_data.ts";
import { bench, declared, stepContext, TINY } from "./_tiny.ts";

const BASE = applyPatch(statisticsRecipe, {
  transfer: { examples: TINY.transfer!.examples },
  evaluation: { items: 4 },
}) as StatisticsRecipe;

type CountInput = Parameters<typeof countDataStep.run>[0];

/** What the step counts, "metric of scope" to value. */
async function counted(input: CountInput): Promise<Record<string, number>> {
  const scores: StepScore[] = [];
  await withFolder(async (root) => {
    await countDataStep.run(input, stepContext(root, { scores: (rows) => void scores.push(...rows) }));
  });
  return Object.fromEntries(scores.map(({ metric, scope, value }) => [`${metric} of ${scope}`, value]));
}

async function run(changes: Partial<StatisticsRecipe> = {}) {
  const context = bench();
  await dataStatistics.run({ ...BASE, ...changes }, context);
  const { input } = context.steps.find(({ id }) => id === "count_data")!;
  return { context, counts: await counted(input as CountInput) };
}

/** Counts 48 languages: once for all tests. */
const atScale = run();

Deno.test("the mini world is counted as the paper's Table 5: languages, and samples of all of them", async () => {
  const { counts } = await atScale;
  for (const [id, languages] of Object.entries({ mmwp: 48, mgsm: 11, msvamp: 10, xnli: 12, xcsqa: 15 })) {
    strictEqual(counts[`languages of ${id}`], languages);
    strictEqual(counts[`samples of ${id}`], 4 * languages);
    strictEqual(counts[`samples that are learned from of ${id}`], 0);
  }
  deepStrictEqual(["LR", "MR", "HR"].map((level) => counts[`languages of mmwp ${level}`]), [21, 17, 10]);
  deepStrictEqual([counts["language families of mmwp"], counts["writing systems of mmwp"]], [12, 15]);
  strictEqual(counts["languages of math, ten languages"], 10);
  for (const set of ["English", "as MetaMath", "as OpenMath2"]) {
    strictEqual(counts[`samples of math, ${set}`], TINY.transfer!.examples, set);
  }
});

Deno.test("as many items as are asked for are counted, of each benchmark its own number", async () => {
  const context = bench();
  await dataStatistics.run({ ...BASE, items: { mmwp: 2, mgsm: 6, msvamp: 1, xnli: 3, xcsqa: 5 } }, context);
  const { asked } = context.steps.at(-1)!.input as CountInput;
  deepStrictEqual(asked.map(({ id, items }) => [id, items]), [
    ["mmwp", 2],
    ["mgsm", 6],
    ["msvamp", 1],
    ["xnli", 3],
    ["xcsqa", 5],
  ]);
});

Deno.test("a benchmark that the world cannot give so many different items of has no count", async () => {
  const asked = [{ id: "xnli" as const, items: 5010 }, { id: "mgsm" as const, items: 2 }];
  const counts = await counted({ world: "mini", asked, split: "test", learned: [] });
  ok(!("samples of xnli" in counts));
  strictEqual(counts["samples of mgsm"], 22);
});

Deno.test("what is learned from is drawn by the step of the systems themselves", async () => {
  const { context } = await atScale;
  const inputs = context.steps.filter(({ id }) => id === "instructions").map(({ input }) => input);
  strictEqual(inputs.length, 4);
  const system = bench();
  const { task_data, task_answers, transfer } = BASE;
  const source = instructions({ task: "math", task_data, task_answers }, MGSM8K_INSTRUCT);
  await source.draw(transfer, system, undefined as never);
  const [{ input }] = atLeast(system.steps, 1);
  deepStrictEqual(inputs[1], pick(input as object, inputs[1] as object));
});

/** Of one object what another has, since a stage hands a source more of its numbers than the source takes. */
function pick(all: object, like: object): object {
  return Object.fromEntries(Object.entries(all).filter(([name]) => name in like));
}

Deno.test("duplicates, and questions that are asked after they were learned, are counted", async () => {
  await withFolder(async (root) => {
    const { dir } = stepContext(root);
    const pair = (source: string, lang: string) => ({
      source,
      target: "",
      instruction: "math" as const,
      lang,
    });
    const [asked] = mini.benchmark("mgsm", "de", { items: 1 });
    const text = asked!.task === "math" ? asked!.question : "";
    writePairs({ dir }, [pair(text, "de"), pair(text, "de"), pair(text, "en"), pair("other", "en")]);
    const pairs = { kind: "artifact" as const, key: "", dir, value: null };
    const counts = await counted({
      ...{ world: "mini", asked: [{ id: "mgsm", items: 2 }], split: "test" },
      learned: [{ id: "learned", task: "math", pairs }],
    });
    deepStrictEqual(
      ["languages", "samples", "duplicates"].map((metric) => counts[`${metric} of learned`]),
      [2, 4, 1],
    );
    strictEqual(counts["samples that are learned from of mgsm"], 1);
  });
});

if (dataFolder !== undefined) {
  Deno.test("real data are counted as far as they are here, and what is not here is left out", async () => {
    const environment = { world: "open", data: dataFolder };
    const context = bench({ ...environment, ...declared(await dataStatistics.inputs!(BASE, environment)) });
    await dataStatistics.run(
      { ...BASE, items: { mmwp: 800, mgsm: 250, msvamp: 1000, xnli: 10, xcsqa: 9 } },
      context,
    );
    const ids = (context.steps.at(-1)!.input as CountInput).learned.map(({ id }) => id);
    ok(ids.includes("math, English"), ids.join("; "));
    ok(!ids.some((id) => /ten languages|as MetaMath/.test(id)), ids.join("; "));
    const counts = await counted(context.steps.at(-1)!.input as CountInput);
    strictEqual(counts["samples of mgsm"], 250 * counts["languages of mgsm"]!);
    strictEqual(counts["samples of msvamp"], 1000 * counts["languages of msvamp"]!);
  });
}
