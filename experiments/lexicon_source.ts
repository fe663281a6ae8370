/**
 * Lexicon source: what it costs that the lexicon is induced and not known (Section 3.2, Appendix A.1).
 *
 * The paper's code-switching takes its translations from unsupervised word translation; the lab's other experiments take
 * the world's own lexicon. Here stage 1 reads either, or as the lower end the world's own with every word mispaired: as
 * many words of the language, none of them right. The lexicon is induced for all languages from their texts alone, from
 * similarities within each language (MUSE's game fails on texts this small, see `lexicon_induction`).
 *
 * `deno task experiment lexicon_source --seeds 3`
 * @module
 */
import {
  claim,
  type Experiment,
  INDUCTION,
  isBelow,
  isWithin,
  lingualift,
  lingualiftRecipe,
  main,
  type Recipe,
  SMOKE_INDUCTION,
} from "../mod.ts";

const from = (lexicon: Recipe["code_switch"]["lexicon"]) => ({ code_switch: { lexicon } });

const experiment: Experiment<Recipe> = {
  id: "lexicon_source",
  version: 1,
  order: 13,
  title: "Lexicon source",
  method: lingualift,
  base: lingualiftRecipe,
  baseName: "gold lexicon",
  variants: {
    "induced lexicon": from({ ...INDUCTION, start: "similarity" }),
    "mispaired lexicon": from("mispaired"),
  },
  variantsAt: { smoke: { "induced lexicon": from({ ...SMOKE_INDUCTION, start: "similarity" }) } },
  benchmarks: ["tatoeba", "mgsm"],
  claims: [
    claim(
      "induction_suffices",
      "Lexicons from unsupervised word translation do without parallel data: no worse than the right ones",
      "Section 3.2, Appendix A.1",
      isWithin("induced lexicon", "gold lexicon", { benchmark: "mgsm", scope: "LR", by: 0.05 }),
    ),
    claim(
      "translations_matter",
      "The word translations are essential for multilingual understanding: wrong ones align worse",
      "Appendix A.1",
      isBelow("mispaired lexicon", "gold lexicon", { benchmark: "tatoeba", scope: "LR" }),
    ),
    claim(
      "translations_matter_for_reasoning",
      "The word translations are essential for multilingual understanding: with wrong ones less is solved",
      "Appendix A.1",
      isBelow("mispaired lexicon", "gold lexicon", { benchmark: "mgsm", scope: "LR" }),
    ),
  ],
};
export default experiment;
if (import.meta.main) await main(experiment);
