/**
 * The floor of a benchmark: what the best rule gets that does not read the text. The rule is fitted on the training items
 * that systems learn from, in English; its guesses are those of the same problems in every language, since numbers and
 * labels are. One room: the lab's rows and the law in the tests come from here.
 * @module
 */
import type {
  BenchmarkId,
  ChoiceItem,
  Item,
  MathItem,
  NliItem,
  Task,
  TaskData,
  World,
} from "../../world/world.ts";
import { fitNumbers, solves } from "./numbers.ts";
import { foundBySurface } from "./surface.ts";
import { fitOptions, fitSides } from "./words.ts";

/** What a rule gets of a benchmark in one language. */
export interface Floor {
  readonly lang: string;
  /** What it goes by: "numbers alone". */
  readonly rule: string;
  readonly n: number;
  /** Share of right items; of retrieval an expected one. */
  readonly value: number;
}

/** Which items: as many, and of the split, as systems are asked. */
interface Which {
  readonly languages: readonly string[];
  readonly items: number;
  readonly split: "dev" | "test";
  /** Where the training items come from; default: what the world has. null: there are none here, nor is a rule of them. */
  readonly task_data?: TaskData | null | undefined;
}

/** Training items that a rule is fitted on. */
const TRAINING = 6000;
const FOLDS = 5;
/** Items that stand together: pairs of problems, the hypotheses of a premise. */
const UNIT: Readonly<Record<Task, number>> = { math: 2, nli: 3, choice: 1 };
/** Seed of the training items: the floor does not depend on a run's. */
const SEED = 1;

/** Whether there is an English text of each problem, as a rule needs. */
export function hasFloor(world: World, id: BenchmarkId): boolean {
  return world.languages().some(({ code, benchmarks }) => code === "en" && benchmarks.has(id));
}

/** The floor in each language. Items that English lacks count as wrong. */
export function benchmarkFloors(
  world: World,
  task: Task,
  id: BenchmarkId,
  { languages, task_data = "world", ...which }: Which,
): Floor[] {
  const asked = world.benchmark(id, "en", which);
  // Of so few a rule says nothing.
  if (task_data === null && asked.length < FOLDS * UNIT[task]) return [];
  const trained = task_data === null ? [] : [guessed(guesser(task, training(world, task, task_data)), asked)];
  const folds = task === "math" || task_data === null ? [inFolds(task, asked)] : [];
  const { rule, items: most } = [...trained, ...folds].reduce((best, one) =>
    one.items.length > best.items.length ? one : best
  );
  const right = new Set(most.map((item) => item.id));
  return languages.map((lang) => {
    const items = world.benchmark(id, lang, which);
    const k = items.filter((item) => right.has(item.id)).length;
    return { lang, rule, n: items.length, value: k / items.length };
  });
}

/** What a rule guesses right. */
interface Guessed {
  readonly rule: string;
  readonly items: readonly Item[];
}

function guessed({ rule, isRight }: Guesser, asked: readonly Item[]): Guessed {
  return { rule, items: asked.filter(isRight) };
}

/**
 * The items that the rule guesses when it is fitted on the benchmark's others, a fifth left out at a time: training
 * problems may be of another kind, as GSM8K's are for MSVAMP, or not be here.
 */
function inFolds(task: Task, items: readonly Item[]): Guessed {
  const foldOf = (at: number) => Math.floor(at / UNIT[task]) % FOLDS;
  const folds = Array.from({ length: FOLDS }, (_, fold) => {
    const { rule, isRight } = guesser(task, items.filter((_, at) => foldOf(at) !== fold));
    return { rule, items: items.filter((item, at) => foldOf(at) === fold && isRight(item)) };
  });
  return { rule: folds[0]!.rule, items: folds.flatMap((one) => one.items) };
}

/** The floor of retrieval in each language, by what both sentences write alike. */
export function retrievalFloors(world: World, { languages, ...which }: Which): Floor[] {
  return languages.map((lang) => {
    const pairs = world.retrieval(lang, which);
    return {
      lang,
      rule: "numerals, names, length",
      n: pairs.length,
      value: foundBySurface(pairs) / pairs.length,
    };
  });
}

interface Guesser {
  readonly rule: string;
  readonly isRight: (item: Item) => boolean;
}

function training(world: World, task: Task, data: TaskData): readonly Item[] {
  return world.instructions(task, "en", { seed: SEED, count: TRAINING, data });
}

/** The rule of a task, fitted on these items of it. */
function guesser(task: Task, items: readonly Item[]): Guesser {
  if (task === "math") {
    const guess = fitNumbers(items as readonly MathItem[]);
    return {
      rule: "numbers alone",
      isRight: (item) => solves(guess((item as MathItem).question), item as MathItem),
    };
  }
  if (task === "nli") {
    const { name, rule } = fitSides(items as readonly NliItem[]);
    return { rule: name, isRight: (item) => rule(item as NliItem) === item.gold };
  }
  const { name, rule } = fitOptions(items as readonly ChoiceItem[]);
  return { rule: name, isRight: (item) => rule(item as ChoiceItem) === item.gold };
}
