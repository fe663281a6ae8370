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
  /** Where the training items come from; default: what the world has. */
  readonly task_data?: TaskData | undefined;
}

/** Training items that a rule is fitted on. */
const TRAINING = 6000;
const FOLDS = 5;
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
  const { rule, isRight } = guesser(world, task, task_data);
  const asked = world.benchmark(id, "en", which);
  const guessed = [asked.filter(isRight), ...(task === "math" ? [inFolds(asked as MathItem[])] : [])];
  const most = guessed.reduce((best, one) => one.length > best.length ? one : best);
  const right = new Set(most.map((item) => item.id));
  return languages.map((lang) => {
    const items = world.benchmark(id, lang, which);
    const k = items.filter((item) => right.has(item.id)).length;
    return { lang, rule, n: items.length, value: k / items.length };
  });
}

/**
 * The problems that the rule solves when it is fitted on the benchmark's others, a fifth left out at a time: training
 * problems may be of another kind, as GSM8K's are for MSVAMP. Pairs stay together.
 */
function inFolds(items: readonly MathItem[]): MathItem[] {
  const foldOf = (at: number) => (at >> 1) % FOLDS;
  return Array.from({ length: FOLDS }, (_, fold) => {
    const guess = fitNumbers(items.filter((_, at) => foldOf(at) !== fold));
    return items.filter((item, at) => foldOf(at) === fold && solves(guess(item.question), item));
  }).flat();
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

function guesser(
  world: World,
  task: Task,
  data: TaskData,
): { rule: string; isRight: (item: Item) => boolean } {
  const training = <T extends Task>(one: T) =>
    world.instructions(one, "en", { seed: SEED, count: TRAINING, data });
  if (task === "math") {
    const guess = fitNumbers(training("math"));
    return {
      rule: "numbers alone",
      isRight: (item) => solves(guess((item as MathItem).question), item as MathItem),
    };
  }
  if (task === "nli") {
    const { name, rule } = fitSides(training("nli"));
    return { rule: name, isRight: (item) => rule(item as NliItem) === item.gold };
  }
  const { name, rule } = fitOptions(training("choice"));
  return { rule: name, isRight: (item) => rule(item as ChoiceItem) === item.gold };
}
