/**
 * What the experiments on inference and on choice have in common: the systems of Table 3 (MAPO-DPO is not among them), and
 * what is claimed of them.
 * @module
 */
import { claim, isAbove, isAboveFloor } from "../../lab/experiment/claim.ts";
import { all } from "../../lab/experiment/claim_combine.ts";
import type { Experiment } from "../../lab/experiment/types.ts";
import type { Recipe } from "../recipe/fields.ts";
import { TASK_OF } from "../evaluate/score.ts";
import { longTransfer } from "../recipe/budgets.ts";
import { compared } from "../system.ts";
import { COMPARED } from "./compared.ts";
import { lingualiftRecipe } from "./lingualift.ts";
import { monoSft } from "./mono_sft.ts";

const { "MAPO-DPO": _on, "MAPO-DPO (English first)": _first, ...compare } = COMPARED;
const LABEL_ALONE = "LinguaLIFT, label alone";

/** What both declare. */
type Shared = Pick<
  Experiment<Recipe>,
  "base" | "variants" | "benchmarks" | "paperRows" | "knockouts" | "claims"
>;

/**
 * The recipe, rows with their names in Tables 3, 12 and 13, and claims. Stage 2 is twice as long as for word problems, for
 * every system: English is not learned in less (docs/log.md, "Understanding"). Two rows learn and write the label alone, as
 * the release has it.
 */
export function understanding(benchmark: "xnli" | "xcsqa"): Shared {
  const everywhere = { benchmark, scope: ["LR", "HR"] };
  return {
    base: { ...longTransfer(lingualiftRecipe), task: TASK_OF[benchmark] },
    variants: {
      ...compare,
      "Mono-SFT, label alone": compared(monoSft, { task_answers: "label" }),
      [LABEL_ALONE]: { task_answers: "label" },
    },
    benchmarks: [benchmark],
    paperRows: Object.fromEntries(
      ["LinguaLIFT", ...Object.keys(compare)].map((name) => [name, `${name} (task data)`]),
    ),
    knockouts: { "MindMerger-Soft": { without_states: "Mono-SFT" } },
    claims: [
      claim(
        "outperforms_all",
        "LinguaLIFT outperforms all baselines on language understanding tasks",
        "Section 5.3, Table 3",
        all(
          ...Object.keys(compare).map((other) => isAbove("LinguaLIFT", other, everywhere)),
          isAboveFloor("LinguaLIFT", everywhere),
        ),
      ),
      claim(
        "reads_english",
        "A system that trains on the task can be asked in English: it reads the items there",
        "Ours",
        isAboveFloor(["LinguaLIFT", "Mono-SFT"], { benchmark, scope: "en" }),
      ),
      claim(
        "explaining_helps",
        "To say why, or what is chosen, before the label is more than the label alone",
        "Ours",
        isAbove("LinguaLIFT", LABEL_ALONE, { benchmark, scope: "avg" }),
      ),
    ],
  };
}
