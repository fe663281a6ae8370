/**
 * Word problems of the mini world as training data and as benchmarks. Which problems, with which numbers, is decided
 * before any language: an id means the same problem everywhere. They come in minimal pairs, one after the other: items 2k
 * and 2k + 1 have the same people, nouns and numbers.
 *
 * - `mmwp`: every trained pair, one and two steps
 * - `mgsm`: trained pairs of two steps; shares no situation with `mmwp`
 * - `msvamp`: held-out pairs
 * @module
 */
import { stream } from "../../random.ts";
import type { Draw, MathItem, Split } from "../world.ts";
import { languageOf } from "./data.ts";
import { drawUntil, isTraining, placeOf, situationKey, splitOf } from "./partition.ts";
import { drawPair, type Problem, questionText, solutionText } from "./problem.ts";
import { GROUPS, type PairGroup, type ProblemPair } from "./problem_types.ts";

/** Seed of everything that is part of a benchmark; the lab's seeds do not touch it. */
export const WORLD_SEED = 48;

export type MathBenchmark = keyof typeof GROUPS;
type Two = readonly [Problem, Problem];

/** Groups as often as their weights say: a round has every calculation equally often. */
function roundOf(groups: readonly PairGroup[]): readonly PairGroup[] {
  return groups.flatMap((group) => Array<PairGroup>(group.weight).fill(group));
}
const TRAINED = roundOf(GROUPS.mmwp);

function keysOf(two: Two): string[] {
  return two.map(({ type, roles }) => situationKey({ sentences: type.sentences, roles }));
}

/** Pair `i` of an endless sequence, a minimal one: both problems belong to `split`. */
export function drawSplitPair(split: Split, seed: number, i: number): Two {
  const s = stream(seed, "math", split, i);
  const pair = s.pick(s.pick(TRAINED).pairs);
  return drawUntil(
    `a ${split} pair of problems "${pair.id}"`,
    () => drawPair(pair, s),
    (two) =>
      split === "train"
        ? two.every(({ type, roles }) => isTraining({ sentences: type.sentences, roles }))
        : keysOf(two).every((key) => splitOf(key) === split),
  );
}

/** Problems `from` to `from + count` of an endless sequence, rendered in `code`. */
export function mathInstructions(
  code: string,
  { seed, count, from = 0, split = "train" }: Draw & { readonly split?: Split },
): MathItem[] {
  let [drawn, two]: [number, Two | undefined] = [-1, undefined];
  return Array.from({ length: count }, (_, at) => {
    const i = from + at;
    if (drawn !== i >> 1) [drawn, two] = [i >> 1, drawSplitPair(split, seed, i >> 1)];
    return mathItem(`math-${i}`, code, two![i % 2 as 0 | 1]);
  });
}

/**
 * The problems of a benchmark: every calculation in turn, no situation in two pairs.
 * @throws {UserError} when a pair has not so many test situations.
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
  const round = roundOf(GROUPS[benchmark]);
  const streams = new Map<string, ReturnType<typeof stream>>();
  const visits = new Map<PairGroup, number>();
  const seen = new Set<string>();
  const pairs = Array.from({ length: Math.ceil(items / 2) }, (_, i) => {
    const group = round[i % round.length]!;
    const visit = visits.get(group) ?? 0;
    visits.set(group, visit + 1);
    const pair = group.pairs[visit % group.pairs.length]!;
    const s = streams.get(pair.id) ?? stream(WORLD_SEED, benchmark, split, pair.id);
    streams.set(pair.id, s);
    const two = drawUntil(
      `${items} ${split} items of "${benchmark}" (pair "${pair.id}")`,
      () => drawPair(pair, s),
      (one) => belongs(pair, one) && !keysOf(one).some((key) => seen.has(key)),
    );
    keysOf(two).forEach((key) => seen.add(key));
    return two;
  });
  return pairs.flat().slice(0, items);

  /** Held-out pairs are in no training text: their first problem decides between development and test. */
  function belongs({ split: told }: ProblemPair, two: Two): boolean {
    const keys = keysOf(two);
    if (told === "holdout") return splitOf(keys[0]!) === split;
    const isOneStep = two.every(({ type }) => type.steps.length === 1);
    return keys.every((key) => splitOf(key) === split) && (isOneStep || halfOf(two[0]) === benchmark);
  }

  /** Problems of two steps go to one of two benchmarks by what is counted and the first two numbers. */
  function halfOf({ roles: { X, a, b } }: Problem): MathBenchmark {
    return placeOf(`half ${X} ${a} ${b}`) < 0.5 ? "mgsm" : "mmwp";
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
