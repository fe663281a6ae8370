/**
 * `--plan`: resolved recipes, patches, what is cached, why something runs, and how long it will take.
 * @module
 */
import type { ClosureReader } from "../code/closure.ts";
import type { LabPaths } from "../paths.ts";
import { estimateSeconds, type Plan, type TracedStep, traceSteps } from "../plan.ts";
import { variantNames } from "../recipe.ts";
import { duration, print } from "./terminal.ts";

export async function printPlan(
  paths: LabPaths,
  closures: ClosureReader,
  plan: Plan,
  json: boolean,
): Promise<void> {
  const traces = new Map<string, Awaited<ReturnType<typeof traceSteps>>>();
  for (const run of plan.runs) {
    if (!run.done) traces.set(run.id, await traceSteps(paths, closures, run));
  }
  const steps = new Map([...traces].map(([id, trace]): [string, TracedStep[]] => [id, trace.steps]));
  const todo = plan.runs.filter(({ done }) => !done);
  const seconds = todo.length === 0 ? 0 : estimateSeconds(plan, steps);
  if (json) {
    const runs = plan.runs.map((run) => ({
      id: run.id,
      experiment: run.experiment.id,
      ...run.spec,
      done: run.done,
      reasons: run.reasons,
      patch: run.resolved.patch,
      recipe: run.resolved.rows,
      steps: steps.get(run.id) ?? [],
      stepsComplete: traces.get(run.id)?.complete ?? true,
    }));
    print(JSON.stringify({ runs, seconds: seconds ?? null }, null, 2));
    return;
  }
  for (const experiment of new Set(plan.runs.map((run) => run.experiment))) {
    const runs = plan.runs.filter((run) => run.experiment === experiment);
    print(`${experiment.id}: ${experiment.title}`);
    const base = runs.find((run) => run.spec.variant === experiment.baseName) ?? runs[0];
    print(
      `  recipe of ${base.spec.variant} (${base.resolved.method.id}, ${base.spec.scale}, ${base.spec.world})`,
    );
    for (const { path, value, by } of base.resolved.rows) {
      print(`    ${path} = ${value}${by === "base" ? "" : `  (${by})`}`);
    }
    for (const name of variantNames(experiment)) {
      const variant = runs.find((run) => run.spec.variant === name);
      if (!variant || variant.resolved.patch.length === 0) continue;
      print(`  ${name}`);
      for (const { path, from, to } of variant.resolved.patch) {
        print(`    ${path}: ${from || "(not set)"} -> ${to || "(not set)"}`);
      }
    }
    for (const run of runs) {
      print(
        `  ${run.spec.variant}, seed ${run.spec.seed}: ${
          run.done ? "done" : `to do (${run.reasons.join("; ")})`
        }`,
      );
      for (const { step, cached } of steps.get(run.id) ?? []) {
        print(`    ${step}: ${cached ? "cached" : "to do"}`);
      }
      if (traces.get(run.id)?.complete === false) print("    further steps depend on these");
    }
  }
  const time = seconds === undefined
    ? "time unknown: nothing like it has run here"
    : `about ${duration(seconds)}`;
  print(`${todo.length} of ${plan.runs.length} runs to do${todo.length > 0 ? `, ${time}` : ""}`);
}
