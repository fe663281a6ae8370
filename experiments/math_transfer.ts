/**
 * Mathematics transfer: LinguaLIFT beside the systems that it is compared with, on MGSM and MSVAMP (Tables 2, 10 and 11).
 *
 * Every system has the same LLM and English problems; the numbers of examples and updates are those of LinguaLIFT's
 * stages (each system's file says which). Mono-SFT and LinguaLIFT learn from English and dictionaries alone; Multi-SFT,
 * QAlign and MindMerger see translations of nine languages, MAPO-DPO those of Multi-SFT, Translate-En's translator all,
 * LangBridge none. MindMerger's LLM reads states and the question's own tokens: a row more asks it without the tokens;
 * without the states it is Mono-SFT. Two more rows learn from translations with a machine's errors, where the others' are
 * perfect. In the paper LinguaLIFT has the best means of low-resource languages.
 *
 * Mono-SFT learns the problems that LinguaLIFT learns. In the mini world its four flavours of the paper are rows beside it:
 * English data that differ as MAmmoTH's, WizardMath's, MetaMath's and OpenMath2's do in problems, in how many distinct ones
 * there are, and in the form of an answer; as many examples and updates.
 *
 * `deno task experiment math_transfer --seeds 3`
 * @module
 */
import {
  all,
  claim,
  COMPARED,
  compared,
  COMPARED_ROWS,
  type Experiment,
  FLAVOURED,
  FLAVOURED_ROWS,
  isAbove,
  isAboveFloor,
  lingualift,
  lingualiftRecipe,
  main,
  mindmerger,
  mindmergerStates,
  multiSft,
  multiSftRow,
  NOISY_TRANSLATIONS,
  type Recipe,
  scopeAbove,
} from "../mod.ts";

const LOW = { benchmark: ["mgsm", "msvamp"], scope: "LR" };
const WITHOUT_TRANSLATIONS = ["Mono-SFT", "LangBridge"] as const;
const WITH_TRANSLATIONS = [
  ...["Multi-SFT", "MAPO-DPO", "MAPO-DPO (English first)"],
  ...["QAlign", "Translate-En", "MindMerger-Soft"],
] as const;

const experiment: Experiment<Recipe> = {
  id: "math_transfer",
  version: 1,
  order: 17,
  title: "Mathematics transfer",
  method: lingualift,
  base: lingualiftRecipe,
  baseName: "LinguaLIFT",
  variants: {
    ...COMPARED,
    "Multi-SFT, loss on the row": multiSftRow,
    "Multi-SFT, noisy translations": compared(multiSft, NOISY_TRANSLATIONS),
    "MindMerger-Soft, noisy translations": compared(mindmerger, NOISY_TRANSLATIONS),
    "MindMerger-Soft, states alone": mindmergerStates,
    ...FLAVOURED,
  },
  knockouts: {
    "MindMerger-Soft": { without_states: "Mono-SFT", without_tokens: "MindMerger-Soft, states alone" },
    "MindMerger-Soft, noisy translations": { without_states: "Mono-SFT" },
  },
  benchmarks: ["mgsm", "msvamp"],
  worldBenchmarks: { open: ["multimwp_balanced"] },
  paper: { mgsm: "table-10", msvamp: "table-11" },
  paperRows: { ...COMPARED_ROWS, ...FLAVOURED_ROWS },
  claims: [
    claim(
      "better_than_english_systems",
      "LinguaLIFT outperforms previous baselines in low-resource languages: those that learn from English alone",
      "Section 5.3, Table 2",
      all(
        ...WITHOUT_TRANSLATIONS.map((system) => isAbove("LinguaLIFT", system, LOW)),
        isAboveFloor("LinguaLIFT", LOW),
      ),
    ),
    claim(
      "better_than_translated_systems",
      "LinguaLIFT outperforms previous baselines in low-resource languages: those that learn from translations",
      "Section 5.3, Table 2",
      all(
        ...WITH_TRANSLATIONS.map((system) => isAbove("LinguaLIFT", system, LOW)),
        isAboveFloor("LinguaLIFT", LOW),
      ),
    ),
    claim(
      "multi_sft_helps_low",
      "Multi-SFT models outperform their monolingual counterparts in low-resource settings",
      "Section 5.3, observation 2",
      isAbove("Multi-SFT", "Mono-SFT", LOW),
    ),
    claim(
      "mono_sft_drops",
      "Mono-SFT models exhibit substantial performance drops in low-resource languages",
      "Section 5.3, observation 1",
      scopeAbove("Mono-SFT", { benchmark: LOW.benchmark, scope: "HR", than: "LR" }),
    ),
  ],
};
export default experiment;
if (import.meta.main) await main(experiment);
