/**
 * Lexicon induction: how right the lexicons are that code-switching needs (Section 3.2, Appendix A.1, Table 4).
 *
 * MUSE on the mini world's plain text: word vectors of each language alone (its texts are other texts in every language),
 * an adversarial mapping, five refinements, CSLS; P@1 on half of the world's own lexicon. The rows begin from the other
 * half, from similarities within each language (Artetxe et al. 2018) or from words written alike instead, leave the
 * refinement out, or take nearest neighbours as LinguaLIFT does. Half of the words are nouns that fill the same slots as
 * others, so that no vectors can tell them apart; `lexicon_distinct` leaves them out.
 *
 * `deno task experiment lexicon_induction --seeds 3`
 * @module
 */
import { accuracyAbove, claim, type Experiment, isAbove, isBelow, isWithin, main } from "../lib/lab/mod.ts";
import { lexiconInduction, type LexiconRecipe, lexiconRecipe } from "../lib/method/lexicon_induction.ts";

const ALL = { benchmark: "lexicon", scope: "avg" };
const DISTINCT = { benchmark: "lexicon_distinct", scope: "avg" };

const experiment: Experiment<LexiconRecipe> = {
  id: "lexicon_induction",
  version: 1,
  order: 12,
  title: "Lexicon induction",
  method: lexiconInduction,
  base: lexiconRecipe,
  baseName: "MUSE",
  variants: {
    "supervised": { start: "supervised" },
    "similarity start": { start: "similarity" },
    "identical words": { start: "identical" },
    "w/o refinement": { refinement: null },
    "nearest neighbour": { retrieval: "nn" },
    "supervised, nearest neighbour": { start: "supervised", retrieval: "nn" },
  },
  benchmarks: ["lexicon", "lexicon_distinct"],
  claims: [
    claim(
      "effective",
      "Unsupervised lexicon induction is effective in inducing word translation pairs",
      "Appendix A.1",
      accuracyAbove("MUSE", 0.5, ALL),
    ),
    claim(
      "as_good_as_supervised",
      "The unsupervised mapping is on par with supervised ones",
      "Lample et al. 2018, abstract; LinguaLIFT follows it (Appendix A.1)",
      isWithin("MUSE", "supervised", { ...DISTINCT, by: 0.05 }),
    ),
    claim(
      "without_a_game",
      "A start from similarities within each language succeeds where adversarial training fails",
      "Artetxe et al. 2018, Section 5.1",
      isAbove("similarity start", "MUSE", DISTINCT),
    ),
    claim(
      "refinement_helps",
      "Refining the adversarial mapping with Procrustes improves it",
      "Lample et al. 2018, Section 2.2",
      isBelow("w/o refinement", "MUSE", DISTINCT),
    ),
    claim(
      "csls_helps",
      "CSLS translates more words correctly than the nearest neighbour, which LinguaLIFT takes",
      "Lample et al. 2018, Section 2.3; Appendix A.1",
      isBelow("supervised, nearest neighbour", "supervised", DISTINCT),
    ),
  ],
};
export default experiment;
if (import.meta.main) await main(experiment);
