/**
 * How often each system's numbers were tried: trainings of it that were measured on development items before a scale's
 * recipe was settled, as docs/log.md tells of them. Systems that are not here had no try: their numbers are taken over.
 * No training was measured on test items to choose by. What holds for all systems (problems, mini models) is counted where it
 * was tried, with the system that was trained for it.
 * @module
 */
import type { Tries } from "../../lab/experiment/facts.ts";
import type { Scale } from "../../lab/experiment/types.ts";
import { flatten } from "../../lab/plan/patch.ts";
import type { Task } from "../../world/world.ts";

/** Tries of one system at one scale. */
export interface Tried extends Tries {
  /** Its method's id. */
  readonly system: string;
  readonly scale: Scale;
  readonly world: string;
  readonly task: Task;
  /** Parts of the recipe in which the row that was tried differs from the system's own; none: itself. */
  readonly changed: readonly string[];
  /** What was settled by them, by the recipe's paths; a recipe with other numbers had other tries. */
  readonly settled: Readonly<Record<string, string | number>>;
}

type Row = Pick<Tried, "system" | "scale" | "world" | "task" | "changed" | "settled">;
/** A heading of docs/log.md, how many trainings it has, and what differed. */
type Entry = readonly [heading: string, count: number, what: string];

const of = (row: Row, entries: readonly Entry[]): Tried[] =>
  entries.map(([heading, count, what]) => ({ ...row, count, what, source: `docs/log.md, "${heading}"` }));

const MICRO = { scale: "micro", world: "mini", task: "math", changed: [] } as const;
const DEMO = { ...MICRO, scale: "demo" } as const;
const SMALL = { ...MICRO, scale: "small", world: "open" } as const;
/** What changes where Language-Align is left out. */
const UNALIGNED = ["align", "transfer"] as const;
const REAL_RATES = "Real models: how fast stage 2 learns, and what else was tried";

/** All tries. */
export const TRIED: readonly Tried[] = [
  ...of({ ...MICRO, system: "lingualift", settled: { "align.steps": 2400, "transfer.steps": 1800 } }, [
    ["A longer stage 2", 2, "240 steps of stage 2 at lr 1e-3, 600 at 2.5e-3"],
    ["Higher learning rate in stage 2", 1, "stage 2 at lr 2.5e-3"],
    ["Solutions that say whose number is whose", 1, "the simpler form of solutions"],
    ["Cheaper stages", 9, "steps, batches, schedule and lr of both stages, on two kinds of problems"],
    ["A bridge in closed form", 3, "the start of the bridge, half of stage 1 and none"],
    ["An LLM that has read solved problems", 1, "another LLM with 480 steps of stage 2"],
    ["Switched text with English's spaces", 3, "how switched words are written"],
  ]),
  ...of({ ...MICRO, system: "lingualift", changed: UNALIGNED, settled: { "transfer.steps": 1800 } }, [
    ["A longer stage 2", 2, "240 steps of stage 2 at lr 1e-3, 600 at 2.5e-3"],
  ]),
  ...of({ ...MICRO, system: "mono_sft", settled: { "transfer.steps": 1800 } }, [
    ["Solutions that say whose number is whose", 6, "four forms of solutions; 720 steps and 1,440"],
    ["An LLM that has read solved problems", 2, "480 steps behind two LLMs"],
  ]),
  ...of({ ...MICRO, task: "choice", system: "mono_sft", settled: { "transfer.steps": 3600 } }, [
    ["Understanding: answers that say why", 3, "two forms of answers; 1,800 steps and 3,600"],
  ]),
  ...of({ ...MICRO, task: "nli", system: "mono_sft", settled: { "transfer.steps": 3600 } }, [
    ["Understanding: answers that say why", 4, "four forms of answers; 1,800 steps and 3,600"],
  ]),
  ...of({ ...DEMO, system: "lingualift", settled: { "align.steps": 256, "transfer.steps": 768 } }, [
    ["A first look in two minutes", 4, "the start of the bridge, batches and steps of stage 1"],
  ]),
  ...of({ ...DEMO, system: "mono_sft", settled: { "transfer.steps": 768 } }, [
    ["A first look in two minutes", 6, "batches, steps and lr of stage 2"],
  ]),
  ...of(
    {
      ...SMALL,
      system: "lingualift",
      settled: { "align.steps": 400, "transfer.steps": 320, "transfer.lr": 2e-4 },
    },
    [
      ["Real models: a first trial", 2, "half of the steps; stage 1 alone with digits apart"],
      [REAL_RATES, 16, "lr and steps of both stages, the switching ratio, digits apart"],
    ],
  ),
  ...of(
    {
      ...SMALL,
      system: "lingualift",
      changed: UNALIGNED,
      settled: { "transfer.steps": 320, "transfer.lr": 2e-4 },
    },
    [[REAL_RATES, 3, "lr of stage 2"]],
  ),
  ...of({ ...SMALL, system: "mono_sft", settled: { "transfer.steps": 320, "transfer.lr": 2e-4 } }, [
    ["Real models: a first trial", 1, "half of the steps"],
    [REAL_RATES, 5, "lr and steps of stage 2"],
  ]),
];

/** Those of a row: of its system at its scale, with the numbers that were settled by them. */
export function triesOf(
  row: Pick<Tried, "system" | "scale" | "world" | "task" | "changed">,
  recipe: unknown,
): Tries[] {
  const fields = flatten(recipe);
  // "transfer.train.0" is a change of the part "transfer".
  const changed = partsOf(row.changed);
  return TRIED.filter((one) =>
    one.system === row.system && one.scale === row.scale && one.world === row.world &&
    one.task === row.task &&
    partsOf(one.changed) === changed &&
    Object.entries(one.settled).every(([path, value]) => fields[path] === JSON.stringify(value))
  ).map(({ count, what, source }) => ({ count, what, source }));
}

function partsOf(paths: readonly string[]): string {
  return [...new Set(paths.map((path) => path.split(".")[0]))].sort().join(" ");
}
