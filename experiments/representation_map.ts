/**
 * Representation map: where low-resource languages lie beside English (Figure 5, Section 6.3).
 *
 * Mean-pooled states of the same sentences in English and every low-resource language, by the LLM's own embeddings,
 * before the alignment layer and after it, and after MindMerger's bridge: drawn with t-SNE, and measured by sentence
 * retrieval. In the paper the LLM keeps these languages apart from English, MindMerger brings some of them close, and
 * LinguaLIFT more. MindMerger's trainings are those of `math_transfer`.
 *
 * `deno task experiment representation_map`
 * @module
 */
import {
  accuracyBelow,
  benchmarkAbove,
  claim,
  COMPARED,
  type Experiment,
  isAbove,
  lingualift,
  lingualiftRecipe,
  main,
  type Recipe,
  withoutLanguageAlign,
} from "../mod.ts";

const NAMES = ["LinguaLIFT", "w/o language-align", "MindMerger-Soft"] as const;
const ALIGNED = ["aligned", "after alignment"] as const;

const experiment: Experiment<Recipe> = {
  id: "representation_map",
  version: 1,
  order: 11,
  title: "Representation map",
  method: lingualift,
  base: lingualiftRecipe,
  baseName: NAMES[0],
  variants: { [NAMES[1]]: withoutLanguageAlign, [NAMES[2]]: COMPARED[NAMES[2]] },
  benchmarks: ["tatoeba_llm", "tatoeba_encoder", "tatoeba"],
  figures: {
    figure_5: {
      draw: "map",
      title: "Figure 5: where languages lie",
      panels: [["llm", "LLM embeddings"], ["encoder", "encoder"], ALIGNED],
    },
    figure_5_mindmerger: {
      draw: "map",
      title: "Figure 5: MindMerger",
      caption:
        "The states of the same encoder behind MindMerger's bridge, which has read parallel text of nine languages.",
      panels: [["aligned", "after its bridge"]],
      variant: NAMES[2],
    },
    figure_5_unaligned: {
      draw: "map",
      title: "The same without Language-Align",
      panels: [ALIGNED],
      variant: NAMES[1],
    },
  },
  claims: [
    claim(
      "llm_keeps_apart",
      "The LLM embeddings of low-resource languages are distinct from English",
      "Section 6.3, Figure 5",
      accuracyBelow(NAMES[0], 0.5, { benchmark: "tatoeba_llm", scope: "LR" }),
    ),
    claim(
      "lift_brings_close",
      "LinguaLIFT aligns low-resource language representations more closely with English",
      "Section 6.3, Figure 5",
      benchmarkAbove(NAMES[0], ["tatoeba", "tatoeba_llm"], "LR"),
    ),
    claim(
      "lift_above_mindmerger",
      "In the case of MindMerger some low-resource languages remain isolated; LinguaLIFT aligns them more closely",
      "Section 6.3, Figure 5",
      isAbove(NAMES[0], NAMES[2], { benchmark: "tatoeba", scope: "LR" }),
    ),
  ],
};
export default experiment;
if (import.meta.main) await main(experiment);
