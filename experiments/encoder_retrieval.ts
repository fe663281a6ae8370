/**
 * Encoder retrieval: how well an encoder alone finds translations, and what the score depends on (Appendix E.1).
 *
 * Each English sentence looks for its translation among all sentences of the other language, by mean-pooled states and
 * cosine (XTREME). On real text (`--world open`) the encoder is MiniLM, an English model: high for languages that share
 * words and letters with English and near nothing for other scripts, or else the scoring is wrong. On generated text it
 * is the lab's own. The other rows take the first token's state instead, and ask in the other direction.
 * FLORES-200 is asked too where there is real text; `layer` of the recipe takes an earlier layer's states. Nothing is
 * trained on real text: minutes on two cores.
 *
 * `deno task experiment encoder_retrieval --world open --scale small`
 * @module
 */
import {
  claim,
  type Experiment,
  isBelow,
  main,
  sentenceRetrieval,
  type SentenceRetrievalRecipe,
  sentenceRetrievalRecipe,
} from "../mod.ts";

const ALL = { benchmark: "tatoeba_encoder", scope: "avg" };

const experiment: Experiment<SentenceRetrievalRecipe> = {
  id: "encoder_retrieval",
  version: 1,
  order: 14,
  title: "Encoder retrieval",
  method: sentenceRetrieval,
  base: sentenceRetrievalRecipe,
  baseName: "mean, from English",
  variants: {
    "mean, into English": { direction: "xx-en" },
    "first token, from English": { pooling: "first" },
  },
  benchmarks: ["tatoeba_encoder"],
  worldBenchmarks: { open: ["flores_encoder"] },
  claims: [
    claim(
      "mean_is_better",
      "The mean of the states is a better sentence vector than the first token's state",
      "Reimers and Gurevych 2019, Section 6, Table 6",
      isBelow("first token, from English", "mean, from English", ALL),
    ),
  ],
};
export default experiment;
if (import.meta.main) await main(experiment);
