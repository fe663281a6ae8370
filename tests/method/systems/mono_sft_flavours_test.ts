/** Mono-SFT's flavours: the same LLM and budget as Mono-SFT's, other examples, asked alike, and in the mini world alone. */
import { deepStrictEqual, notStrictEqual, ok, rejects, strictEqual, throws } from "node:assert/strict";
import mathTransfer from "../../../experiments/math_transfer.ts";
import mmwpMain from "../../../experiments/mmwp_main.ts";
import { variantsIn } from "../../../lib/lab/plan/world_rows.ts";
import { checkRecipe, resolve } from "../../../lib/lab/plan/resolve.ts";
import { benchmarksOf } from "../../../lib/method/evaluate/benchmarks.ts";
import { MICRO } from "../../../lib/method/recipe/scales.ts";
import { flavouredPairs, flavouredStep } from "../../../lib/method/source/flavoured.ts";
import { readPairs } from "../../../lib/method/source/source.ts";
import { COMPARED, COMPARED_ROWS, FLAVOURED, FLAVOURED_ROWS } from "../../../lib/method/systems/compared.ts";
import { monoSft } from "../../../lib/method/systems/mono_sft.ts";
import { monoSftFlavours } from "../../../lib/method/systems/mono_sft_flavours.ts";
import type { FitInput } from "../../../lib/method/train/fit.ts";
import { FLAVOURS } from "../../../lib/world/mini/flavours/mod.ts";
import { mini } from "../../../lib/world/mini/mod.ts";
import { type Bench, bench, stepContext, TINY } from "../_tiny.ts";

const benchmarks = benchmarksOf(mini).filter(({ id }) => id === "mgsm")
  .map((benchmark) => ({ ...benchmark, languages: ["bn", "en"] }));
const fitOf = (run: Bench) => run.steps.find(({ id }) => id === "fit")!.input as FitInput;

Deno.test("each flavour has Mono-SFT's LLM, examples, updates and instruction, and examples of its own", async () => {
  const mono = bench({ benchmarks });
  await monoSft.run(monoSft.from(TINY), mono);
  const learned = new Set<string>();
  for (const flavour of FLAVOURS) {
    const run = bench({ benchmarks });
    await monoSftFlavours.run({ ...monoSftFlavours.from(TINY), flavour }, run);
    deepStrictEqual(
      run.steps.map(({ id }) => id),
      mono.steps.map(({ id }) => id === "instructions" ? "flavoured_instructions" : id),
    );
    const [{ pairs, ...own }, { pairs: others, ...same }] = [fitOf(run), fitOf(mono)];
    deepStrictEqual(own, same);
    const [rows, problems] = [[...readPairs(pairs[0]!)], [...readPairs(others[0]!)]];
    strictEqual(rows.length, problems.length);
    strictEqual(rows.length, TINY.transfer!.examples);
    ok(rows.every(({ lang, instruction }) => lang === "en" && instruction === "math"));
    learned.add(JSON.stringify(rows));
    notStrictEqual(JSON.stringify(rows), JSON.stringify(problems));
    const asked = (of: Bench) =>
      of.answers.map(({ lang, item, prompt, gold }) => ({ lang, item, prompt, gold }));
    deepStrictEqual(asked(run), asked(mono));
  }
  strictEqual(learned.size, FLAVOURS.length);
});

Deno.test("at every scale a flavour's numbers are Mono-SFT's there", () => {
  for (const scale of ["smoke", "demo", "micro"] as const) {
    for (const name of Object.keys(FLAVOURED)) {
      const { flavour: _of, ...recipe } = resolve(mathTransfer, name, scale).recipe as Record<
        string,
        unknown
      >;
      deepStrictEqual(recipe, resolve(mathTransfer, "Mono-SFT", scale).recipe);
    }
  }
});

Deno.test("rows within a length are taken where a stage has one, as of every source", () => {
  const root = Deno.makeTempDirSync();
  try {
    const context = stepContext(root);
    const limits = { examples: 40, max_chars: 160 };
    flavouredStep.run({ world: "mini", seed: 1, flavour: "metamath", ...limits }, context);
    const rows = [...readPairs(context)];
    strictEqual(rows.length, 40);
    ok(rows.every(({ source, target }) => source.length + target.length <= 160));
    const all = flavouredPairs("metamath", 1, 200);
    ok(all.some(({ source, target }) => source.length + target.length > 160));
  } finally {
    Deno.removeSync(root, { recursive: true });
  }
});

Deno.test("a flavour of inference or choice is refused, and one of real problems", async () => {
  throws(
    () => checkRecipe(monoSftFlavours, monoSftFlavours.from({ ...MICRO, task: "nli" }), 'Cannot run "x"'),
    { name: "UserError", message: 'Cannot run "x": the flavours are of word problems; take task "math"' },
  );
  const input = { world: "open", seed: 1, flavour: "openmath2", examples: 1, max_chars: null } as const;
  const root = Deno.makeTempDirSync();
  try {
    await rejects(async () => await flavouredStep.run(input, stepContext(root)), {
      name: "UserError",
      message: 'Cannot write problems as "openmath2" has them in the world "open": take --world mini',
    });
  } finally {
    Deno.removeSync(root, { recursive: true });
  }
});

Deno.test("the flavours are rows beside the paper's in the mini world, and no rows of the others", () => {
  for (const experiment of [mathTransfer, mmwpMain]) {
    const names = Object.keys(FLAVOURED);
    const here = variantsIn(experiment, "mini");
    deepStrictEqual(here.filter((name) => name in FLAVOURED), names);
    deepStrictEqual(here, variantsIn(experiment));
    deepStrictEqual(variantsIn(experiment, "open"), here.filter((name) => !names.includes(name)));
  }
  deepStrictEqual(Object.values(FLAVOURED_ROWS), ["MAmmoTH", "WizardMath", "MetaMath", "OpenMath2"]);
  ok(!Object.keys(COMPARED).some((name) => name in FLAVOURED));
  // Both stand beside the row of the data that LinguaLIFT has there.
  strictEqual(COMPARED_ROWS["Mono-SFT"], FLAVOURED_ROWS["Mono-SFT (MetaMath)"]);
});
