/**
 * CrossIn: what is crossed between languages, on X-CSQA (arXiv:2404.11932).
 *
 * Adapters of the LLM learn choices in English mixed with word problems across languages: English questions with answers in
 * Chinese, Vietnamese or Spanish (EN2X), the other way round (X2EN), any to any (X2X), and translation into English (T). Base
 * learns choices in English alone. Beside accuracy the page has C_s, how often the answers are the same in s languages, and
 * AC3_s. LinguaLIFT and Mono-SFT are those of `understanding_xcsqa`.
 *
 * `deno task experiment cross_in --seeds 3`
 * @module
 */
import {
  claim,
  COMPARED,
  crossinOf,
  type Experiment,
  isAbove,
  isAboveFloor,
  lingualift,
  lingualiftRecipe,
  longTransfer,
  main,
  type Recipe,
} from "../mod.ts";

const EVERYWHERE = { benchmark: "xcsqa", scope: "avg" };

const experiment: Experiment<Recipe> = {
  id: "cross_in",
  version: 1,
  order: 22,
  title: "CrossIn",
  method: lingualift,
  base: { ...longTransfer(lingualiftRecipe), task: "choice" },
  baseName: "LinguaLIFT",
  variants: {
    "Mono-SFT": COMPARED["Mono-SFT"],
    "Base": crossinOf(),
    "EN2X": crossinOf("en2x"),
    "X2EN": crossinOf("x2en"),
    "X2X": crossinOf("x2x"),
    "X2X and T": crossinOf("x2x", "translate"),
  },
  benchmarks: ["xcsqa"],
  claims: [
    claim(
      "improves_across_languages",
      "CrossIn substantially improves performance across tasks and languages",
      "CrossIn, abstract",
      isAbove(["EN2X", "X2EN", "X2X"], "Base", EVERYWHERE),
    ),
    claim(
      "any_to_any_is_best",
      "Data from any language to any other gives more than from or to English alone",
      "CrossIn, as others sum it up",
      isAbove("X2X", ["EN2X", "X2EN"], EVERYWHERE),
    ),
    claim(
      "lingualift_is_above",
      "LinguaLIFT is above CrossIn, with dictionaries in place of translated data",
      "Ours",
      isAbove("LinguaLIFT", "X2X", EVERYWHERE),
    ),
    claim(
      "reads",
      "X2X is above what the options alone give",
      "Ours",
      isAboveFloor("X2X", EVERYWHERE),
    ),
  ],
};
export default experiment;
if (import.meta.main) await main(experiment);
