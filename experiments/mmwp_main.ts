/**
 * MMWP: the paper's main table, 48 languages by resource level, LinguaLIFT beside the systems (Tables 1, 7, 8 and 9).
 *
 * The systems and budgets of `math_transfer`, Mono-SFT's four flavours among them, and MindMerger's two further rows,
 * whose mapping stage reads parallel text of the low-resource languages too, or of these alone. In the paper LinguaLIFT
 * has the best mean at every level, and more parallel text hardly helps MindMerger. Its row "(Low-Resource Retrain)"
 * prints LangBridge's four means, so that there is nothing to compare it with (`deno task audit`).
 *
 * `deno task experiment mmwp_main --seeds 3`
 * @module
 */
import {
  all,
  claim,
  COMPARED,
  COMPARED_ROWS,
  type Experiment,
  FLAVOURED,
  FLAVOURED_ROWS,
  isAbove,
  isAboveFloor,
  isWithin,
  lingualift,
  lingualiftRecipe,
  main,
  mindmergerLow,
  type Recipe,
  scopeAbove,
} from "../mod.ts";

const LOW = { benchmark: "mmwp", scope: "LR" };
const ADDED = "MindMerger-Soft (Add Low-Resource)";
const RETRAINED = "MindMerger-Soft (Low-Resource Retrain)";
const OTHERS = [...Object.keys(COMPARED), ADDED, RETRAINED];

const experiment: Experiment<Recipe> = {
  id: "mmwp_main",
  version: 1,
  order: 18,
  title: "MMWP by resource level",
  method: lingualift,
  base: lingualiftRecipe,
  baseName: "LinguaLIFT",
  variants: {
    ...COMPARED,
    [ADDED]: mindmergerLow("added"),
    [RETRAINED]: mindmergerLow("alone"),
    ...FLAVOURED,
  },
  // Whatever its bridge has read, its LLM is Mono-SFT's.
  knockouts: Object.fromEntries(
    ["MindMerger-Soft", ADDED, RETRAINED].map((name) => [name, { without_states: "Mono-SFT" }]),
  ),
  benchmarks: ["mmwp"],
  paper: { mmwp: "table-1" },
  paperRows: {
    ...COMPARED_ROWS,
    ...FLAVOURED_ROWS,
    [ADDED]: "(Add Low-Resource)‡",
  },
  claims: [
    claim(
      "best_on_low",
      "LinguaLIFT significantly enhances low-resource reasoning performance, outperforming all competitive baselines",
      "Section 5.3, observation 5",
      all(...OTHERS.map((other) => isAbove("LinguaLIFT", other, LOW)), isAboveFloor("LinguaLIFT", LOW)),
    ),
    claim(
      "mono_sft_drops",
      "Mono-SFT models exhibit substantial performance drops in low-resource languages",
      "Section 5.3, observation 1",
      scopeAbove("Mono-SFT", { benchmark: "mmwp", scope: ["HR", "MR"], than: "LR" }),
    ),
    claim(
      "multi_sft_helps_low",
      "Multi-SFT models outperform their monolingual counterparts in low-resource settings",
      "Section 5.3, observation 2",
      isAbove("Multi-SFT", "Mono-SFT", LOW),
    ),
    claim(
      "multi_sft_gap",
      "Multi-SFT models still show a considerable performance gap between low- and high-resource languages",
      "Section 5.3, observation 2",
      scopeAbove("Multi-SFT", { benchmark: "mmwp", scope: "HR", than: "LR" }),
    ),
    claim(
      "more_parallel_text_hardly_helps",
      "MindMerger with additional parallel data in low-resource languages hardly improves low-resource tasks",
      "Section 5.3, observation 4",
      isWithin(ADDED, "MindMerger-Soft", { ...LOW, by: 0.03 }),
    ),
  ],
};
export default experiment;
if (import.meta.main) await main(experiment);
