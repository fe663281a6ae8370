/**
 * Multilingual data: problems in several languages already in stage 1 (Figure 10, Appendix E.6).
 *
 * A quarter of the examples of Language-Align become problems in MGSM's languages with their solutions (GSM8KInstruct in
 * the paper); the number of examples and steps stays, so nothing but the mix differs. In the paper low-resource
 * languages gain 1 point and high-resource ones stay as they are.
 *
 * `deno task experiment multilingual_data --seeds 3`
 * @module
 */
import {
  all,
  claim,
  type Experiment,
  isAbove,
  isAboveFloor,
  isWithin,
  lingualift,
  lingualiftRecipe,
  main,
  type Recipe,
} from "../mod.ts";

const MIXED = "with multilingual problems";

const experiment: Experiment<Recipe> = {
  id: "multilingual_data",
  version: 1,
  order: 6,
  title: "Multilingual data",
  method: lingualift,
  base: lingualiftRecipe,
  baseName: "LinguaLIFT",
  variants: { [MIXED]: { align_data: { task_share: 0.25 } } },
  benchmarks: ["mgsm"],
  figures: { figure_10: { draw: "bars", title: "Figure 10: multilingual data", benchmarks: ["mgsm"] } },
  claims: [
    claim(
      "low_gains",
      "Additional multilingual supervision yields a gain on low-resource reasoning tasks",
      "Appendix E.6, Figure 10",
      all(
        isAbove(MIXED, "LinguaLIFT", { benchmark: "mgsm", scope: "LR" }),
        isAboveFloor(MIXED, { benchmark: "mgsm", scope: "LR" }),
      ),
    ),
    claim(
      "high_stays",
      "It achieves comparable performance on high-resource reasoning tasks",
      "Appendix E.6, Figure 10",
      isWithin(MIXED, "LinguaLIFT", { benchmark: "mgsm", scope: "HR", by: 0.05 }),
    ),
  ],
};
export default experiment;
if (import.meta.main) await main(experiment);
