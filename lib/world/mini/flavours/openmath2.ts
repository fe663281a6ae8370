/**
 * OpenMath2's flavour (OpenMathInstruct-2; Toshniwal et al., 2024, arXiv:2410.01560): many problems that a model wrote, most
 * with one or two solutions, which end in \boxed{}.
 *
 * Published: the part of a million rows that the paper takes, which its card calls fairly drawn from 14 million; these have
 * some 600,000 problems (known from memory), so that three problems share five rows. Ours: the same three for five. Every
 * problem is a new one of the world's generator, as each of the set's was written after one of GSM8K or MATH.
 * Not carried over: MATH's problems; wrong answers, which a vote of several solutions lets through there and which the
 * generator does not make; its prompt, which asks for the box: all flavours are asked with the lab's one instruction.
 * @module
 */
import { stream } from "../../../random.ts";
import { questionText } from "../problem.ts";
import { type FlavourRow, placeIn } from "./row.ts";
import { ENGLISH, seedProblem } from "./seed.ts";
import { anotherWay, boxed } from "./solution.ts";

/** Which of three problems each of five rows solves. */
const PROBLEMS = [0, 0, 1, 1, 2] as const;

/** Row `i` of a seed. */
export function openmath2Row(seed: number, i: number): FlavourRow {
  const { problem: round, row } = placeIn(PROBLEMS.length, i);
  const problem = seedProblem(seed, 3 * round + PROBLEMS[row]!);
  return {
    kind: "synthetic",
    question: questionText(ENGLISH, problem),
    solution: boxed(anotherWay(problem, stream(seed, "openmath2", i)), problem.answer),
    gold: String(problem.answer),
    problem,
  };
}
