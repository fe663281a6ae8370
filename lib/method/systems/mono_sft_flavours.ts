/**
 * Mono-SFT in the four flavours that the paper compares (Section 5.2, baseline 1; Tables 1, 2, 10, 11): MAmmoTH, WizardMath,
 * MetaMath and OpenMath2. The LLM alone learns English word problems with their solutions; the flavours differ in the
 * problems, in how many distinct ones there are, and in the form of an answer (`lib/world/mini/flavours`, a file each).
 *
 * The paper's rows are released checkpoints (MAmmoTH-7B, WizardMath-7B-V1.0, MetaMath-7B) and, for OpenMath2, its own
 * training on a million rows. A small world changes: the same LLM, and Mono-SFT's examples and updates for all (published:
 * 262,000, 96,000 and 395,000 rows in three epochs, a million), so that of a set's size the number of distinct problems is
 * left; one instruction for all, in training and when asked, where each release has its own prompt. Mono-SFT itself learns
 * the world's problems as they are, each once, and is none of the four.
 * @module
 */
import * as v from "valibot";
import type { System } from "../../lab/experiment/types.ts";
import { system } from "../../lab/plan/resolve.ts";
import { type Flavour, FLAVOURS } from "../../world/mini/flavours/mod.ts";
import { TOKENS } from "../reader/reading.ts";
import { type Recipe, sharedFields, stageNumbers, tokenFields } from "../recipe/fields.ts";
import { flavoured } from "../source/flavoured.ts";
import { itemForm } from "../source/forms.ts";
import { type DefinedSystem, defineSystem, taskTransferOf } from "../system.ts";

const fields = v.strictObject({
  ...tokenFields,
  /** Which published set's kind of data it learns. */
  flavour: v.picklist(FLAVOURS),
  transfer: stageNumbers,
});
const schema = v.pipe(
  fields,
  v.check(({ task }) => task === "math", 'the flavours are of word problems; take task "math"'),
);
type FlavourRecipe = v.InferOutput<typeof fields>;

const defined = defineSystem<FlavourRecipe>({
  id: "mono_sft_flavours",
  version: 1,
  module: import.meta.url,
  recipe: schema,
  from: (recipe) => ({
    ...sharedFields(recipe, tokenFields),
    flavour: "metamath",
    transfer: taskTransferOf(recipe),
  }),
  reading: () => TOKENS,
  stages: ({ flavour, transfer }) => [
    {
      name: "transfer",
      sources: [{ ...flavoured(flavour), forms: [itemForm("math", "explained")] }],
      trains: ["llm"],
      training: transfer,
    },
  ],
});

/** The LLM alone, tuned on a flavour's data: in the mini world, which alone can write them. */
export const monoSftFlavours: DefinedSystem<FlavourRecipe> = { ...defined, worlds: ["mini"], worldAt: {} };

/** Tuned on that flavour's. */
export function monoSftAs(flavour: Flavour): System {
  return system(monoSftFlavours, (recipe: Recipe) => ({ ...monoSftFlavours.from(recipe), flavour }));
}
