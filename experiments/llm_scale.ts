/**
 * LLM scale: LinguaLIFT on other LLMs (Tables 22 and 23, Appendix E.3).
 *
 * The default LLM stands for Llama-2-7B. The larger one has 1.25 times its layers, heads and widths, as Llama-2-13B has
 * of Llama-2-7B's. The other one differs as Mistral-7B does, in architecture and pre-training mix: a quarter of the
 * key-value heads, a feed-forward layer 1.3 times as wide, twice the translated text. At scale micro both are
 * pre-trained in 2,200 steps; at `full` they are the paper's. Each with LinguaLIFT and with Mono-SFT. In the paper
 * LinguaLIFT is better on low-resource languages whichever LLM it stands on. Its Tables 22 and 23 are without Telugu, which
 * our means and Table 14's include.
 *
 * `deno task experiment llm_scale --seeds 3`
 * @module
 */
import {
  all,
  claim,
  compared,
  type Experiment,
  isAbove,
  isAboveFloor,
  lingualift,
  lingualiftRecipe,
  LLAMA_2_13B,
  llmSize,
  main,
  MISTRAL_7B,
  monoSft,
  OTHER_LLM,
  type Patch,
  type Recipe,
  shortPretrained,
} from "../mod.ts";

const LARGER = llmSize(1.25);
const rows = (larger: Patch<Recipe>, other: Patch<Recipe>) => ({
  "Mono-SFT": compared(monoSft),
  "LinguaLIFT, larger LLM": larger,
  "Mono-SFT, larger LLM": compared(monoSft, larger),
  "LinguaLIFT, other LLM": other,
  "Mono-SFT, other LLM": compared(monoSft, other),
});
const SHORT = rows(shortPretrained(LARGER), shortPretrained(OTHER_LLM));
const LOW = { benchmark: "mgsm", scope: "LR" };

const experiment: Experiment<Recipe> = {
  id: "llm_scale",
  version: 2,
  order: 10,
  title: "LLM scale",
  method: lingualift,
  base: lingualiftRecipe,
  baseName: "LinguaLIFT",
  variants: rows(LARGER, OTHER_LLM),
  variantsAt: {
    demo: SHORT,
    micro: SHORT,
    full: rows(LLAMA_2_13B, MISTRAL_7B),
  },
  benchmarks: ["mgsm"],
  paper: { mgsm: "table-14" },
  paperRows: {
    "LinguaLIFT, larger LLM": "table-22 > LinguaLIFT",
    "Mono-SFT, larger LLM": "table-22 > MetaMath",
    "LinguaLIFT, other LLM": "table-23 > LinguaLIFT",
    "Mono-SFT, other LLM": "table-23 > MetaMath",
  },
  claims: [
    claim(
      "larger_llm_too",
      "LinguaLIFT outperforms the baselines for low-resource languages based on Llama-2-13B",
      "Appendix E.3, Table 22",
      all(
        isAbove("LinguaLIFT, larger LLM", "Mono-SFT, larger LLM", LOW),
        isAboveFloor("LinguaLIFT, larger LLM", LOW),
      ),
    ),
    claim(
      "other_llm_too",
      "LinguaLIFT outperforms the baselines for low-resource languages based on Mistral-7B",
      "Appendix E.3, Table 23",
      all(
        isAbove("LinguaLIFT, other LLM", "Mono-SFT, other LLM", LOW),
        isAboveFloor("LinguaLIFT, other LLM", LOW),
      ),
    ),
    claim(
      "adapts_to_llms",
      "LinguaLIFT can be flexibly adapted to different LLMs",
      "Appendix E.3",
      all(
        ...["", ", larger LLM", ", other LLM"].map((on) => isAbove(`LinguaLIFT${on}`, `Mono-SFT${on}`, LOW)),
      ),
    ),
  ],
};
export default experiment;
if (import.meta.main) await main(experiment);
