/**
 * Word problems of the mini world as training data and as benchmarks. Which problems, with which numbers, is decided
 * before any language: an id means the same problem everywhere.
 *
 * - `mmwp`: every trained template, one and two steps
 * - `mgsm`: trained templates of two steps; shares no situation with `mmwp`
 * - `msvamp`: held-out templates
 * @module
 */
import { stream } from "../../random.ts";
import type { Draw, MathItem, Split } from "../world.ts";
import { languageOf } from "./data.ts";
import { drawUntil, isTraining, placeOf, situationKey, splitOf } from "./partition.ts";
import { drawProblem, type Problem, questionText, solutionText } from "./problem.ts";
import { PROBLEM_TYPES, type ProblemType } from "./problem_types.ts";

/** Seed of everything that is part of a benchmark; the lab's seeds do not touch it. */
export const WORLD_SEED = 48;

export type MathBenchmark = "mmwp" | "mgsm" | "msvamp";

const TRAINED = PROBLEM_TYPES.filter((type) => type.split === "train");

/** Templates that are trained on; the others are held out for `msvamp`. */
export function trainedTypes(): readonly ProblemType[] {
  return TRAINED;
}

function typesOf(benchmark: MathBenchmark): readonly ProblemType[] {
  if (benchmark === "msvamp") return PROBLEM_TYPES.filter((type) => type.split === "holdout");
  return benchmark === "mgsm" ? TRAINED.filter((type) => type.steps.length === 2) : TRAINED;
}

function problemKey(problem: Problem): string {
  return situationKey({ sentences: problem.type.sentences, roles: problem.roles });
}

/** A problem of the trained templates whose situation belongs to `split`. */
function drawSplitProblem(split: Split, seed: number, i: number): Problem {
  const s = stream(seed, "math", split, i);
  const type = s.pick(TRAINED);
  return drawUntil(
    `a ${split} problem of type "${type.id}"`,
    () => drawProblem(type, s),
    (one) =>
      split === "train"
        ? isTraining({ sentences: type.sentences, roles: one.roles })
        : splitOf(problemKey(one)) === split,
  );
}

/** Problems `from` to `from + count` of an endless sequence, rendered in `code`. */
export function mathInstructions(
  code: string,
  { seed, count, from = 0, split = "train" }: Draw & { readonly split?: Split },
): MathItem[] {
  return Array.from(
    { length: count },
    (_, i) => mathItem(`math-${from + i}`, code, drawSplitProblem(split, seed, from + i)),
  );
}

/**
 * The problems of a benchmark: templates in turn, no situation twice.
 * @throws {UserError} when a template has not so many test situations.
 */
export function benchmarkProblems(
  benchmark: MathBenchmark,
  items: number,
  split: "dev" | "test",
): readonly Problem[] {
  const name = `${benchmark} ${items} ${split}`;
  const known = drawn.get(name) ?? drawBenchmark(benchmark, items, split);
  drawn.set(name, known);
  return known;
}

/** Drawn once, rendered in many languages. */
const drawn = new Map<string, readonly Problem[]>();

function drawBenchmark(benchmark: MathBenchmark, items: number, split: "dev" | "test"): Problem[] {
  const types = typesOf(benchmark);
  const streams = types.map((type) => stream(WORLD_SEED, benchmark, split, type.id));
  const seen = new Set<string>();
  return Array.from({ length: items }, (_, i) => {
    const type = types[i % types.length]!;
    const s = streams[i % types.length]!;
    const problem = drawUntil(
      `${items} ${split} items of "${benchmark}" (template "${type.id}")`,
      () => drawProblem(type, s),
      (one) => {
        const key = problemKey(one);
        return splitOf(key) === split && !seen.has(key) &&
          (type.steps.length === 1 || halfOf(key) === benchmark);
      },
    );
    seen.add(problemKey(problem));
    return problem;
  });

  /** Two-step situations go to one of two benchmarks; of msvamp's templates there is one benchmark only. */
  function halfOf(key: string): MathBenchmark {
    if (benchmark === "msvamp") return "msvamp";
    return Math.floor(placeOf(key) * 1000) % 2 === 0 ? "mgsm" : "mmwp";
  }
}

/** Items of a benchmark in one language. */
export function mathItems(
  benchmark: MathBenchmark,
  code: string,
  { items = 250, split = "test" }: { readonly items?: number; readonly split?: "dev" | "test" } = {},
): MathItem[] {
  return benchmarkProblems(benchmark, items, split).map((problem, i) =>
    mathItem(`${benchmark}-${i}`, code, problem)
  );
}

function mathItem(id: string, code: string, problem: Problem): MathItem {
  const language = languageOf(code);
  return {
    task: "math",
    id,
    kind: problem.type.id,
    question: questionText(language, problem),
    solution: solutionText(language, problem),
    gold: String(problem.answer),
  };
}
