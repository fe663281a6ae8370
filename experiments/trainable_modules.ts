/**
 * Trainable modules: what should learn in which stage (Figure 3b, Tables 16 and 17).
 *
 * LinguaLIFT trains the alignment layer alone in Language-Align and the LLM alone in Task-Transfer. The rows let the LLM
 * learn in the first stage too, let only the alignment layer learn in the second, or let both learn in the second.
 * In the paper each of them costs accuracy: high-resource, everywhere, low-resource, in this order.
 *
 * `deno task experiment trainable_modules --seeds 3`
 * @module
 */
import { claim, type Experiment, isBelow, lingualift, lingualiftRecipe, main, type Recipe } from "../mod.ts";

const experiment: Experiment<Recipe> = {
  id: "trainable_modules",
  version: 1,
  order: 2,
  title: "Trainable modules",
  method: lingualift,
  base: lingualiftRecipe,
  baseName: "LinguaLIFT",
  variants: {
    "w/o freezing LLM in Language-Align": { align: { train: ["bridge", "llm"] } },
    "w/o training LLM in Task-Transfer": { transfer: { train: ["bridge"] } },
    "w/o freezing Language Alignment Layer in Task-Transfer": { transfer: { train: ["bridge", "llm"] } },
  },
  benchmarks: ["mgsm", "msvamp"],
  paper: { mgsm: "table-16", msvamp: "table-17" },
  claims: [
    claim(
      "llm_in_align_hurts_high",
      "Training the LLM during the Language-Align stage reduces performance on high-resource language reasoning",
      "Section 6.1",
      isBelow("w/o freezing LLM in Language-Align", "LinguaLIFT", { benchmark: "mgsm", scope: "HR" }),
    ),
    claim(
      "llm_must_learn_the_task",
      "Freezing LLM training in the Task-Transfer stage significantly degrades performance across all languages",
      "Section 6.1",
      isBelow("w/o training LLM in Task-Transfer", "LinguaLIFT", { benchmark: "mgsm", scope: "avg" }),
    ),
    claim(
      "alignment_in_transfer_hurts_low",
      "Training the language alignment layer during the Task-Transfer stage harms low-resource language reasoning",
      "Section 6.1",
      isBelow("w/o freezing Language Alignment Layer in Task-Transfer", "LinguaLIFT", {
        benchmark: "mgsm",
        scope: "LR",
      }),
    ),
  ],
};
export default experiment;
if (import.meta.main) await main(experiment);
