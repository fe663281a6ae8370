/**
 * Bridge start: what the alignment layer begins with, and whether that takes the place of stage 1 (Section 3.1; ours).
 *
 * The paper draws the layer at random. Here its last layer may be fitted to English in closed form instead (each state of an
 * English text to the LLM's own embeddings of the same characters: no translation, no other language), with each dimension
 * of the states standardised or not; the same is then trained without Language-Align. The mini encoder's states are whitened,
 * so that standardising them changes little here; real encoders' states are not.
 *
 * `deno task experiment bridge_start --seeds 3`
 * @module
 */
import {
  claim,
  type Experiment,
  isBelow,
  lingualift,
  lingualiftRecipe,
  main,
  type Recipe,
  withoutLanguageAlign,
} from "../mod.ts";

const LOW = { benchmark: "mgsm", scope: "LR" };
const RANDOM = { bridge_start: { weights: "random", standardised: false } } as const;
const DRAWN = "random start";
const FITTED = "closed form";
const FITTED_ALONE = "closed form, w/o language-align";

const experiment: Experiment<Recipe> = {
  id: "bridge_start",
  version: 1,
  order: 16,
  title: "Bridge start",
  method: lingualift,
  base: lingualiftRecipe,
  baseName: DRAWN,
  variants: {
    [FITTED]: { bridge_start: { weights: "ridge" } },
    "closed form, standardised": { bridge_start: { weights: "ridge", standardised: true } },
    [FITTED_ALONE]: { bridge_start: { weights: "ridge" }, ...withoutLanguageAlign },
  },
  benchmarks: ["mgsm"],
  // Real models and short trainings begin in closed form.
  scales: { demo: RANDOM, small: RANDOM },
  claims: [
    claim(
      "start_is_no_stage",
      "A layer fitted to English in closed form does not take the place of Language-Align",
      "Ours; Section 6.1 without a start",
      isBelow(FITTED_ALONE, FITTED, LOW),
    ),
    claim(
      "start_helps",
      "Language-Align gets further from a layer fitted to English than from a random one",
      "Ours",
      isBelow(DRAWN, FITTED, LOW),
    ),
  ],
};
export default experiment;
if (import.meta.main) await main(experiment);
