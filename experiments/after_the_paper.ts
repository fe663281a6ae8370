/**
 * After the paper: LinguaLIFT beside LayAlign and MERLIN, which came later, and beside the system both build on (Tables 2,
 * 10, 11).
 *
 * LayAlign lets the LLM attend to the encoder's layers as well, MERLIN trains low-rank adapters with magnitudes (DoRA) in the
 * LLM. Both see translations of nine languages, LinguaLIFT none. Nobody has published the three side by side: the claims are
 * each one's over MindMerger, and LinguaLIFT's over them, on the same LLM, encoder, problems and updates. All read a question
 * twice, as states and as tokens: rows more ask them with one of the two alone (MindMerger or LayAlign with its tokens alone
 * is Mono-SFT). "English only" is a system under LinguaLIFT's rule: no translation, and no tokens beside the states.
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
  layalign,
  layalignEnglish,
  layalignStates,
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
    "LayAlign": compared(layalign),
    "MERLIN": compared(merlin),
    "Mono-SFT": COMPARED["Mono-SFT"],
    "MindMerger-Soft, states alone": mindmergerStates,
    "LayAlign, states alone": layalignStates,
    "MERLIN, states alone": merlinAsked("states"),
    "MERLIN, tokens alone": merlinAsked("tokens"),
    "LayAlign, English only": layalignEnglish,
    "MERLIN, English only": merlinEnglish,
  },
  knockouts: {
    "MindMerger-Soft": { without_states: "Mono-SFT", without_tokens: "MindMerger-Soft, states alone" },
    "LayAlign": { without_states: "Mono-SFT", without_tokens: "LayAlign, states alone" },
    "MERLIN": { without_states: "MERLIN, tokens alone", without_tokens: "MERLIN, states alone" },
  },
  benchmarks: ["mgsm", "msvamp"],
  worldBenchmarks: { open: ["multimwp_balanced"] },
  paper: { mgsm: "table-10", msvamp: "table-11" },
  paperRows: {
    "LinguaLIFT": COMPARED_ROWS["LinguaLIFT"],
    "Mono-SFT": COMPARED_ROWS["Mono-SFT"],
    "MindMerger-Soft": COMPARED_ROWS["MindMerger-Soft"],
  },
  claims: [
    claim(
      "layalign_above_mindmerger",
      "LayAlign improves exact-match accuracy over MindMerger in low-resource languages",
      "LayAlign (arXiv:2502.11405), Table 2: 56.4 to 54.8 on MGSM, 54.6 to 53.1 on MSVAMP",
      all(isAbove("LayAlign", "MindMerger-Soft", LOW), isAboveFloor("LayAlign", LOW)),
    ),
    claim(
      "merlin_above_mindmerger",
      "MERLIN improves exact-match accuracy over MindMerger, most in low-resource languages",
      "MERLIN (arXiv:2509.08105), abstract",
      all(isAbove("MERLIN", "MindMerger-Soft", LOW), isAboveFloor("MERLIN", LOW)),
    ),
    claim(
      "words_suffice",
      "LinguaLIFT, which sees no translation, outperforms MindMerger and MERLIN in low-resource languages",
      "Section 5.3, Table 2 for MindMerger; ours for MERLIN",
      all(isAbove("LinguaLIFT", ["MindMerger-Soft", "MERLIN"], LOW), isAboveFloor("LinguaLIFT", LOW)),
    ),
    claim(
      "above_under_its_own_rule",
      "Where no system sees a translation, LinguaLIFT outperforms LayAlign and MERLIN in low-resource languages",
      "ours: neither has been published without parallel text",
      all(
        isAbove("LinguaLIFT", ["LayAlign, English only", "MERLIN, English only"], LOW),
        isAboveFloor("LinguaLIFT", LOW),
      ),
    ),
  ],
};
export default experiment;
if (import.meta.main) await main(experiment);
