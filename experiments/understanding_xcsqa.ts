/**
 * Commonsense choice: LinguaLIFT beside the systems of Table 3, on X-CSQA (Table 13).
 *
 * Every system has the same LLM and English items. Multi-SFT, QAlign and MindMerger see items in all languages of the
 * benchmark, Translate-En's translator parallel text of all, LangBridge and Mono-SFT none. A choice is named by what is
 * chosen, then by its letter; two rows learn the letter alone, as in the release. In the paper LinguaLIFT is best, with data in
 * English alone.
 *
 * `deno task experiment understanding_xcsqa --seeds 3`
 * @module
 */
import {
  all,
  claim,
  type Experiment,
  isAbove,
  isAboveFloor,
  LABEL_ALONE,
  lingualift,
  lingualiftRecipe,
  main,
  type Recipe,
  UNDERSTANDING,
  UNDERSTANDING_ROWS,
} from "../mod.ts";

const EVERYWHERE = { benchmark: "xcsqa", scope: ["LR", "HR"] };
const OTHERS = Object.keys(UNDERSTANDING_ROWS).filter((name) => name !== "LinguaLIFT");

const experiment: Experiment<Recipe> = {
  id: "understanding_xcsqa",
  version: 1,
  order: 21,
  title: "Commonsense choice",
  method: lingualift,
  base: { ...lingualiftRecipe, task: "choice" },
  baseName: "LinguaLIFT",
  variants: UNDERSTANDING,
  benchmarks: ["xcsqa"],
  paper: { xcsqa: "table-13" },
  paperRows: UNDERSTANDING_ROWS,
  claims: [
    claim(
      "outperforms_all",
      "LinguaLIFT outperforms all baselines on language understanding tasks",
      "Section 5.3, Table 3",
      all(
        ...OTHERS.map((other) => isAbove("LinguaLIFT", other, EVERYWHERE)),
        isAboveFloor("LinguaLIFT", EVERYWHERE),
      ),
    ),
    claim(
      "reads_english",
      "A system that trains on the task can be asked in English: it reads the items there",
      "Ours",
      isAboveFloor(["LinguaLIFT", "Mono-SFT"], { benchmark: "xcsqa", scope: "en" }),
    ),
    claim(
      "explaining_helps",
      "To say why, or what is chosen, before the label is more than the label alone",
      "Ours",
      isAbove("LinguaLIFT", LABEL_ALONE, { benchmark: "xcsqa", scope: "avg" }),
    ),
  ],
};
export default experiment;
if (import.meta.main) await main(experiment);
