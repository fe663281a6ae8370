/**
 * MAmmoTH's flavour (MathInstruct; Yue et al., 2024, arXiv:2309.05653): a mixture of sources, most with chains of thought,
 * others with programs. A question that asks for a program says so; the benchmarks' questions do not, so that chains are
 * what is asked.
 *
 * Published: 13 sets with 262,000 rows; by set (known from memory, the paper's own table is not here) 38 % are problems with
 * lettered options (AQuA-RAT), about 30 % word problems that are asked openly (GSM8K, whose 7,473 problems have several
 * chains each, GSM8K-RFT, MathQA), the rest bare mathematics (MATH, Camel, NumGLUE); 28 % are programs.
 * Ours: a round of 20 rows has 3 chains and 3 programs of one problem, 7 chains and 1 program of problems with options, 4
 * chains and 2 programs of bare calculations: 15 problems. Programs are Python and print the answer.
 * Not carried over: theorems, formulas and proofs; running what was written (the paper reads the last number, as the lab).
 * @module
 */
import { stream } from "../../../random.ts";
import { CHOICE_LETTERS } from "../../world.ts";
import { arithmetic } from "../arithmetic.ts";
import { type Problem, questionText } from "../problem.ts";
import { type FlavourRow, placeIn } from "./row.ts";
import { ENGLISH, seedProblem } from "./seed.ts";
import { anotherWay, linesOf, otherResults, program, programOf, withStop } from "./solution.ts";

type Source = "problem" | "options" | "calculation";
type Thought = "chain" | "program";
const of = (count: number, source: Source, thought: Thought) =>
  Array.from({ length: count }, () => ({ source, thought }));

/** The rows of a round in order; those of one open problem first. */
const ROUND = [
  ...[...of(3, "problem", "chain"), ...of(3, "problem", "program")],
  ...[...of(7, "options", "chain"), ...of(1, "options", "program")],
  ...[...of(4, "calculation", "chain"), ...of(2, "calculation", "program")],
];
/** Rows of open problems, and world problems that a round takes: one for these, one for each with options. */
const OPEN = ROUND.filter(({ source }) => source === "problem").length;
const PROBLEMS = 1 + ROUND.filter(({ source }) => source === "options").length;

/** What a question that wants a program adds. */
export const TRIGGER = "Let's write a program.";

/** Row `i` of a seed. */
export function mammothRow(seed: number, i: number): FlavourRow {
  const { problem: round, row } = placeIn(ROUND.length, i);
  const { source, thought } = ROUND[row]!;
  if (source === "calculation") return calculationRow(seed, i, thought);
  const at = row < OPEN ? 0 : row - OPEN + 1;
  const problem = seedProblem(seed, PROBLEMS * round + at);
  return source === "problem" ? openRow(problem, thought, seed, i) : optionsRow(problem, thought, seed, i);
}

function openRow(problem: Problem, thought: Thought, seed: number, i: number): FlavourRow {
  const question = questionText(ENGLISH, problem);
  const gold = String(problem.answer);
  const s = stream(seed, "mammoth", i);
  if (thought === "program") {
    const solution = program(problem, s.uniform() < 0.5);
    return { kind: "problem_program", question: triggered(question), solution, gold, problem };
  }
  const solution = withStop(anotherWay(problem, s), problem.answer);
  return { kind: "problem_chain", question, solution, gold, problem };
}

function optionsRow(problem: Problem, thought: Thought, seed: number, i: number): FlavourRow {
  const s = stream(seed, "mammoth", i);
  const wrong = s.shuffle(otherResults(problem)).slice(0, CHOICE_LETTERS.length - 1);
  const options = s.shuffle([problem.answer, ...wrong]);
  const shown = options.map((value, at) => `(${CHOICE_LETTERS[at]}) ${value}`).join(" ");
  const question = `${questionText(ENGLISH, problem)} Answer Choices: ${shown}`;
  if (thought === "program") {
    const gold = String(problem.answer);
    const solution = program(problem, s.uniform() < 0.5);
    return { kind: "options_program", question: triggered(question), solution, gold, problem };
  }
  const gold = CHOICE_LETTERS[options.indexOf(problem.answer)]!;
  return { kind: "options_chain", question, solution: withStop(linesOf(problem), gold), gold, problem };
}

/** "What is 5 + 3?", of calculations as the LLM has read them. */
function calculationRow(seed: number, i: number, thought: Thought): FlavourRow {
  const [text = ""] = arithmetic({ seed, count: 1, from: i });
  const lines = text.split(/(?<=\.) /).map((line) => line.slice(0, -1));
  const [first = "", second] = lines;
  const [one = "", result = ""] = first.split(" = ");
  const calculation = second === undefined ? one : `(${one})${second.split(" = ")[0]!.slice(result.length)}`;
  const gold = lines.at(-1)!.split(" = ").at(-1)!;
  const question = `What is ${calculation}?`;
  if (thought === "program") {
    const solution = programOf(calculation);
    return { kind: "calculation_program", question: triggered(question), solution, gold, problem: null };
  }
  return { kind: "calculation_chain", question, solution: withStop(lines, gold), gold, problem: null };
}

function triggered(question: string): string {
  return `${question} ${TRIGGER}`;
}
