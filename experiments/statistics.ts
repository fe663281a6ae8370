/**
 * Statistics: how large our own data are beside the paper's (Table 5, Appendix A.2), and what Section 4 says of MMWP.
 *
 * Counted, not trained: languages and samples of what the compared systems learn from at this scale and of what they are
 * asked, duplicates, and samples that are both asked and learned from. The mini world writes as many problems as are asked
 * for, so that its sizes are choices and no facts; a second row asks for as many as the paper has of each benchmark, which
 * the world can give of all but XNLI. Language families and writing systems are those of `data/languages.csv`. Nothing here
 * speaks for or against the paper, whose data are its own: the conclusions are of ours, and count as such.
 *
 * `deno task experiment statistics`
 * @module
 */
import {
  all,
  claim,
  dataStatistics,
  type Experiment,
  main,
  scoreIs,
  type StatisticsRecipe,
  statisticsRecipe,
} from "../mod.ts";

const BASE = "as asked at this scale";
const MMWP = { scopes: "mmwp" };
const asMany = { items: { mmwp: 800, mgsm: 250, msvamp: 1000, xnli: 5010, xcsqa: 1000 } };
const few = { items: { mmwp: 8, mgsm: 3, msvamp: 10, xnli: 50, xcsqa: 10 } };
const ONE_KIND =
  "the paper joins four sets of choices; there is one source of them here, in the row of X-CSQA";

const experiment: Experiment<StatisticsRecipe> = {
  id: "statistics",
  version: 1,
  order: 23,
  title: "Data statistics",
  method: dataStatistics,
  base: statisticsRecipe,
  baseName: BASE,
  variants: { "as many as the paper's": asMany },
  variantsAt: { smoke: { "as many as the paper's": few } },
  benchmarks: [],
  figures: {
    table_5: {
      draw: "table",
      title: "Table 5: data sets",
      caption:
        "The paper prints MetaMathQA twice, and has 800 problems a language of MMWP here and 811 in Section 4. " +
        "Greek, Turkish and Urdu of XNLI and X-CSQA are not among the 48 languages, and are not asked here.",
      table: "table-5",
      benchmark: "",
      columns: [["# Lang", "languages"], ["# Samples", "samples"]],
      rows: [
        { row: "MetaMathQA", scope: "math, as MetaMath", ours: "English problems augmented alike" },
        { row: "OpenMathInstruct-2", scope: "math, as OpenMath2", ours: "new English problems" },
        { row: "MGSM8KInstruct", scope: "math, ten languages", ours: "problems in the same ten languages" },
        { row: "Word problems in English", scope: "math, English", ours: "what Task-Transfer learns" },
        { row: "Multi-NLI", scope: "inference, English", ours: "inferences in English" },
        { row: "QASC", why: ONE_KIND },
        { row: "ARC", why: ONE_KIND },
        { row: "OpenBookQA", why: ONE_KIND },
        { row: "X-CSQA(En)", scope: "choice, English", ours: "questions with choices in English" },
        { row: "MMWP", scope: "mmwp" },
        ...["LR", "MR", "HR"].map((level) => ({ row: `MMWP, ${level}`, scope: `mmwp ${level}` })),
        { row: "MGSM", scope: "mgsm" },
        { row: "MSVAMP", scope: "msvamp" },
        { row: "XNLI", scope: "xnli" },
        { row: "X-CSQA", scope: "xcsqa" },
      ],
    },
  },
  claims: [
    claim(
      "languages",
      "MMWP covers a typologically diverse set of 48 languages",
      "ours: of our data, what Section 4, Table 5 says of the paper's",
      scoreIs(BASE, 48, { ...MMWP, metric: "languages" }),
    ),
    claim(
      "families",
      "They span 12 language families",
      "ours: of our data, what Section 4 says of the paper's",
      scoreIs(BASE, 12, { ...MMWP, metric: "language families" }),
    ),
    claim(
      "scripts",
      "They span 12 writing systems",
      "ours: of our data, what Section 4 says of the paper's",
      scoreIs(BASE, 12, { ...MMWP, metric: "writing systems" }),
    ),
    claim(
      "no_duplicates",
      "Duplicates and problems with non-numeric answers are filtered out",
      "ours: of our data, what Section 4 says of the paper's",
      all(
        scoreIs(BASE, 0, { ...MMWP, metric: "duplicates" }),
        scoreIs(BASE, 0, { ...MMWP, metric: "answers that are no number" }),
      ),
    ),
    claim(
      "asked_is_new",
      "No question that is asked was learned from",
      "ours: what every score here rests on",
      scoreIs(BASE, 0, {
        scopes: ["mmwp", "mgsm", "msvamp", "xnli", "xcsqa"],
        metric: "samples that are learned from",
      }),
    ),
  ],
};
export default experiment;
if (import.meta.main) await main(experiment);
