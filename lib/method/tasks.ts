/**
 * What a system reads and learns to write of an item of each task, and how its answer is scored.
 * @module
 */
import {
  type Extraction,
  type ExtractionRule,
  scoreChoice,
  scoreLabel,
  scoreNumber,
} from "../metric/extract.ts";
import { type BenchmarkId, type Item, NLI_LABELS, type Task } from "../world/world.ts";

const LETTERS = ["A", "B", "C", "D", "E"];

/** The task of each benchmark that is answered by generated text. */
export const TASK_OF: Readonly<Record<BenchmarkId, Task>> = {
  mmwp: "math",
  mgsm: "math",
  msvamp: "math",
  xnli: "nli",
  xcsqa: "choice",
};

/** The text of an item: a problem; premise and hypothesis on two lines; a question with a lettered choice a line. */
export function questionText(item: Item): string {
  if (item.task === "nli") return `${item.premise}\n${item.hypothesis}`;
  if (item.task === "math") return item.question;
  return [item.question, ...item.choices.map((choice, i) => `${LETTERS[i]}. ${choice}`)].join("\n");
}

/** What is learned: the solution, the label, or "Choice B." as in the release. */
export function answerText(item: Item): string {
  if (item.task === "nli") return item.gold;
  return item.task === "math" ? item.solution : `Choice ${item.gold}.`;
}

/** What an output answers by a rule, and whether it is right. */
export function scoreAnswer(output: string, item: Item, rule: ExtractionRule): Extraction {
  if (item.task === "nli") return scoreLabel(output, item.gold, NLI_LABELS, rule);
  if (item.task === "choice") return scoreChoice(output, item.gold, rule);
  return scoreNumber(output, item.gold, rule);
}
