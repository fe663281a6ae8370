/**
 * Natural language inference: LinguaLIFT beside the systems of Table 3, on XNLI (Table 12).
 *
 * Every system has the same LLM and English items. Multi-SFT, QAlign and MindMerger see items in all languages of the
 * benchmark, Translate-En's translator parallel text of all, LangBridge and Mono-SFT none.
 * A label comes after its reason (what the premise says in the hypothesis's words, then both side by side); two rows learn the
 * label alone, as in the release. In the paper LinguaLIFT is best, with data in English alone.
 *
 * `deno task experiment understanding_xnli --seeds 3`
 * @module
 */
import { type Experiment, lingualift, main, type Recipe, understanding } from "../mod.ts";

const experiment: Experiment<Recipe> = {
  id: "understanding_xnli",
  version: 1,
  order: 20,
  title: "Natural language inference",
  method: lingualift,
  baseName: "LinguaLIFT",
  ...understanding("xnli"),
  paper: { xnli: "table-12" },
};
export default experiment;
if (import.meta.main) await main(experiment);
