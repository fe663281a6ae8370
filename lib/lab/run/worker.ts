/**
 * The process of one run: `worker.ts FOLDER`. Reads the request in an attempt's folder, imports the experiment, runs the
 * method's steps, and leaves messages and the result in that folder. Ends when the parent does. Writes only below `.lab`;
 * never opens DuckDB.
 * @module
 */
import { UserError } from "../../errors.ts";
import { openClosures } from "../code/closure.ts";
import { labPaths } from "../record/paths.ts";
import { loadExperiment } from "../experiment/discover.ts";
import { writeAll } from "../../files.ts";
import type { StepEntry } from "../record/record.ts";
import { inputFiles, prepareAgain } from "../plan/prepare.ts";
import { runStep, type StepStart } from "./step.ts";
import type { Artifact, Measured, RunContext, StepDefinition } from "../experiment/types.ts";
import { attemptIn, openMessages, readRequest, writeResult } from "./attempt.ts";
import { toLines } from "./lines.ts";
import { asUndeclared } from "./permissions.ts";
import type { WorkerMessage, WorkerRequest, WorkerResult } from "./messages.ts";
import { asUserError, EnvironmentError } from "../../os_errors.ts";
import { cpuUsage, resourceUsage } from "node:process";

type Send = (message: WorkerMessage) => void;

const stop = new AbortController();

const CHANGED = "The code or data changed while the lab was running; run again";

/** Does the run and returns what it came to. */
async function work(request: WorkerRequest, send: Send): Promise<WorkerResult> {
  const started = performance.now();
  const paths = labPaths(request.lab);
  const closures = openClosures(paths.cache);
  const experiment = await loadExperiment(request.file);
  const run = prepareAgain(experiment, request.spec, closures, request.surroundings);
  if (run.identity !== request.identity) throw new UserError(CHANGED);
  // A step's key is of the code as it lies there when the step begins. After an edit it names a folder that this run may
  // not look into: the refusal is Deno's, the cause is the edit.
  const explained = (error: unknown, who: string): unknown => {
    const found = asUndeclared(error, who);
    if (found === error) return error;
    const now = prepareAgain(experiment, request.spec, openClosures(paths.cache), request.surroundings);
    return now.identity === request.identity ? found : new UserError(CHANGED, { cause: error });
  };
  const steps: StepEntry[] = [];
  const { method, recipe } = run.resolved;
  const host = {
    paths,
    closures,
    runtime: run.spec.runtime,
    runtimeKeys: method.runtime,
    signal: stop.signal,
    progress: throttledProgress(send),
    started: (step: StepStart) => send({ type: "step", ...step }),
    notice: (message: string) => send({ type: "notice", message }),
  };
  const context: RunContext = {
    world: run.spec.world,
    data: run.spec.data,
    models: run.spec.models,
    seed: run.spec.seed,
    runtime: run.spec.runtime,
    benchmarks: run.benchmarks,
    ...inputFiles(run),
    async step<I, O>(definition: StepDefinition<I, O>, input: I): Promise<Artifact<O>> {
      stop.signal.throwIfAborted();
      try {
        const { artifact, entry } = await runStep(definition, input, host);
        steps.push(entry);
        return artifact;
      } catch (error) {
        throw explained(error, `Step "${definition.id}" of method "${method.id}"`);
      }
    },
  };
  try {
    await method.run(recipe, context);
  } catch (error) {
    throw explained(error, `Method "${method.id}"`);
  }
  closures.save();
  const cpu = cpuUsage();
  const others = method.used?.(run.spec.runtime) ?? { cpu_s: 0, peak_bytes: 0 };
  return {
    type: "done",
    steps,
    wall_s: (performance.now() - started) / 1000,
    cpu_s: (cpu.user + cpu.system) / 1e6 + others.cpu_s,
    peak_bytes: resourceUsage().maxRSS * 1024 + others.peak_bytes,
  };
}

/** At most ten messages a second, the last one of a step always. */
function throttledProgress(send: Send) {
  let last = -Infinity;
  return (step: string, done: number, total: number, note?: string, measured?: Measured): void => {
    const now = performance.now();
    if (now - last < 100 && done < total) return;
    last = now;
    send({ type: "progress", step, done, total, note, ...measured });
  };
}

/** A worker that nobody waits for ends: its standard input, which the parent holds, is closed then. */
async function followParent(): Promise<void> {
  for await (const line of toLines(Deno.stdin.readable)) {
    if (line === "stop") stop.abort(new Error("Interrupted"));
  }
  Deno.exit(1);
}

if (import.meta.main) {
  // The terminal sends Ctrl-C to parent and children alike; the parent decides and tells by the standard input.
  if (Deno.build.os !== "windows") Deno.addSignalListener("SIGINT", () => {});
  const attempt = attemptIn(Deno.args[0]!);
  const request = readRequest(attempt);
  void followParent();
  try {
    writeResult(
      attempt,
      await work(request, openMessages(attempt)).catch((error) => failure(error, request)),
    );
    Deno.exit(0);
  } catch (error) {
    // There is no place for a result: the log is what is left.
    const { message } = asUserError(error, request.lab) as Error;
    writeAll(Deno.stderr, new TextEncoder().encode(`${message}\n`));
    Deno.exit(1);
  }
}

function failure(error: unknown, { lab }: WorkerRequest): WorkerResult {
  const known = asUserError(error, lab);
  const { message, stack = "" } = known instanceof Error ? known : new Error(String(known));
  return {
    type: "failed",
    message,
    stack,
    isForAll: known instanceof EnvironmentError && known.isBelow(lab),
  };
}
