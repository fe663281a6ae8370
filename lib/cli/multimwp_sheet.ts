/**
 * What became of MultiMWP, as text: counts by language, and for a speaker to judge some problems as published and with their
 * numbers drawn anew, beside the English.
 * @module
 */
import { columns } from "./terminal/table.ts";
import { type DataFolder, dataSet, inventory } from "../world/open/catalog.ts";
import { loadMultiMwp, type MultiMwpProblem, splitOf } from "../world/open/multimwp.ts";
import {
  BALANCED_TEST,
  balancedProblems,
  drawBalanced,
  OPERATIONS,
} from "../world/open/multimwp_balanced.ts";

/** The sheet of the languages that are there. @param each problems a language */
export function multiMwpSheet(folder: DataFolder, each: number): string {
  const codes = inventory(folder, dataSet("multimwp")).filter(({ isThere }) => isThere).map(({ part }) =>
    part
  );
  const english = loadMultiMwp(folder, "en").problems;
  const drawn = drawBalanced(english, BALANCED_TEST);
  const read = codes.map((code) => {
    const { problems, dropped } = loadMultiMwp(folder, code);
    return { code, problems, dropped, balanced: balancedProblems(drawn, problems) };
  });
  const counts = read.map(({ code, problems, dropped, balanced }) => [
    code,
    ...[problems.length, dropped.noNumber, dropped.inexact, dropped.otherNumbers, balanced.length].map(
      String,
    ),
  ]);
  const head = ["", "problems", "no equation", "not exact", "other numbers", "balanced test"];
  return [
    `${columns([head, ...counts])}\n`,
    ...["train", "dev", "test"].map((split) => describeSplit(english, split)),
    `Balanced test: ${BALANCED_TEST.count} problems, of ${
      OPERATIONS.map((one) => `${templates(drawn.filter(({ operation }) => operation === one))} (${one})`)
        .join(", ")
    } templates\n`,
    ...read.flatMap(({ code, problems, balanced }) => {
      const published = new Map(problems.map((problem) => [problem.id, problem]));
      const own = new Map(balanced.map((problem) => [problem.id, problem]));
      return balancedProblems(drawn, english).filter(({ id }) => own.has(id)).slice(0, each).map((one) => {
        const { question, expression, answer } = own.get(one.id)!;
        const before = published.get(one.line)!;
        return [
          `${code}  ${one.id}  ${expression} = ${answer}`,
          `  English    ${one.question}`,
          `  published  ${before.question}  (${before.expression})`,
          `  here       ${question}\n`,
        ].join("\n");
      });
    }),
  ].join("\n").trimEnd();
}

function describeSplit(problems: readonly MultiMwpProblem[], split: string): string {
  const own = problems.filter((problem) => splitOf(problem) === split);
  return `${split}: ${own.length} problems of ${templates(own)} templates`;
}

function templates(of: readonly { readonly template: string }[]): number {
  return new Set(of.map(({ template }) => template)).size;
}
