/**
 * What a system reads and learns to write of an item of each task, as the release does (AzureStarz/LinguaLIFT,
 * lm-evaluation-harness/lm_eval/tasks: mgsm, xnli, csqa).
 * @module
 */
import { CHOICE_LETTERS, type Item } from "../../world/world.ts";

/** The text of an item: a problem; premise and hypothesis on two lines; a question with a lettered choice a line. */
export function questionText(item: Item): string {
  if (item.task === "nli") return `${item.premise}\n${item.hypothesis}`;
  if (item.task === "math") return item.question;
  return [item.question, ...item.choices.map((choice, i) => `${CHOICE_LETTERS[i]}. ${choice}`)].join("\n");
}

/** What is learned: the solution, the label, or "Choice B." as in the release. */
export function answerText(item: Item): string {
  if (item.task === "nli") return item.gold;
  return item.task === "math" ? item.solution : `Choice ${item.gold}.`;
}
