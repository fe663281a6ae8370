/**
 * Stage removal: what each of LinguaLIFT's two stages buys (Figure 3a, Tables 14 and 15).
 *
 * Without Language-Align, alignment layer and LLM are trained together on the English problems alone (D.1); without
 * Task-Transfer, the LLM never learns the task; Mono-SFT is the same LLM fine-tuned on the same problems without encoder.
 * In the paper the first costs 14 points on MGSM's low-resource languages, the second nearly everything.
 *
 * `deno task experiment stage_removal --seeds 3`
 * @module
 */
import {
  accuracyBelow,
  all,
  benchmarkAbove,
  claim,
  compared,
  type Experiment,
  isAbove,
  isAboveFloor,
  isBelow,
  lingualift,
  lingualiftRecipe,
  main,
  monoSft,
  type Recipe,
  withoutLanguageAlign,
} from "../mod.ts";

const LOW = { benchmark: ["mgsm", "msvamp"], scope: "LR" };
const MGSM = { benchmark: "mgsm", scope: "avg" };
// Real problems of one step that numbers alone do not solve, in languages of which training has words from a dictionary,
// and in languages of which it has nothing.
const KNOWN = { benchmark: "multimwp_balanced", scope: "dictionary" };
const UNKNOWN = { benchmark: "multimwp_balanced", scope: "no dictionary" };

const experiment: Experiment<Recipe> = {
  id: "stage_removal",
  version: 1,
  order: 1,
  title: "Stage removal",
  method: lingualift,
  base: lingualiftRecipe,
  baseName: "LinguaLIFT",
  variants: {
    "w/o language-align": withoutLanguageAlign,
    "w/o task-transfer": { transfer: null },
    "Mono-SFT": compared(monoSft),
  },
  benchmarks: ["mgsm", "msvamp"],
  // On real text: does alignment move sentences towards their translations? The paper shows it as a map (Figure 5).
  worldBenchmarks: { open: ["multimwp_balanced", "written_english", "tatoeba_encoder", "tatoeba"] },
  paper: { mgsm: "table-14", msvamp: "table-15" },
  claims: [
    claim(
      "align_helps_low",
      "Removing the Language-Align stage leads to a noticeable performance drop in low-resource languages",
      "Section 6.1",
      isBelow("w/o language-align", "LinguaLIFT", LOW),
    ),
    claim(
      "transfer_is_needed",
      "Removing the Task-Transfer stage causes substantial performance degradation across all languages",
      "Section 6.1",
      all(
        isBelow("w/o task-transfer", "LinguaLIFT", { ...MGSM, by: 0.2 }),
        accuracyBelow("w/o task-transfer", 0.15, MGSM),
      ),
    ),
    claim(
      "better_on_low",
      "LinguaLIFT significantly enhances low-resource reasoning performance",
      "Section 5.3, observation 5",
      all(isAbove("LinguaLIFT", "Mono-SFT", LOW), isAboveFloor("LinguaLIFT", LOW)),
    ),
    claim(
      "better_on_high",
      "LinguaLIFT also boosts performance in high-resource languages",
      "Section 5.3",
      all(
        isAbove("LinguaLIFT", "Mono-SFT", { ...MGSM, scope: "HR" }),
        isAboveFloor("LinguaLIFT", { ...MGSM, scope: "HR" }),
      ),
    ),
  ],
  worldClaims: {
    open: [
      claim(
        "better_with_dictionary",
        "LinguaLIFT reasons better than Mono-SFT in languages of which it has seen words from a dictionary",
        "Section 5.3, observation 5, on MultiMWP",
        all(isAbove("LinguaLIFT", "Mono-SFT", KNOWN), isAboveFloor("LinguaLIFT", KNOWN)),
      ),
      claim(
        "better_unseen",
        "LinguaLIFT reasons better than Mono-SFT in languages that no part of its training contains",
        "Section 5.3, observation 5, on MultiMWP",
        all(isAbove("LinguaLIFT", "Mono-SFT", UNKNOWN), isAboveFloor("LinguaLIFT", UNKNOWN)),
      ),
      claim(
        "align_helps_elsewhere",
        "Removing the Language-Align stage leads to a noticeable performance drop outside of English",
        "Section 6.1, on MultiMWP",
        all(
          isBelow("w/o language-align", "LinguaLIFT", KNOWN),
          isBelow("w/o language-align", "LinguaLIFT", UNKNOWN),
        ),
      ),
      claim(
        "alignment_moves_sentences",
        "LinguaLIFT aligns low-resource language representations more closely with English",
        "Section 6.3",
        benchmarkAbove("LinguaLIFT", ["tatoeba", "tatoeba_encoder"], "LR"),
      ),
    ],
  },
};
export default experiment;
if (import.meta.main) await main(experiment);
