/**
 * Translation quality: how well questions come back into English (Table 6, Appendix B.2: BLEU, chrF and TER).
 *
 * The paper had MMWP's English problems translated and translated back, and compared the two. Here the world's own
 * translations are translated back by the translator that stands before Translate-En, and compared with the English
 * originals, as sacreBLEU compares texts; means are over languages other than English. A second translator learned from
 * translations with a machine's errors. Two rows translate nothing: the question as it stands, and the English of another
 * problem, which is what fluent English gets that says something else. The paper's TER of 1.09 does not go with its BLEU,
 * be it a per cent or a share. Its translator is another one, so that nothing here speaks for or against the paper.
 *
 * `deno task experiment translation_quality --seeds 3`
 * @module
 */
import {
  accuracyAbove,
  all,
  claim,
  type Experiment,
  main,
  NOISY_TRANSLATIONS,
  scoreAbove,
  scoreBelow,
  translationQuality,
  type TranslationRecipe,
  translationRecipe,
} from "../mod.ts";

const [BASE, NOISY] = ["translator", "translator, noisy translations"] as const;
const FLOORS = ["nothing translated", "another problem"] as const;
const ALL = { benchmark: "translated", scope: "avg" };
const LEVELS = ["LR", "MR", "HR"] as const;

const experiment: Experiment<TranslationRecipe> = {
  id: "translation_quality",
  version: 1,
  order: 24,
  title: "Translation quality",
  method: translationQuality,
  base: translationRecipe,
  baseName: BASE,
  variants: {
    [NOISY]: NOISY_TRANSLATIONS,
    [FLOORS[0]]: { writes: "itself" },
    [FLOORS[1]]: { writes: "another" },
  },
  benchmarks: ["translated"],
  figures: {
    table_6: {
      draw: "table",
      title: "Table 6: quality of translations",
      caption: "Means over languages. The two last rows are what texts get that nobody translated.",
      table: "table-6",
      benchmark: "translated",
      columns: [["BLEU", "BLEU"], ["chrF", "chrF"], ["TER", "TER"]],
      rows: [{ row: "Average", scope: "avg" }, ...LEVELS.map((level) => ({ row: level, scope: level }))],
      digits: 2,
    },
  },
  claims: [
    claim(
      "integrity",
      "The translated problems maintain their semantic integrity: they are English, and nine of ten have their numbers",
      "ours: of our translator, what Appendix B.2 says of the paper's",
      all(accuracyAbove(BASE, 0.9, ALL), scoreAbove(BASE, FLOORS[0], { ...ALL, metric: "BLEU" })),
    ),
    claim(
      "as_printed",
      "Back-translations reach a BLEU of 78.71 and a chrF of 86.08",
      "ours: of our translator, what Table 6 says of the paper's",
      all(
        scoreAbove(BASE, 78.71, { ...ALL, metric: "BLEU" }),
        scoreAbove(BASE, 86.08, { ...ALL, metric: "chrF" }),
      ),
    ),
    claim(
      "ter_as_printed",
      "Back-translations have a translation edit rate of 1.09 %",
      "ours: of our translator, what Table 6 says of the paper's",
      scoreBelow(BASE, 1.09, { ...ALL, metric: "TER" }),
    ),
  ],
  worldClaims: {
    mini: [
      claim(
        "at_every_level",
        "The quality is reliable across diverse languages and resource levels: above what is not translated at each",
        "ours: of our translator, what Appendix B.2 says of the paper's",
        all(
          ...LEVELS.flatMap((scope) =>
            FLOORS.map((floor) => scoreAbove(BASE, floor, { benchmark: "translated", scope, metric: "BLEU" }))
          ),
        ),
      ),
    ],
  },
};
export default experiment;
if (import.meta.main) await main(experiment);
