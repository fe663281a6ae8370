/**
 * Alignment and reasoning: do languages that are retrieved well also reason well (Table 19, Figure 7, Appendix E.1)?
 *
 * Spearman's rank correlation of sentence retrieval after alignment with MGSM and MSVAMP, over the languages of a level
 * and systems whose alignment differs: the default, 40 % and no code-switching, and no first stage. A handful of
 * languages alone would be too few: the paper does not say over what it correlates. It prints 0.73 to 0.78.
 *
 * `deno task experiment alignment_correlation --seeds 3`
 * @module
 */
import {
  all,
  claim,
  correlates,
  type Experiment,
  lingualift,
  lingualiftRecipe,
  main,
  type Recipe,
  scopeAbove,
  withoutLanguageAlign,
} from "../mod.ts";

const SYSTEMS = ["LinguaLIFT", "40 % switched", "nothing switched", "w/o language-align"] as const;
const STRONG = 0.5;

const strong = (benchmark: string, scope: string, printed: number) =>
  claim(
    `${benchmark}_${scope}`,
    `Retrieval and reasoning correlate strongly on ${benchmark.toUpperCase()}, ${scope} (${printed})`,
    "Appendix E.1, Table 19",
    correlates(SYSTEMS, ["tatoeba", benchmark], { scope, above: STRONG }),
  );

const experiment: Experiment<Recipe> = {
  id: "alignment_correlation",
  version: 1,
  order: 8,
  title: "Alignment and reasoning",
  method: lingualift,
  base: lingualiftRecipe,
  baseName: SYSTEMS[0],
  variants: {
    [SYSTEMS[1]]: { code_switch: { ratio: 0.4 } },
    [SYSTEMS[2]]: { code_switch: { ratio: 0 } },
    [SYSTEMS[3]]: withoutLanguageAlign,
  },
  benchmarks: ["tatoeba", "mgsm", "msvamp"],
  figures: {
    figure_7: {
      draw: "scatter",
      title: "Figure 7: alignment and reasoning",
      x: "tatoeba",
      benchmarks: ["mgsm", "msvamp"],
    },
  },
  claims: [
    claim(
      "correlates",
      "A higher alignment degree tends to correlate with improved mathematical reasoning performance",
      "Appendix E.1, Figure 7",
      all(
        correlates(SYSTEMS, ["tatoeba", "mgsm"], { scope: "avg" }),
        correlates(SYSTEMS, ["tatoeba", "msvamp"], { scope: "avg" }),
      ),
    ),
    strong("mgsm", "LR", 0.733),
    strong("mgsm", "HR", 0.778),
    strong("msvamp", "LR", 0.763),
    strong("msvamp", "HR", 0.783),
    claim(
      "low_lags",
      "Low-resource languages lag behind other languages in both reasoning and sentence retrieval",
      "Appendix E.1, Figure 7",
      scopeAbove("LinguaLIFT", { benchmark: ["mgsm", "tatoeba"], scope: "HR", than: "LR" }),
    ),
  ],
};
export default experiment;
if (import.meta.main) await main(experiment);
