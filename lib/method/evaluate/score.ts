/**
 * Which task a benchmark asks, and how an answer is scored.
 * @module
 */
import {
  type Extraction,
  type ExtractionRule,
  scoreChoice,
  scoreLabel,
  scoreNumber,
} from "../../metric/extract.ts";
import { type BenchmarkId, type Item, NLI_LABELS, type Task } from "../../world/world.ts";

/** The task of each benchmark that is answered by generated text. */
export const TASK_OF: Readonly<Record<BenchmarkId, Task>> = {
  mmwp: "math",
  mgsm: "math",
  msvamp: "math",
  xnli: "nli",
  xcsqa: "choice",
};

/** What an output answers by a rule, and whether it is right. */
export function scoreAnswer(output: string, item: Item, rule: ExtractionRule): Extraction {
  if (item.task === "nli") return scoreLabel(output, item.gold, NLI_LABELS, rule);
  if (item.task === "choice") return scoreChoice(output, item.gold, rule);
  return scoreNumber(output, item.gold, rule);
}
