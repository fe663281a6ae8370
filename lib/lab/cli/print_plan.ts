/**
 * `--plan`: resolved recipes, patches, what is cached, why something runs, and how long it will take.
 * @module
 */
import type { ClosureReader } from "../code/closure.ts";
import type { LabPaths } from "../paths.ts";
import { type Estimate, estimate } from "../estimate.ts";
import { type Plan, type TracedStep, traceSteps } from "../plan.ts";
import { variantNames } from "../recipe.ts";
import { duration, print } from "./terminal.ts";

export async function printPlan(
  paths: LabPaths,
  closures: ClosureReader,
  plan: Plan,
  json: boolean,
): Promise<void> {
  const { traces, steps, expected } = await traceAll(paths, closures, plan);
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
    const seconds = expected.unknown.length > 0 ? null : expected.seconds;
    print(JSON.stringify({ runs, seconds, expected }, null, 2));
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
  print(summary(plan, expected));
}

/** Says how much there is to do, how much of it is shared, and how long it will take. */
export async function planSummary(paths: LabPaths, closures: ClosureReader, plan: Plan): Promise<string> {
  return summary(plan, (await traceAll(paths, closures, plan)).expected);
}

function summary(plan: Plan, { asked, different, cached, seconds, unknown }: Estimate): string {
  const todo = plan.runs.filter(({ done }) => !done).length;
  const count = `${todo} of ${plan.runs.length} runs to do`;
  if (todo === 0) return count;
  const time = unknown.length === 0
    ? `about ${duration(seconds)}`
    : `time unknown${seconds > 0 ? `, over ${duration(seconds)}` : ""}: nothing like ${
      unknown.join(", ")
    } has run here`;
  return `${count}: ${asked} steps, ${different} different ones, ${cached} of these cached; ${time}`;
}

async function traceAll(paths: LabPaths, closures: ClosureReader, plan: Plan) {
  const traces = new Map<string, Awaited<ReturnType<typeof traceSteps>>>();
  for (const run of plan.runs) {
    if (!run.done) traces.set(run.id, await traceSteps(paths, closures, run));
  }
  const steps = new Map([...traces].map(([id, trace]): [string, TracedStep[]] => [id, trace.steps]));
  return { traces, steps, expected: estimate(plan, steps) };
}
