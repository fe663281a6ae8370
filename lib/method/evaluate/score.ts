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
import { type Parts, scoreParts } from "../../metric/parts.ts";
import { type BenchmarkId, type Item, NLI_LABELS, type Task } from "../../world/world.ts";

/** The task of each benchmark that is answered by generated text. */
export const TASK_OF: Readonly<Record<BenchmarkId, Task>> = {
  mmwp: "math",
  mgsm: "math",
  msvamp: "math",
  multimwp: "math",
  multimwp_balanced: "math",
  own: "math",
  xnli: "nli",
  xcsqa: "choice",
};

/** An extraction with the parts of the solution that are right; null where the item has no worked solution. */
interface Scored extends Extraction {
  readonly parts: Parts | null;
}

/** What an output answers by a rule, whether it is right, and what of it. */
export function scoreAnswer(output: string, item: Item, rule: ExtractionRule): Scored {
  if (item.task === "nli") return { ...scoreLabel(output, item.gold, NLI_LABELS, rule), parts: null };
  if (item.task === "choice") return { ...scoreChoice(output, item.gold, rule), parts: null };
  return { ...scoreNumber(output, item.gold, rule), parts: scoreParts(output, item) };
}
