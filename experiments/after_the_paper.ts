/**
 * After the paper: LinguaLIFT beside MERLIN, which came later, and beside the system MERLIN builds on (Tables 2, 10, 11).
 *
 * MERLIN trains MindMerger's bridge on parallel text, questions and the task, then low-rank adapters with magnitudes (DoRA)
 * in the LLM. It sees translations of nine languages, LinguaLIFT none. Nobody has published the two side by side: the
 * claims are MERLIN's over MindMerger, and LinguaLIFT's over both, on the same LLM, encoder, problems and updates. LayAlign
 * is not here yet. Both read a question twice, as states and as tokens: rows more ask them with one of the two alone
 * (MindMerger with its tokens alone is Mono-SFT). "English only" is MERLIN under LinguaLIFT's rule: no translation.
 *
 * `deno task experiment after_the_paper --seeds 3`
 * @module
 */
import {
  all,
  claim,
  COMPARED,
  compared,
  COMPARED_ROWS,
  type Experiment,
  isAbove,
  isAboveFloor,
  lingualift,
  lingualiftRecipe,
  main,
  merlin,
  merlinAsked,
  merlinEnglish,
  mindmergerStates,
  type Recipe,
} from "../mod.ts";

const LOW = { benchmark: ["mgsm", "msvamp"], scope: "LR" };

const experiment: Experiment<Recipe> = {
  id: "after_the_paper",
  version: 1,
  order: 19,
  title: "After the paper",
  method: lingualift,
  base: lingualiftRecipe,
  baseName: "LinguaLIFT",
  variants: {
    "MindMerger-Soft": COMPARED["MindMerger-Soft"],
    "MERLIN": compared(merlin),
    "MindMerger-Soft, states alone": mindmergerStates,
    "MERLIN, states alone": merlinAsked("states"),
    "MERLIN, tokens alone": merlinAsked("tokens"),
    "MERLIN, English only": merlinEnglish,
  },
  benchmarks: ["mgsm", "msvamp"],
  worldBenchmarks: { open: ["multimwp_balanced"] },
  paper: { mgsm: "table-10", msvamp: "table-11" },
  paperRows: {
    "LinguaLIFT": COMPARED_ROWS["LinguaLIFT"],
    "MindMerger-Soft": COMPARED_ROWS["MindMerger-Soft"],
  },
  claims: [
    claim(
      "merlin_above_mindmerger",
      "MERLIN improves exact-match accuracy over MindMerger, most in low-resource languages",
      "MERLIN (arXiv:2509.08105), abstract",
      all(isAbove("MERLIN", "MindMerger-Soft", LOW), isAboveFloor("MERLIN", LOW)),
    ),
    claim(
      "words_suffice",
      "LinguaLIFT, which sees no translation, outperforms both in low-resource languages",
      "Section 5.3, Table 2 for MindMerger; ours for MERLIN",
      all(isAbove("LinguaLIFT", ["MindMerger-Soft", "MERLIN"], LOW), isAboveFloor("LinguaLIFT", LOW)),
    ),
    claim(
      "above_under_its_own_rule",
      "Where no system sees a translation, LinguaLIFT outperforms MERLIN in low-resource languages",
      "ours: nobody has published MERLIN on English alone",
      all(isAbove("LinguaLIFT", "MERLIN, English only", LOW), isAboveFloor("LinguaLIFT", LOW)),
    ),
  ],
};
export default experiment;
if (import.meta.main) await main(experiment);
