/**
 * What the pairs of a source look like, with a name in braces for each text: what the report shows of a system's prompts.
 * @module
 */
import type { Item, Task } from "../../world/world.ts";
import type { PairForm } from "../reader/template.ts";
import { answerText, questionText, type TaskAnswers } from "./items.ts";

/** Items whose texts are names. The second choice stands for the right one. */
const ITEMS: Readonly<Record<Task, Item>> = {
  math: { task: "math", id: "", kind: "", question: "{question}", solution: "{solution}", gold: "" },
  nli: {
    ...{ task: "nli", id: "", kind: "", premise: "{premise}", hypothesis: "{hypothesis}" },
    ...{ reason: "{reason, if there is one}", gold: "{label}" as "neutral" },
  },
  choice: {
    ...{ task: "choice", id: "", kind: "", question: "{question}", gold: "B" },
    choices: ["A", "B", "C", "D", "E"].map((letter) => `{choice ${letter}}`),
  },
};

/** An item of a task with its answer. */
export function itemForm(task: Task, answers: TaskAnswers): PairForm {
  const target = answerText(ITEMS[task], answers)
    .replace("{choice B}", "{the right choice}").replace("Choice B.", "Choice {its letter}.");
  return { source: questionForm(task), target, instruction: task };
}

/** An item of a task as it is asked. */
export function questionForm(task: Task): string {
  return questionText(ITEMS[task]);
}

/** A text that is to be written in English. */
export function translationForm(source: string): PairForm {
  return { source, target: "{the same in English}", instruction: "translate" };
}
