/**
 * The process of one run: `worker.ts FOLDER`. Reads the request in an attempt's folder, imports the experiment, runs the
 * method's steps, and leaves messages and the result in that folder. Ends when the parent does; `worker.ts FOLDER JOB`,
 * which a queue has started, is asked to stop by a signal. Writes only below `.lab`; never opens DuckDB.
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
import { attemptIn, openTry, readRequest, readResult, scratchOf } from "./attempt.ts";
import { toLines } from "./lines.ts";
import { asUndeclared } from "./permissions.ts";
import type { WorkerMessage, WorkerRequest, WorkerResult } from "./messages.ts";
import { asUserError, EnvironmentError } from "../../os_errors.ts";
import { cpus, hostname } from "node:os";
import { cpuUsage, resourceUsage } from "node:process";

type Send = (message: WorkerMessage) => void;

const stop = new AbortController();

const CHANGED = "The code or data changed while the lab was running; run again";

/** The steps that others wait for are there. */
class Prepared extends Error {}

/** Does the run and returns what it came to. */
async function work(
  request: WorkerRequest,
  { process, scratch, send }: { process: string; scratch: string; send: Send },
): Promise<WorkerResult> {
  const started = performance.now();
  const awaited = new Set(request.until);
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
    process,
    scratch,
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
        if (awaited.delete(entry.key) && awaited.size === 0) throw new Prepared();
        return artifact;
      } catch (error) {
        if (error instanceof Prepared) throw error;
        throw explained(error, `Step "${definition.id}" of method "${method.id}"`);
      }
    },
  };
  try {
    await method.run(recipe, context);
  } catch (error) {
    if (error instanceof Prepared) return { type: "prepared" };
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
    process,
    host: hostname(),
    cpu: cpus()[0]?.model ?? "unknown",
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

/** How often a worker says that it is there, in ms. */
const ALIVE_MS = 5_000;

/** A queue asks a worker to stop by a signal. */
function heedSignals(): void {
  for (const signal of ["SIGTERM", "SIGUSR1"] as const) {
    Deno.addSignalListener(signal, () => stop.abort(new Error("Interrupted")));
  }
}

/** As no other process on any machine is called. @param job what a queue calls it */
function processName(job: string | undefined): string {
  return [...job === undefined ? [] : [job], hostname(), Deno.pid, crypto.randomUUID().slice(-12)].join(".");
}

/** What a shell says of a program that ends because it was asked to. */
const TERMINATED = 143;

/**
 * Takes an attempt on. @param job what a queue calls it; undefined for a child of the lab
 * @returns the exit code
 */
export async function takeOn(folder: string, job: string | undefined): Promise<number> {
  const attempt = attemptIn(folder);
  // A queue may start again what has ended well.
  if (job !== undefined && readResult(attempt)?.type === "done") return 0;
  const request = readRequest(attempt);
  let alive: ReturnType<typeof setInterval> | undefined;
  try {
    const process = processName(job);
    using own = openTry(attempt, process);
    alive = setInterval(() => own.send({ type: "alive" }), ALIVE_MS);
    const scratch = scratchOf(labPaths(request.lab), attempt, process);
    const result = await work(request, { process, scratch, send: own.send })
      .catch((error) => failure(error, request));
    // Interrupted it has not failed: whoever starts it again goes on from its checkpoint.
    if (job !== undefined && result.type === "failed" && stop.signal.aborted) return TERMINATED;
    own.end(result);
    return 0;
  } catch (error) {
    // There is no place for a result: the log is what is left.
    const { message } = asUserError(error, request.lab) as Error;
    writeAll(Deno.stderr, new TextEncoder().encode(`${message}\n`));
    return 1;
  } finally {
    clearInterval(alive);
  }
}

if (import.meta.main) {
  // The terminal sends Ctrl-C to parent and children alike; the parent decides and tells by the standard input.
  if (Deno.build.os !== "windows") Deno.addSignalListener("SIGINT", () => {});
  const [folder, job] = Deno.args;
  if (job === undefined) void followParent();
  else heedSignals();
  Deno.exit(await takeOn(folder!, job));
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
