/** What the report says of a system: its prompts are those that it really learns, its tries those that the log tells of. */
import { deepStrictEqual, match, ok, strictEqual } from "node:assert/strict";
import { join } from "node:path";
import afterThePaper from "../../../experiments/after_the_paper.ts";
import mathTransfer from "../../../experiments/math_transfer.ts";
import stageRemoval from "../../../experiments/stage_removal.ts";
import { declare } from "../../../lib/lab/experiment/declare.ts";
import type { SystemFacts } from "../../../lib/lab/experiment/facts.ts";
import { type AnyExperiment, resolve, variantNames } from "../../../lib/lab/plan/resolve.ts";
import { applyPatch } from "../../../lib/lab/plan/patch.ts";
import { ROOT } from "../../../lib/lab/record/paths.ts";
import type { FactsPlace, Scale } from "../../../lib/lab/experiment/types.ts";
import { loadTokenizer } from "../../../lib/model/checkpoint/tokenizer.ts";
import type { TextEncoder } from "../../../lib/engine/mod.ts";
import { BOS, type Instruction } from "../../../lib/method/reader/prompts.ts";
import { openReader } from "../../../lib/method/reader/reader.ts";
import { promptTemplate, targetTemplate } from "../../../lib/method/reader/template.ts";
import { ownVocabulary } from "../../../lib/method/reader/vocabulary.ts";
import type { Recipe } from "../../../lib/method/recipe/fields.ts";
import { TRIED } from "../../../lib/method/recipe/tries.ts";
import { readPairs } from "../../../lib/method/source/source.ts";
import type { DefinedSystem } from "../../../lib/method/system.ts";
import { langbridge } from "../../../lib/method/systems/langbridge.ts";
import { lingualift } from "../../../lib/method/systems/lingualift.ts";
import { mindmerger } from "../../../lib/method/systems/mindmerger.ts";
import { monoSftFlavours } from "../../../lib/method/systems/mono_sft_flavours.ts";
import { multiSft } from "../../../lib/method/systems/multi_sft.ts";
import type { FitInput } from "../../../lib/method/train/fit.ts";
import { SYSTEMS } from "../_systems.ts";
import { bench, TINY } from "../_tiny.ts";

const PLACE: FactsPlace = { scale: "micro", world: "mini", benchmarks: ["mgsm"], changed: [] };
const DESCRIBED: readonly DefinedSystem<unknown>[] = [...SYSTEMS, monoSftFlavours];

/** A template as an expression for what it stands for. */
function expressionOf(template: string): RegExp {
  const literal = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  return new RegExp(`^${template.split(/\{[^}]*\}/).map(literal).join("[^]+")}$`);
}

for (const system of DESCRIBED) {
  for (const task of ["math", "choice"] as const) {
    // Answers to choices are not sampled here, and CrossIn's own task is choice.
    if (task === "choice" && system.id !== "multi_sft" && system.id !== "crossin") continue;
    Deno.test(`${system.id}, ${task}: each pair that it learned reads as a prompt of its stage, and each prompt was learned`, async () => {
      const recipe = system.from(applyPatch(TINY, { task }) as Recipe);
      const run = bench();
      await system.run(recipe, run);
      const { prompts } = system.facts!(recipe, PLACE);
      const fits = run.steps.filter(({ id }) => id === "fit").map(({ input }) => input as FitInput);
      const unread = new Set(prompts.filter(({ when }) => !when.startsWith("asked")));
      // An LLM of this size has no right answer to prefer, so that the stage is left out.
      for (const one of prompts) if (one.when === "preference") unread.delete(one);
      for (const { name, reading, pairs } of fits) {
        const own = prompts.filter(({ when }) => when === name);
        ok(own.length > 0, name);
        for (const pair of pairs.flatMap((artifact) => [...readPairs(artifact)])) {
          const whole = promptTemplate(reading, pair) + targetTemplate(reading, pair);
          const found = own.filter(({ text }) => expressionOf(text).test(whole));
          ok(found.length > 0, `${name}: ${whole}\n${own.map(({ text }) => text).join("\n")}`);
          for (const one of found) unread.delete(one);
        }
      }
      deepStrictEqual([...unread], []);
    });
  }
}

Deno.test("a template is what the reader gives the LLM, by a real tokenizer too, in every layout", async () => {
  const run = bench();
  await lingualift.run({ ...TINY, align: null, transfer: null }, run);
  const tokenizer = loadTokenizer(run.steps.find(({ id }) => id === "tokenizer")!.dir);
  const encoder = { max_tokens: 100, countTokens: () => 1 } as unknown as TextEncoder;
  const source = "Ann has 3 apples.\nHow many?";
  const layouts = [
    mindmerger.facts!(mindmerger.from(TINY), PLACE),
    lingualift.facts!(TINY, PLACE),
    langbridge.facts!(langbridge.from(TINY), PLACE),
    multiSft.facts!(multiSft.from(TINY), PLACE),
  ];
  const asked = layouts.map(({ prompts }) => prompts.find(({ when }) => when === "asked")!.text);
  strictEqual(new Set(asked).size, 4);
  for (const boundaries of ["both", "end"] as const) {
    const bridge = { layers: 1, activation: "gelu", boundary_init: "zeros", standardised: false } as const;
    const states = (["nothing", "instruction", "question"] as const).map((beside) => (
      { by: "states", bridge: { ...bridge, boundaries }, beside } as const
    ));
    for (const reading of [{ by: "tokens" } as const, ...states]) {
      for (const instruction of ["math", "translate"] satisfies Instruction[]) {
        const { prompt, length } = openReader(reading, ownVocabulary(tokenizer), encoder).read(
          source,
          instruction,
        );
        const ids = prompt.ids.filter((id) => id !== BOS);
        const template = promptTemplate(reading, { source, instruction });
        const text = template.replace(/^<bos>(<enc_start>)?(\[states of [^\]]*\]<enc_end>)?/, "");
        strictEqual(text, tokenizer.decode(ids));
        // A mark is a position, as a state is here.
        const marks = template.match(/<(bos|enc_start|enc_end)>|\[states of/g)!.length;
        strictEqual(length, marks + ids.length);
        strictEqual(prompt.text === null, !template.includes("[states of"));
      }
    }
  }
});

Deno.test("which systems learn from parallel text, and in which part of their training", () => {
  const parallel = Object.fromEntries(
    DESCRIBED.map((system) => [system.id, system.facts!(system.from(TINY), PLACE).parallel]),
  );
  deepStrictEqual(parallel, {
    lingualift: [],
    mono_sft: [],
    multi_sft: [],
    qalign: ["question_alignment"],
    langbridge: [],
    mindmerger: ["mapping"],
    layalign: ["translation"],
    merlin: ["mapping", "question_alignment"],
    translate_en: ["translator"],
    mapo: ["translator"],
    crossin: ["mixed"],
    mono_sft_flavours: [],
  });
  const text = { align_data: { text: "parallel" } } as const;
  deepStrictEqual(lingualift.facts!(applyPatch(TINY, text) as Recipe, PLACE).parallel, ["align"]);
});

/** Facts by row. */
function factsOf(
  experiment: AnyExperiment,
  scale: Scale,
  world = "mini",
): Record<string, SystemFacts | null> {
  const file = join(ROOT, `experiments/${experiment.id}.ts`);
  const { variants } = declare(experiment, { file, scale, world, benchmarks: [] });
  return Object.fromEntries(variants.map(({ name, facts }) => [name, facts!]));
}

const triesIn = (facts: Record<string, SystemFacts | null>) =>
  Object.fromEntries(
    Object.entries(facts).map(([name, own]) => [name, own!.tries.reduce((sum, { count }) => sum + count, 0)]),
  );

Deno.test("tries are those of a row's own system with its own numbers; an ablation and a compared system took theirs over", () => {
  const none = Object.fromEntries(Object.keys(mathTransfer.variants).map((name) => [name, 0]));
  deepStrictEqual(triesIn(factsOf(mathTransfer, "micro")), { ...none, LinguaLIFT: 20, "Mono-SFT": 8 });
  deepStrictEqual(triesIn(factsOf(stageRemoval, "micro")), {
    "LinguaLIFT": 20,
    "w/o language-align": 2,
    "w/o task-transfer": 0,
    "Mono-SFT": 8,
  });
  deepStrictEqual(triesIn(factsOf(stageRemoval, "small", "open")), {
    "LinguaLIFT": 18,
    "w/o language-align": 3,
    "w/o task-transfer": 0,
    "Mono-SFT": 6,
  });
  // Nothing was tried for what only checks that the parts run, nor of micro's numbers on real text.
  for (const facts of [factsOf(stageRemoval, "smoke"), factsOf(stageRemoval, "micro", "open")]) {
    deepStrictEqual(new Set(Object.values(triesIn(facts))), new Set([0]));
  }
});

Deno.test("each entry of tries names a heading of the log, a system that is there, and numbers that it still has", () => {
  const log = Deno.readTextFileSync(join(ROOT, "docs/log.md"));
  const headings = [...log.matchAll(/^## (.*)$/gm)].map(([, heading]) => `docs/log.md, "${heading}"`);
  for (const { source, count, what, ...one } of TRIED) {
    ok(headings.includes(source), source);
    ok(count > 0 && what.length > 5);
    ok(DESCRIBED.map(({ id }) => id).includes(one.system), one.system);
    // Each is found again on some row.
    const experiments = [stageRemoval, { ...stageRemoval, base: longer(one.task) }];
    const found = experiments.some((experiment) =>
      Object.values(factsOf(experiment as AnyExperiment, one.scale, one.world)).some((facts) =>
        facts!.tries.some((row) => row.source === source && row.count === count && row.what === what)
      )
    );
    ok(found, JSON.stringify(one));
  }
  // The rows of the log's longest table are the tries that are counted from it.
  const table = log.slice(log.indexOf("| system, stage 1 of 16 (lr)"));
  const rows = (name: string) =>
    table.slice(0, table.indexOf("\n\n")).match(new RegExp(`^\\| ${name}`, "gm"))!.length;
  deepStrictEqual([rows("LinguaLIFT"), rows("Mono-SFT"), rows("without Language-Align")], [16, 5, 3]);
});

/** The experiment's base for another task: twice the steps of stage 2. */
function longer(task: Recipe["task"]): Recipe {
  const { base } = stageRemoval;
  return { ...base, task, transfer: { ...base.transfer!, steps: 2 * base.transfer!.steps } };
}

Deno.test("a knock-out is asked for less than its system and was trained with the same prompts", () => {
  const facts = factsOf(afterThePaper, "micro");
  const split = (name: string) => {
    const { prompts } = facts[name]!;
    return [
      prompts.filter(({ when }) => when === "asked"),
      prompts.filter(({ when }) => when !== "asked"),
    ] as const;
  };
  const [asked, learned] = split("MERLIN");
  match(asked[0]!.text, /\[states of \{question\}\].*\{question\}/s);
  for (
    const [name, wanted] of [["states", /^[^]*\[states of \{question\}\](?![^]*\{question\})/], [
      "tokens",
      /^<bos>\{question\}/,
    ]] as const
  ) {
    const [other, same] = split(`MERLIN, ${name} alone`);
    deepStrictEqual(same, learned);
    match(other[0]!.text, wanted);
  }
  strictEqual(variantNames(afterThePaper).length, Object.keys(facts).length);
  strictEqual(resolve(afterThePaper, "MERLIN", "micro").unusual.length, 0);
});
