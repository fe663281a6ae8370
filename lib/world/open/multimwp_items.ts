/**
 * What is asked of MultiMWP: a published problem of each template, and problems with other numbers.
 * @module
 */
import { stream } from "../../random.ts";
import type { AskedSplit, BenchmarkId } from "../world.ts";
import { type MultiMwpProblem, splitOf } from "./multimwp.ts";
import { BALANCED_TEST, balancedProblems, drawBalanced } from "./multimwp_balanced.ts";
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
