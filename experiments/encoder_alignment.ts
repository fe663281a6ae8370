/**
 * Encoder alignment: what Language-Align buys, by how much parallel text the encoder has seen (Appendix E.5; ours).
 *
 * Four encoders of one size and objective. Three read as much text of every language and pairs with English in every
 * language alike, by resource level (hardly a low-resource one), or by level with no low-resource pair at all; the fourth
 * reads text by level too. Each is given to LinguaLIFT with and without stage 1. Retrieval before alignment says how far
 * the encoder itself brings translations together. The paper holds that code-switched text alone aligns what an encoder
 * knows without parallel text: then Language-Align should buy most where the encoder saw least. Each encoder is pre-trained
 * in as many steps as the default's, which is the one with pairs by level: in a tenth of them no row came above what the
 * numbers alone give (docs/log.md, "An encoder that hardly saw low-resource pairs").
 *
 * `deno task experiment encoder_alignment --seeds 3`
 * @module
 */
import {
  all,
  claim,
  type Experiment,
  gainsMore,
  isAboveFloor,
  isBelow,
  lingualift,
  lingualiftRecipe,
  main,
  NO_LOW_PAIRS,
  PAIRS_ALIKE,
  type Patch,
  type Recipe,
  TEXT_BY_LEVEL,
  withoutLanguageAlign,
} from "../mod.ts";

const without = (encoder: Patch<Recipe>): Patch<Recipe> => ({ ...encoder, ...withoutLanguageAlign });
const unaligned = (name: string) => `${name}, w/o language-align`;
const LOW = { benchmark: "mgsm", scope: "LR" };
const BASE = "pairs by level";
const NONE = "no low-resource pair";
const ALIKE = "pairs alike";

const experiment: Experiment<Recipe> = {
  id: "encoder_alignment",
  version: 2,
  order: 15,
  title: "Encoder alignment",
  method: lingualift,
  base: lingualiftRecipe,
  baseName: BASE,
  variants: {
    [unaligned(BASE)]: withoutLanguageAlign,
    [ALIKE]: PAIRS_ALIKE,
    [unaligned(ALIKE)]: without(PAIRS_ALIKE),
    [NONE]: NO_LOW_PAIRS,
    [unaligned(NONE)]: without(NO_LOW_PAIRS),
    "text by level": TEXT_BY_LEVEL,
    [unaligned("text by level")]: without(TEXT_BY_LEVEL),
  },
  benchmarks: ["mgsm", "tatoeba_encoder"],
  claims: [
    claim(
      "aligns_without_pairs",
      "Language-Align raises low-resource languages whose encoder saw not one sentence pair of them",
      "Section 1: no parallel text is needed",
      all(isBelow(unaligned(NONE), NONE, LOW), isAboveFloor(NONE, LOW)),
    ),
    claim(
      "aligns_hardly_aligned",
      "Language-Align raises low-resource languages whose encoder saw hardly a sentence pair of them",
      "Section 6.1",
      all(isBelow(unaligned(BASE), BASE, LOW), isAboveFloor(BASE, LOW)),
    ),
    claim(
      "raises_low_more",
      "Language-Align raises low-resource languages more than high-resource ones",
      "Section 6.1, Tables 14 and 15",
      all(gainsMore(BASE, unaligned(BASE), { ...LOW, than: "HR" }), isAboveFloor(BASE, LOW)),
    ),
  ],
};
export default experiment;
if (import.meta.main) await main(experiment);
