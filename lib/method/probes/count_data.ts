/**
 * Step: how much there is of what systems learn from and of what they are asked, as the paper's Table 5 counts its data sets:
 * languages and samples; and whether any is there twice.
 * @module
 */
import type { Artifact, StepContext, StepDefinition, StepScore } from "../../lab/experiment/types.ts";
import { UserError } from "../../errors.ts";
import { LEVELS } from "../evaluate/benchmarks.ts";
import { TASK_OF } from "../evaluate/score.ts";
import { questionText } from "../source/items.ts";
import { readPairs } from "../source/source.ts";
import { openWorld, type WorldInput } from "../source/worlds.ts";
import type { AskedSplit, BenchmarkId, Item, LanguageRow, Task, World } from "../../world/world.ts";

/** A benchmark and how many items of it are asked a language. */
interface AskedSet {
  readonly id: BenchmarkId;
  readonly items: number;
}

/** What a source drew for a system to learn from. */
interface LearnedSet {
  /** Names it among the counts: "math in English". */
  readonly id: string;
  readonly task: Task;
  readonly pairs: Artifact;
}

interface Input extends WorldInput {
  readonly asked: readonly AskedSet[];
  readonly split: AskedSplit;
  readonly learned: readonly LearnedSet[];
}

export const countDataStep: StepDefinition<Input, null> = {
  id: "count_data",
  version: 1,
  module: import.meta.url,
  runtime: [],
  run({ asked, split, learned, ...inputs }: Input, context: StepContext) {
    const world = openWorld(inputs);
    const total = learned.length + asked.length;
    const sources = learned.map(({ id, task, pairs }, done) => {
      context.progress(done, total, id);
      const rows = [...readPairs(pairs)];
      const texts = Map.groupBy(rows, ({ lang }) => lang);
      context.scores(counts(id, [...texts].map(([, own]) => own.map(({ source }) => source))));
      return { task, texts: new Set(rows.map(({ source }) => source)) };
    });
    for (const [done, { id, items }] of asked.entries()) {
      context.progress(learned.length + done, total, id);
      const sets = itemsOf(world, id, items, split);
      if (sets === undefined) continue;
      const seen = sources.filter(({ task }) => task === TASK_OF[id]);
      context.scores([...counts(id, sets.map(({ texts }) => texts)), ...ofBenchmark(id, sets, seen)]);
    }
    context.progress(total, total);
    return null;
  },
};

interface LanguageSet {
  readonly row: LanguageRow;
  readonly items: readonly Item[];
  readonly texts: readonly string[];
}

/** A benchmark's items by language; undefined where the world has none, or not so many different ones. */
function itemsOf(world: World, id: BenchmarkId, items: number, split: AskedSplit): LanguageSet[] | undefined {
  const rows = world.languages().filter(({ benchmarks }) => benchmarks.has(id));
  try {
    const sets = rows.map((row): LanguageSet => {
      const own = world.benchmark(id, row.code, { items, split });
      return { row, items: own, texts: own.map(questionText) };
    });
    return sets.length > 0 ? sets : undefined;
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}

/** Languages, samples, and those of them that are in their language already. */
function counts(scope: string, texts: readonly (readonly string[])[]): StepScore[] {
  const samples = sum(texts.map(({ length }) => length));
  return [
    count("languages", scope, texts.length),
    count("samples", scope, samples),
    count("duplicates", scope, samples - sum(texts.map((own) => new Set(own).size))),
  ];
}

function ofBenchmark(
  id: BenchmarkId,
  sets: readonly LanguageSet[],
  sources: readonly { readonly texts: ReadonlySet<string> }[],
): StepScore[] {
  const levels = Map.groupBy(sets, ({ row }) => LEVELS[row.level]);
  const isNumber = (item: Item) => item.task !== "math" || Number.isFinite(Number(item.gold));
  const different = (of: (row: LanguageRow) => string) => new Set(sets.map(({ row }) => of(row))).size;
  return [
    ...[...levels].flatMap(([level, own]) => [
      count("languages", `${id} ${level}`, own.length),
      count("samples", `${id} ${level}`, sum(own.map(({ items }) => items.length))),
    ]),
    // "Indo-European: Germanic" is of one family with all other branches.
    count("language families", id, different(({ family }) => family.split(":", 1)[0]!)),
    count("writing systems", id, different(({ script }) => script)),
    count(
      "answers that are no number",
      id,
      sum(sets.map(({ items }) => items.filter((one) => !isNumber(one)).length)),
    ),
    count(
      "samples that are learned from",
      id,
      sum(sets.map(({ texts }) => texts.filter((text) => sources.some((one) => one.texts.has(text))).length)),
    ),
  ];
}

function count(metric: string, scope: string, value: number): StepScore {
  return { benchmark: "", scope, metric, value, estimator: "counted" };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
