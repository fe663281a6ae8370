/**
 * What is asked of MultiMWP: a published problem of each template, and problems with other numbers; and what is learned
 * of it, problems of other templates with numbers drawn alike.
 * @module
 */
import { stream } from "../../random.ts";
import type { AskedSplit, BenchmarkId } from "../world.ts";
import { type MultiMwpProblem, type MultiMwpSplit, splitOf } from "./multimwp.ts";
import { BALANCED_TEST, balancedProblems, balancedSequence, drawBalanced } from "./multimwp_balanced.ts";
import type { MathRow } from "./types.ts";

/** The problems of a language, as `loadMultiMwp` reads them. */
type Read = (code: string) => readonly MultiMwpProblem[];

/** Rows of each benchmark in one language; a row has the same id in every language. */
export const multiMwpItems = {
  /** A problem of each template of a part, in an order that is none of the file's. */
  multimwp(read: Read, code: string, split: AskedSplit): MathRow[] {
    const first = new Map<string, string>();
    for (const { id, template } of read("en")) {
      if (splitOf({ template }) === split && !first.has(template)) first.set(template, id);
    }
    const order = stream(1, "multimwp", split, "published").shuffle([...first.values()].sort());
    const problems = new Map(read(code).map((problem) => [problem.id, problem]));
    return order.flatMap((id) => problems.get(id) ?? []).map((problem) => rowOf(problem.id, code, problem));
  },
  /** Problems with other numbers; what stands before "#" in an id is the template, over which intervals are. */
  multimwp_balanced(read: Read, code: string, split: AskedSplit): MathRow[] {
    const english = read("en");
    const templates = [...new Set(english.map(({ template }) => template))];
    const nth = new Map(templates.map((template, i) => [template, i + 1]));
    const drawn = drawBalanced(english, { ...BALANCED_TEST, split });
    return balancedProblems(drawn, read(code)).map((problem) =>
      rowOf(`multimwp_balanced/${nth.get(problem.template)}#${problem.draw}`, code, problem)
    );
  },
} satisfies Partial<Record<BenchmarkId, (read: Read, code: string, split: AskedSplit) => MathRow[]>>;
export type MultiMwpBenchmark = keyof typeof multiMwpItems;

/**
 * An endless sequence of problems to learn from, with the same ids in every language. A language lacks some published
 * problems, so that only those are drawn that every one of `codes` has.
 */
export function multiMwpTraining(
  read: Read,
  codes: readonly string[],
  { split, seed }: { readonly split: Exclude<MultiMwpSplit, "test">; readonly seed: number },
): (code: string, count: number, from: number) => MathRow[] {
  const known = codes.map((code) => new Set(read(code).map(({ id }) => id)));
  const english = read("en").filter(({ id }) => known.every((ids) => ids.has(id)));
  const drawn = balancedSequence(english, { split, seed });
  return (code, count, from) =>
    balancedProblems(drawn(count, from), read(code)).map((problem) => rowOf(problem.id, code, problem));
}

/** Whether a benchmark is one of these. */
export function isMultiMwp(id: BenchmarkId): id is MultiMwpBenchmark {
  return id in multiMwpItems;
}

function rowOf(
  id: string,
  language: string,
  { question, expression, answer }: Pick<MultiMwpProblem, "question" | "expression" | "answer">,
): MathRow {
  return { id, language, question, answer, answer_text: answer, solution: `${expression} = ${answer}.` };
}
