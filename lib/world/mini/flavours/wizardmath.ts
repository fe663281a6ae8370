/**
 * WizardMath's flavour (Luo et al., 2023, arXiv:2308.09583; nlpxucan/WizardLM@cd4b4cc): problems evolved to easier and harder
 * ones, solved in numbered steps that end in "The answer is: ".
 *
 * Published: checkpoints alone; the data and the code of its reinforcement learning never were. Others' summaries say that
 * the 15,000 training problems of GSM8K and MATH were evolved by eight turns to 96,000 (not read in its paper). Ours: six rows
 * of each problem: it itself, two easier ones, three harder ones, each evolved from it by rule (`evolve.ts`).
 * Not carried over: the reward models and PPO, what of its numbers they make, and turns that evolve what was evolved: three
 * steps are as many as the numbers of the mini world bear.
 * @module
 */
import { stream } from "../../../random.ts";
import { questionText } from "../problem.ts";
import { easier, harder } from "./evolve.ts";
import { type FlavourRow, placeIn } from "./row.ts";
import { ENGLISH, seedProblem } from "./seed.ts";
import { inSteps } from "./solution.ts";

/** The rows of a problem. */
const KINDS = ["seed", "easier", "easier", "harder", "harder", "harder"] as const;

/** Row `i` of a seed. */
export function wizardmathRow(seed: number, i: number): FlavourRow {
  const { problem: at, row } = placeIn(KINDS.length, i);
  const kind = KINDS[row]!;
  const from = seedProblem(seed, at);
  const s = stream(seed, "wizardmath", i);
  const problem = kind === "seed" ? from : kind === "easier" ? easier(from, s) : harder(from, s);
  return {
    kind,
    question: questionText(ENGLISH, problem),
    solution: inSteps(problem),
    gold: String(problem.answer),
    problem,
  };
}
