/**
 * Step: the floor of a benchmark, a score a language. It depends on no system, so that all runs that ask the same items
 * share it.
 * @module
 */
import type { StepContext, StepDefinition } from "../../lab/experiment/types.ts";
import type { AskedSplit, BenchmarkId, TaskData } from "../../world/world.ts";
import { benchmarkFloors, type Floor, hasFloor, retrievalFloors } from "../floor/floor.ts";
import { openWorld, type WorldInput } from "../source/worlds.ts";
import { TASK_OF } from "./score.ts";

interface Input extends WorldInput {
  readonly asked: {
    readonly items: BenchmarkId | "retrieval";
    readonly languages: readonly string[];
    /** Benchmarks that ask these items. */
    readonly benchmarks: readonly string[];
  };
  /** Items a language. */
  readonly items: number;
  readonly split: AskedSplit;
  /**
   * Where the items come from that systems learn from, and the rule too; none for retrieval; null: they are not here, and
   * the rule learns from the benchmark's other items.
   */
  readonly task_data?: TaskData | null;
}

export const floorStep: StepDefinition<Input, null> = {
  id: "floor",
  version: 1,
  module: import.meta.url,
  runtime: [],
  label: ({ asked }) => asked.items,
  run({ asked, items, split, task_data, ...input }: Input, context: StepContext) {
    const { items: id, languages, benchmarks } = asked;
    const world = openWorld(input);
    const which = { languages, items, split, task_data };
    const floors: readonly Floor[] = id === "retrieval"
      ? retrievalFloors(world, which)
      : hasFloor(world, id)
      ? benchmarkFloors(world, TASK_OF[id], id, which)
      : [];
    context.scores(benchmarks.flatMap((benchmark) =>
      floors.map(({ lang, rule, n, value }) => ({
        benchmark,
        scope: lang,
        metric: `floor (${rule})`,
        value,
        n,
        estimator: "rule fitted on English items|v1",
      }))
    ));
    return Promise.resolve(null);
  },
};
