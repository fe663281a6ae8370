/**
 * The process of one run. Reads a request from standard input, imports the experiment, runs the method's steps and
 * tells the parent about it in lines of JSON on standard output. Ends when the parent does. Writes only below `.lab`;
 * never opens DuckDB.
 * @module
 */
import { UserError } from "../errors.ts";
import { writeAll } from "../files.ts";
import { openClosures } from "./code/closure.ts";
import { labPaths } from "./paths.ts";
import { loadExperiment } from "./discover.ts";
import type { Ingredients, StepEntry } from "./record.ts";
import { preparer, type RunSpec, RUNTIME_KEYS } from "./prepare.ts";
import { runStep } from "./step.ts";
import type { Artifact, Measured, RunContext, StepDefinition } from "./types.ts";
import { toLines } from "./lines.ts";
import { asUserError, EnvironmentError } from "../os_errors.ts";
import { cpuUsage, resourceUsage } from "node:process";

/** What the parent asks for. */
export interface WorkerRequest {
  readonly lab: string;
  readonly file: string;
  readonly spec: RunSpec;
  /** Identity the parent decided on; a different one here means that the code changed in between. */
  readonly identity: string;
}

/** What a worker tells. */
export type WorkerMessage =
  | Measured & {
    readonly type: "progress";
    readonly step: string;
    readonly done: number;
    readonly total: number;
    readonly note?: string;
  }
  | {
    readonly type: "step";
    readonly step: string;
    readonly key: string;
    readonly reused: boolean;
    readonly ingredients: Ingredients;
  }
  | { readonly type: "notice"; readonly message: string }
  | {
    readonly type: "done";
    readonly steps: readonly StepEntry[];
    readonly wall_s: number;
    readonly cpu_s: number;
    readonly peak_bytes: number;
  }
  | {
    readonly type: "failed";
    readonly message: string;
    readonly stack: string;
    readonly user: boolean;
    /** Whether the lab itself cannot be written, so that no other run would fare better. */
    readonly isForAll: boolean;
  };

const stop = new AbortController();

function send(message: WorkerMessage): void {
  writeAll(Deno.stdout, new TextEncoder().encode(`${JSON.stringify(message)}\n`));
}

async function work(request: WorkerRequest): Promise<void> {
  const started = performance.now();
  const paths = labPaths(request.lab);
  const closures = openClosures(paths.cache);
  const experiment = await loadExperiment(request.file);
  const run = await preparer(closures)(experiment, request.spec);
  if (run.identity !== request.identity) {
    throw new UserError("The code or data changed while the lab was running; run again");
  }
  const steps: StepEntry[] = [];
  const { method, recipe } = run.resolved;
  const host = {
    paths,
    closures,
    runtime: run.spec.runtime,
    runtimeKeys: method.runtime ?? RUNTIME_KEYS,
    signal: stop.signal,
    progress: throttledProgress(),
    started: (step: string, key: string, ingredients: Ingredients, reused: boolean) =>
      send({ type: "step", step, key, reused, ingredients }),
    notice: (message: string) => send({ type: "notice", message }),
  };
  const context: RunContext = {
    world: run.spec.world,
    data: run.spec.data,
    models: run.spec.models,
    seed: run.spec.seed,
    runtime: run.spec.runtime,
    benchmarks: run.benchmarks,
    file(name) {
      const found = run.inputs.find((input) => input.name === name);
      if (found) return { kind: "data", name, path: found.path, hash: found.hash };
      throw new UserError(`Method "${method.id}" reads "${name}" but does not list it in its inputs`);
    },
    async step<I, O>(definition: StepDefinition<I, O>, input: I): Promise<Artifact<O>> {
      stop.signal.throwIfAborted();
      const { artifact, entry } = await runStep(definition, input, host);
      steps.push(entry);
      return artifact;
    },
  };
  await method.run(recipe, context);
  closures.save();
  const cpu = cpuUsage();
  send({
    type: "done",
    steps,
    wall_s: (performance.now() - started) / 1000,
    cpu_s: (cpu.user + cpu.system) / 1e6,
    peak_bytes: resourceUsage().maxRSS * 1024,
  });
}

/** At most ten messages a second, the last one of a step always. */
function throttledProgress() {
  let last = -Infinity;
  return (step: string, done: number, total: number, note?: string, measured?: Measured): void => {
    const now = performance.now();
    if (now - last < 100 && done < total) return;
    last = now;
    send({ type: "progress", step, done, total, note, ...measured });
  };
}

if (import.meta.main) {
  // The terminal sends Ctrl-C to parent and children alike; the parent decides and tells by the standard input.
  if (Deno.build.os !== "windows") Deno.addSignalListener("SIGINT", () => {});
  const lines = toLines(Deno.stdin.readable);
  const first = await lines.next();
  if (first.done) Deno.exit(1);
  const request = JSON.parse(first.value) as WorkerRequest;
  (async () => {
    for await (const line of lines) if (line === "stop") stop.abort(new Error("Interrupted"));
    Deno.exit(1); // The parent is gone.
  })();
  try {
    await work(request);
    Deno.exit(0);
  } catch (error) {
    const known = asUserError(error, request.lab);
    const { message, stack = "" } = known instanceof Error ? known : new Error(String(known));
    const isForAll = known instanceof EnvironmentError && known.isBelow(request.lab);
    send({ type: "failed", message, stack, user: known instanceof UserError, isForAll });
    Deno.exit(1);
  }
}
