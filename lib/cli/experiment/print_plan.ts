/**
 * `--plan`: resolved recipes, patches, what is cached or shared, why something runs, and how long it will take.
 * @module
 */
import type { ClosureReader } from "../../lab/code/closure.ts";
import type { LabPaths } from "../../lab/record/paths.ts";
import { type Estimate, estimate } from "../../lab/plan/estimate.ts";
import { type DecidedRun, type Plan, type TracedStep, traceRuns } from "../../lab/plan/decide.ts";
import { variantNames } from "../../lab/plan/resolve.ts";
import { costsOf } from "./costs.ts";
import { print, tell } from "../terminal/print.ts";
import { duration } from "../terminal/duration.ts";

export async function printPlan(
  paths: LabPaths,
  closures: ClosureReader,
  plan: Plan,
  { json, card }: { readonly json: boolean; readonly card: string | undefined },
): Promise<void> {
  const { traces, steps, expected } = await traceAll(paths, closures, plan);
  if (json) {
    const runs = plan.runs.map((run) => ({
      id: run.id,
      experiment: run.experiment.id,
      ...run.spec,
      done: run.done,
      costs: costsOf(run, card),
      reasons: run.reasons,
      patch: run.resolved.patch,
      recipe: run.resolved.fields,
      steps: steps.get(run.id) ?? [],
      stepsComplete: traces.get(run.id)?.complete ?? true,
    }));
    const seconds = expected.unknown.length > 0 ? null : expected.seconds;
    print(JSON.stringify({ runs, seconds, expected }, null, 2));
    return;
  }
  const recipes = new Map<string, DecidedRun>();
  const owners = new Map<string, DecidedRun>();
  for (const experiment of new Set(plan.runs.map((run) => run.experiment))) {
    const runs = plan.runs.filter((run) => run.experiment === experiment);
    print(`${experiment.id}: ${experiment.title}`);
    recipeLines(runs.find((run) => run.spec.variant === experiment.baseName) ?? runs[0]!, recipes).forEach(
      print,
    );
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
      stepLines(run, steps.get(run.id) ?? [], owners).forEach(print);
      if (traces.get(run.id)?.complete === false) print("    further steps depend on these");
    }
  }
  print(summary(plan, expected));
}

/** The recipe, whole where it is the method's first; else what differs from that one. `recipes` has the first ones. */
function recipeLines(run: DecidedRun, recipes: Map<string, DecidedRun>): string[] {
  const { method, fields } = run.resolved;
  const heading = `  recipe of ${run.spec.variant} (${method.id}, ${run.spec.scale}, ${run.spec.world})`;
  const first = recipes.get(method.id);
  if (!first) {
    recipes.set(method.id, run);
    return [
      heading,
      ...fields.map(({ path, value, by }) => `    ${path} = ${value}${by === "base" ? "" : `  (${by})`}`),
    ];
  }
  const before = new Map(first.resolved.fields.map(({ path, value }) => [path, value]));
  const changed = fields.filter(({ path, value }) => before.get(path) !== value);
  return [
    `${heading}: as ${first.experiment.id}'s${changed.length > 0 ? ", but" : ""}`,
    ...changed.map(({ path, value }) => `    ${path} = ${value}`),
  ];
}

/** A line for each kind and state of the steps; `owners` has who runs first what is to do. */
function stepLines(run: DecidedRun, steps: readonly TracedStep[], owners: Map<string, DecidedRun>): string[] {
  const counts = new Map<string, number>();
  for (const { step, key, cached } of steps) {
    const owner = owners.get(key);
    const state = cached
      ? "cached"
      : owner && owner !== run
      ? `shared with ${owner.experiment.id} / ${owner.spec.variant}, seed ${owner.spec.seed}`
      : "to do";
    if (!owner) owners.set(key, run);
    const line = `${step}: ${state}`;
    counts.set(line, (counts.get(line) ?? 0) + 1);
  }
  return [...counts].map(([line, count]) => `    ${line}${count > 1 ? ` (${count} times)` : ""}`);
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
  const traces = await traceRuns(paths, closures, plan.runs.filter(({ done }) => !done), tell);
  const steps = new Map([...traces].map(([id, trace]): [string, TracedStep[]] => [id, trace.steps]));
  return { traces, steps, expected: estimate(plan, steps) };
}
