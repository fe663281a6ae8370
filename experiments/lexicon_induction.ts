/**
 * Lexicon induction: how right the lexicons are that code-switching needs (Section 3.2, Appendix A.1, Table 4).
 *
 * MUSE on the mini world's plain text: word vectors of each language alone (its texts are other texts in every language),
 * an adversarial mapping, five refinements, CSLS; P@1 on half of the world's own lexicon. The rows begin from the other
 * half, from similarities within each language (Artetxe et al. 2018) or from words written alike instead, leave the
 * refinement out, or take nearest neighbours as LinguaLIFT does. Half of the words are nouns that fill the same slots as
 * others, so that no vectors can tell them apart; `lexicon_distinct` leaves them out.
 *
 * With `--world open --data DIR` on real data: vectors trained here on Bibles (de, ha, sw), scored with MUSE's test words or,
 * where MUSE has none, CLDR's names; and fastText's vectors of concepts (es, ru). Bibles tell the same in all languages,
 * which helps every row alike. Table 4, the paper's examples of translations, is an image in the copy we hold; ours are
 * listed below.
 *
 * `deno task experiment lexicon_induction --seeds 3`
 * @module
 */
import {
  accuracyAbove,
  claim,
  type Experiment,
  isAbove,
  isBelow,
  isWithin,
  lexiconInduction,
  type LexiconRecipe,
  lexiconRecipe,
  main,
} from "../mod.ts";

const ALL = { benchmark: "lexicon", scope: "avg" };

/** What is asked of every kind of vectors. */
function aboutStarts(prefix: string, benchmark: string) {
  const where = { benchmark, scope: "avg" };
  return [
    claim(
      `${prefix}as_good_as_supervised`,
      "The unsupervised mapping is on par with supervised ones",
      "Lample et al. 2018, abstract; LinguaLIFT follows it (Appendix A.1)",
      isWithin("MUSE", "supervised", { ...where, by: 0.05 }),
    ),
    claim(
      `${prefix}csls_helps`,
      "CSLS translates more words correctly than the nearest neighbour, which LinguaLIFT takes",
      "Lample et al. 2018, Section 2.3; Appendix A.1",
      isBelow("supervised, nearest neighbour", "supervised", where),
    ),
  ];
}

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
  benchmarks: ["lexicon"],
  worldBenchmarks: { mini: ["lexicon_distinct"], open: ["lexicon_concepts"] },
  claims: [
    claim(
      "effective",
      "Unsupervised lexicon induction is effective in inducing word translation pairs",
      "Appendix A.1",
      accuracyAbove("MUSE", 0.5, ALL),
    ),
  ],
  worldClaims: {
    mini: [
      ...aboutStarts("", "lexicon_distinct"),
      claim(
        "without_a_game",
        "A start from similarities within each language succeeds where adversarial training fails",
        "Artetxe et al. 2018, Section 5.1",
        isAbove("similarity start", "MUSE", { benchmark: "lexicon_distinct", scope: "avg" }),
      ),
      claim(
        "refinement_helps",
        "Refining the adversarial mapping with Procrustes improves it",
        "Lample et al. 2018, Section 2.2",
        isBelow("w/o refinement", "MUSE", { benchmark: "lexicon_distinct", scope: "avg" }),
      ),
    ],
    open: [...aboutStarts("bible_", "lexicon"), ...aboutStarts("concepts_", "lexicon_concepts")],
  },
};
export default experiment;
if (import.meta.main) await main(experiment);
