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
import { type Mistake, mistakeOf } from "../../metric/mistake.ts";
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

/** An extraction with the parts of the solution that are right, null where the item has no worked solution, and the mistake. */
interface Scored extends Extraction {
  readonly parts: Parts | null;
  readonly mistake: Mistake | null;
}

/** What an output answers by a rule, whether it is right, and what of it. */
export function scoreAnswer(output: string, item: Item, rule: ExtractionRule): Scored {
  if (item.task === "math") {
    const scored = scoreNumber(output, item.gold, rule);
    return { ...scored, parts: scoreParts(output, item), mistake: mistakeOf(output, scored, item) };
  }
  const scored = item.task === "nli"
    ? scoreLabel(output, item.gold, NLI_LABELS, rule)
    : scoreChoice(output, item.gold, rule);
  return { ...scored, parts: null, mistake: mistakeOf(output, scored) };
}
