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

/** How a label or a choice is answered; a word problem's answer is its solution either way. */
export const TASK_ANSWERS = ["explained", "label"] as const;
export type TaskAnswers = typeof TASK_ANSWERS[number];

/**
 * What is learned: the solution; the label; "Choice B.", as in the release. Explained, a label comes after the item's reason if
 * it has one, and a choice after what is chosen ("lemon. Choice B."), which a small model finds before its letter.
 */
export function answerText(item: Item, answers: TaskAnswers): string {
  if (item.task === "math") return item.solution;
  const isExplained = answers === "explained";
  if (item.task === "nli") {
    return isExplained && item.reason !== undefined ? `${item.reason} ${item.gold}` : item.gold;
  }
  const chosen = item.choices[CHOICE_LETTERS.findIndex((letter) => letter === item.gold)];
  return `${isExplained ? `${chosen}. ` : ""}Choice ${item.gold}.`;
}
