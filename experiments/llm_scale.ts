/**
 * LLM scale: LinguaLIFT on other LLMs (Tables 22 and 23, Appendix E.3).
 *
 * Three LLMs: the default, a larger one (as Llama-2-13B), and one with grouped-query attention and twice the translated
 * text in its pre-training (as Mistral-7B, another architecture and another mix). Each with LinguaLIFT and with
 * Mono-SFT. In the paper LinguaLIFT is better on low-resource languages whichever LLM it stands on. The table's paper
 * values are those of Llama-2-13B.
 *
 * `deno task experiment llm_scale --seeds 3`
 * @module
 */
import { all, claim, type Experiment, isAbove, main, system } from "../lib/lab/mod.ts";
import { lingualift, lingualiftRecipe } from "../lib/method/lingualift.ts";
import { monoSft, monoSftOf } from "../lib/method/mono_sft.ts";
import type { Recipe } from "../lib/method/recipe.ts";

const { llm } = lingualiftRecipe;
const LARGER = {
  // The heads stay a multiple of 16, which generation needs.
  hidden_size: llm.hidden_size + 16 * llm.num_attention_heads,
  intermediate_size: Math.round(1.5 * llm.intermediate_size),
  num_hidden_layers: llm.num_hidden_layers + 2,
};
const OTHER = {
  num_key_value_heads: llm.num_attention_heads / 2,
  pretrain: { ...llm.pretrain, translation: 2 * llm.pretrain.translation },
};
const mono = (changes: Partial<typeof llm>) =>
  system(monoSft, monoSftOf({ ...lingualiftRecipe, llm: { ...llm, ...changes } }));

const LOW = { benchmark: "mgsm", scope: "LR" };

const experiment: Experiment<Recipe> = {
  id: "llm_scale",
  version: 1,
  order: 10,
  title: "LLM scale",
  method: lingualift,
  base: lingualiftRecipe,
  baseName: "LinguaLIFT",
  variants: {
    "Mono-SFT": mono({}),
    "LinguaLIFT, larger LLM": { llm: LARGER },
    "Mono-SFT, larger LLM": mono(LARGER),
    "LinguaLIFT, other LLM": {
      llm: {
        num_key_value_heads: OTHER.num_key_value_heads,
        pretrain: { translation: OTHER.pretrain.translation },
      },
    },
    "Mono-SFT, other LLM": mono(OTHER),
  },
  variantsAt: {
    smoke: {
      "LinguaLIFT, larger LLM": { llm: { hidden_size: 64, intermediate_size: 96, num_hidden_layers: 2 } },
      "LinguaLIFT, other LLM": { llm: { num_key_value_heads: 1, pretrain: { translation: 0.4 } } },
    },
  },
  benchmarks: ["mgsm"],
  paper: { mgsm: "table-22" },
  paperRows: { "LinguaLIFT, larger LLM": "LinguaLIFT", "Mono-SFT, larger LLM": "MetaMath*" },
  claims: [
    claim(
      "larger_llm_too",
      "LinguaLIFT outperforms the baselines for low-resource languages based on Llama-2-13B",
      "Appendix E.3, Table 22",
      isAbove("LinguaLIFT, larger LLM", "Mono-SFT, larger LLM", LOW),
    ),
    claim(
      "other_llm_too",
      "LinguaLIFT outperforms the baselines for low-resource languages based on Mistral-7B",
      "Appendix E.3, Table 23",
      isAbove("LinguaLIFT, other LLM", "Mono-SFT, other LLM", LOW),
    ),
    claim(
      "adapts_to_llms",
      "LinguaLIFT can be flexibly adapted to different LLMs",
      "Appendix E.3",
      all(
        isAbove("LinguaLIFT", "Mono-SFT", LOW),
        isAbove("LinguaLIFT, larger LLM", "Mono-SFT, larger LLM", LOW),
        isAbove("LinguaLIFT, other LLM", "Mono-SFT, other LLM", LOW),
      ),
    ),
  ],
};
export default experiment;
if (import.meta.main) await main(experiment);
