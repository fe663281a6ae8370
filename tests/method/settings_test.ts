/** The lab's column of data/paper/settings.csv against the recipe that experiments run. */
import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { atLeast } from "../../lib/checked.ts";
import { languageTable } from "../../lib/world/table.ts";
import { INSTRUCTIONS } from "../../lib/method/reader/prompts.ts";
import { applyPatch } from "../../lib/lab/plan/patch.ts";
import type { Recipe, Stage } from "../../lib/method/recipe/fields.ts";
import { langbridge } from "../../lib/method/systems/langbridge.ts";
import { lingualift } from "../../lib/method/systems/lingualift.ts";
import { monoSft } from "../../lib/method/systems/mono_sft.ts";
import { MICRO } from "../../lib/method/recipe/scales.ts";
import { bridgeParameterShapes } from "../../lib/model/bridge/layer.ts";
import { dimProduct } from "../../lib/tensor/mod.ts";
import { loadPaper } from "../../lib/paper/paper.ts";
import { exists } from "../../lib/files.ts";
import { SYSTEMS } from "./_systems.ts";

const settings = new Map(loadPaper().settings.map((row) => [row.setting, row]));
const { llm, encoder, align, transfer, evaluation } = MICRO;

function stageSettings(name: string, stage: Stage): [string, string | number][] {
  return [
    [`${name}.trained`, stage.train.join(", ")],
    [`${name}.epochs`, stage.steps * stage.batch_size / stage.examples],
    [`${name}.lr`, stage.lr],
    [`${name}.lr_scheduler`, stage.schedule],
    [`${name}.warmup_ratio`, stage.warmup_ratio],
    [`${name}.weight_decay`, stage.weight_decay],
    [`${name}.batch_size`, stage.batch_size],
  ];
}

const shapes = Object.values(
  bridgeParameterShapes({
    d_enc: encoder.hidden_size,
    d_lm: llm.hidden_size,
    layers: 2,
    activation: "gelu",
    boundaries: "both",
    standardised: false,
  }),
);

/** Cells that are a field of the recipe, or follow from some. */
const whole: [string, string | number][] = [
  ...stageSettings("align", align!),
  ...stageSettings("transfer", transfer!),
  ["alignment.layers", MICRO.bridge],
  ["alignment.parameters", shapes.reduce((sum, shape) => sum + Number(dimProduct(shape)), 0)],
  ["code_switch.ratio", MICRO.code_switch.ratio],
  ["code_switch.prompt", INSTRUCTIONS.translate.trim()],
];

/** What other cells say among other things. */
const parts: [string, string][] = [
  [
    "encoder",
    `${encoder.num_hidden_layers} layers, hidden size ${encoder.hidden_size}, vocabulary ${encoder.vocab_size}`,
  ],
  ["encoder", `all ${languageTable().filter(({ benchmarks }) => benchmarks.has("mmwp")).length} languages`],
  ["llm", `${llm.num_hidden_layers} layers, hidden size ${llm.hidden_size}, vocabulary ${llm.vocab_size}`],
  ["llm.sees_instruction", `as the ${MICRO.instruction}`],
  ["align.data", `${align!.examples} code-switched`],
  ["transfer.data", `${transfer!.examples} English word problems`],
  ["eval.decoding", `up to ${evaluation.max_new_tokens} new tokens`],
  ["eval.prompt.math", INSTRUCTIONS.math.trim()],
  ...["math", "xnli", "xcsqa"].map((task): [string, string] => [
    `eval.extraction.${task}`,
    `the ${evaluation.extraction}'s rule`,
  ]),
  ["lexicon", MICRO.code_switch.stop_words === "switch" ? "stop words switched" : "stop words left out"],
  ["lexicon", MICRO.code_switch.choice === "sample" ? "all forms" : "best form"],
  ["seeds", `seed ${llm.pretrain.seed}`],
];

Deno.test("settings.csv has in `ours` what the micro recipe has", () => {
  for (const [setting, value] of whole) {
    strictEqual(
      settings.get(setting)?.ours,
      String(value),
      `row "${setting}", column "ours": write "${value}"`,
    );
  }
  for (const [setting, part] of parts) {
    const cell = settings.get(setting)?.ours;
    ok(cell?.includes(part), `row "${setting}", column "ours" is "${cell}": write "${part}" into it`);
  }
});

Deno.test("settings.csv: each number in `ours` is one that the recipe was asked about", () => {
  const checked = new Set(whole.map(([setting]) => setting));
  for (const { setting, ours } of settings.values()) {
    if (/^[\d.]+$/.test(ours)) ok(checked.has(setting), `nothing compares "${setting}" with the recipe`);
  }
});

Deno.test("settings.csv says what the lab does in every row, and its sources are files of the repository", () => {
  for (const { setting, ours, ours_source } of settings.values()) {
    ok(ours !== "", `row "${setting}" has no "ours"`);
    const [first] = atLeast(ours_source.split(", "), 1);
    ok(first === "" || exists(first), `row "${setting}": there is no "${first}"`);
  }
});

Deno.test("settings.csv: the recipe follows paper and release where they agree and it can: schedules, decay, what learns", () => {
  const agreed = ["align.lr_scheduler", "transfer.lr_scheduler"].map((name) => settings.get(name)!);
  for (const { paper, release, ours } of agreed) deepStrictEqual([paper, release], [ours, ours]);
  strictEqual(Number(settings.get("transfer.warmup_ratio")!.paper), transfer!.warmup_ratio);
  strictEqual(Number(settings.get("transfer.weight_decay")!.paper), transfer!.weight_decay);
});

Deno.test("scale full: both stages have the release's numbers on the paper's data, and the tokens that an answer may have", () => {
  const recipe = applyPatch(MICRO, lingualift.scales.full) as Recipe;
  for (const [name, stage] of [["align", recipe.align!], ["transfer", recipe.transfer!]] as const) {
    const released = (setting: string) => settings.get(`${name}.${setting}`)!.release;
    const devices = /(\d+) on 8 devices/.exec(released("batch_size"))!;
    strictEqual(stage.batch_size, Number(devices[1]));
    strictEqual(stage.steps, Math.ceil(Number(released("epochs")) * stage.examples / stage.batch_size));
    for (const field of ["lr", "warmup_ratio"] as const) strictEqual(stage[field], Number(released(field)));
    strictEqual(stage.weight_decay, Number.parseFloat(released("weight_decay")));
    strictEqual(stage.schedule, released("lr_scheduler"));
  }
  ok(settings.get("transfer.data")!.paper.includes(recipe.transfer!.examples.toLocaleString("en")));
  ok(settings.get("eval.decoding")!.release.includes(`up to ${recipe.evaluation.max_new_tokens} new tokens`));
  ok(settings.get("encoder")!.release.includes(recipe.encoder.checkpoint!));
});

Deno.test("scale full: each compared system has its own release's numbers, the same LLM and the same encoder", () => {
  const recipe = applyPatch(MICRO, lingualift.scales.full) as Recipe;
  const equal = { ...recipe, budget: "equal" } as const;
  strictEqual(monoSft.from(recipe).transfer.batch_size, 128);
  deepStrictEqual(langbridge.from(recipe).transfer, monoSft.from(recipe).transfer);
  deepStrictEqual(monoSft.from(equal).transfer.steps, recipe.transfer!.steps);
  for (const system of SYSTEMS) {
    const own = system.from(recipe) as { llm: Recipe["llm"]; encoder?: Recipe["encoder"] };
    deepStrictEqual(own.llm, recipe.llm);
    if (own.encoder !== undefined) deepStrictEqual(own.encoder, recipe.encoder);
  }
});
