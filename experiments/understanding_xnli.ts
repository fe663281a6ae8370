/**
 * Natural language inference: LinguaLIFT beside the systems of Table 3, on XNLI (Table 12).
 *
 * Every system has the same LLM and English items. Multi-SFT, QAlign and MindMerger see items in all languages of the
 * benchmark, Translate-En's translator parallel text of all, LangBridge and Mono-SFT none. A label comes after its reason
 * (what the premise says in the hypothesis's words, and where the two differ); two rows learn the label alone, as in the release. In the paper LinguaLIFT is best, with data in
 * English alone.
 *
 * `deno task experiment understanding_xnli --seeds 3`
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

const EVERYWHERE = { benchmark: "xnli", scope: ["LR", "HR"] };
const OTHERS = Object.keys(UNDERSTANDING_ROWS).filter((name) => name !== "LinguaLIFT");

const experiment: Experiment<Recipe> = {
  id: "understanding_xnli",
  version: 1,
  order: 20,
  title: "Natural language inference",
  method: lingualift,
  base: { ...lingualiftRecipe, task: "nli" },
  baseName: "LinguaLIFT",
  variants: UNDERSTANDING,
  benchmarks: ["xnli"],
  paper: { xnli: "table-12" },
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
      isAboveFloor(["LinguaLIFT", "Mono-SFT"], { benchmark: "xnli", scope: "en" }),
    ),
    claim(
      "explaining_helps",
      "To say why, or what is chosen, before the label is more than the label alone",
      "Ours",
      isAbove("LinguaLIFT", LABEL_ALONE, { benchmark: "xnli", scope: "avg" }),
    ),
  ],
};
export default experiment;
if (import.meta.main) await main(experiment);
