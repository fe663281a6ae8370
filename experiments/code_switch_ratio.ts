/**
 * Code-switch ratio: how much of a sentence has to be switched (Figure 4, Section 6.2).
 *
 * Stage 1 translates English sentences in which 0 to 100 % of the words have become another language's, and, as a
 * reference, real translations. Retrieval after alignment stands for alignment, MGSM for reasoning, each by resource
 * level. In the paper both rise with the ratio, and 80 % is comparable to parallel text.
 *
 * `deno task experiment code_switch_ratio --seeds 3`
 * @module
 */
import {
  claim,
  type Experiment,
  gainsMore,
  isWithin,
  lingualift,
  lingualiftRecipe,
  main,
  type Recipe,
  rises,
} from "../mod.ts";

const ratio = (value: number) => ({ code_switch: { ratio: value } });
const RISING = ["0 %", "40 %", "100 %"];

const experiment: Experiment<Recipe> = {
  id: "code_switch_ratio",
  version: 1,
  order: 4,
  title: "Code-switch ratio",
  method: lingualift,
  base: lingualiftRecipe,
  baseName: "80 %",
  variants: {
    "0 %": ratio(0),
    "20 %": ratio(0.2),
    "40 %": ratio(0.4),
    "60 %": ratio(0.6),
    "100 %": ratio(1),
    "parallel text": { align_data: { text: "parallel" } },
  },
  benchmarks: ["tatoeba", "mgsm"],
  figures: {
    figure_4: {
      draw: "lines",
      title: "Figure 4: code-switch ratio",
      benchmarks: ["tatoeba", "mgsm"],
      x: "code_switch.ratio",
      xTitle: "Code-switch ratio, %",
      times: 100,
      reference: "parallel text",
    },
  },
  claims: [
    claim(
      "alignment_rises",
      "Multilingual alignment improves as the code-switch ratio increases",
      "Section 6.2, Figure 4",
      rises(RISING, { benchmark: "tatoeba", scope: "avg" }),
    ),
    claim(
      "alignment_rises_most_on_low",
      "Alignment improves with the ratio especially for low-resource languages",
      "Section 6.2, Figure 4",
      gainsMore("100 %", "0 %", { benchmark: "tatoeba", scope: "LR", than: "HR" }),
    ),
    claim(
      "reasoning_rises",
      "Reasoning performance also increases with the code-switch ratio",
      "Section 6.2, Figure 4",
      rises(RISING, { benchmark: "mgsm", scope: "avg" }),
    ),
    claim(
      "as_good_as_parallel",
      "At an 80 % ratio reasoning is comparable to that of models trained with parallel corpora",
      "Section 6.2, Figure 4",
      isWithin("80 %", "parallel text", { benchmark: "mgsm", scope: "avg", by: 0.05 }),
    ),
  ],
};
export default experiment;
if (import.meta.main) await main(experiment);
