/**
 * Commonsense choice: LinguaLIFT beside the systems of Table 3, on X-CSQA (Table 13).
 *
 * Every system has the same LLM and English items. Multi-SFT, QAlign and MindMerger see items in all languages of the
 * benchmark, Translate-En's translator parallel text of all, LangBridge and Mono-SFT none.
 * A choice is named by what is chosen, then by its letter; two rows learn the letter alone, as in the release. In the paper
 * LinguaLIFT is best, with data in English alone.
 *
 * `deno task experiment understanding_xcsqa --seeds 3`
 * @module
 */
import { type Experiment, lingualift, main, type Recipe, understanding } from "../mod.ts";

const experiment: Experiment<Recipe> = {
  id: "understanding_xcsqa",
  version: 1,
  order: 21,
  title: "Commonsense choice",
  method: lingualift,
  baseName: "LinguaLIFT",
  ...understanding("xcsqa"),
  paper: { xcsqa: "table-13" },
};
export default experiment;
if (import.meta.main) await main(experiment);
