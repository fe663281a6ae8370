/**
 * Alignment layer: how many layers map the encoder's states into the LLM (Table 24, Appendix E.4).
 *
 * A linear map, a 2-layer MLP (the default) and a 3-layer MLP, trained alike. In the paper two layers are best and a
 * linear map loses 6 points on MGSM's low-resource languages.
 *
 * `deno task experiment alignment_layer --seeds 3`
 * @module
 */
import {
  claim,
  type Experiment,
  isAbove,
  isBelow,
  lingualift,
  lingualiftRecipe,
  main,
  type Recipe,
} from "../mod.ts";

const experiment: Experiment<Recipe> = {
  id: "alignment_layer",
  version: 1,
  order: 3,
  title: "Alignment layer",
  method: lingualift,
  base: lingualiftRecipe,
  baseName: "2 layers MLP",
  variants: {
    "Linear": { bridge: "linear" },
    "3 layers MLP": { bridge: "mlp3" },
  },
  benchmarks: ["mgsm"],
  paper: { mgsm: "table-24" },
  claims: [
    claim(
      "two_layers_are_best",
      "Two layers of MLP achieve the best performance",
      "Appendix E.4",
      isAbove("2 layers MLP", ["Linear", "3 layers MLP"], { benchmark: "mgsm", scope: "avg" }),
    ),
    claim(
      "linear_is_too_small",
      "Using a linear layer results in lower performance",
      "Appendix E.4",
      isBelow("Linear", "2 layers MLP", { benchmark: "mgsm", scope: "LR" }),
    ),
  ],
};
export default experiment;
if (import.meta.main) await main(experiment);
