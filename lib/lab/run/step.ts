/**
 * Runs steps or takes them from the cache. A step is made in a folder of its process below `.lab/tmp`, under the lock of
 * its key, so that two runs that need the same step make it once; where the lock does not hold, both make it and the first
 * one's counts. Whatever dies leaves at most that folder and its checkpoints.
 * @module
 */
import { hashJson } from "../../hash.ts";
import { asUserError } from "../../os_errors.ts";
import { join } from "node:path";
import { cpuUsage } from "node:process";
import { openAnswers } from "../record/answers.ts";
import { artifactDir, loadArtifact, type StepRecord, storeArtifact } from "../record/artifact.ts";
import { keepCurve } from "../record/curve.ts";
import type { ClosureReader } from "../code/closure.ts";
import { clearTree, removeTree } from "../../files.ts";
import { takeCheckpoints } from "./checkpoints.ts";
import { lock } from "./lock.ts";
import { putJson } from "../record/objects.ts";
import { flatten, isTree } from "../plan/patch.ts";
import { runtimeOptions } from "../plan/prepare.ts";
import type { LabPaths } from "../record/paths.ts";
import type { Ingredients, StepEntry } from "../record/record.ts";
import type {
  Artifact,
  DataFile,
  Measured,
  Runtime,
  StepDefinition,
  StepScore,
} from "../experiment/types.ts";

/** A step that begins (`ingredients` say with what), or was found in the cache. */
export interface StepStart {
  readonly step: string;
  /** As its definition has it. */
  readonly label?: string | undefined;
  readonly key: string;
  readonly ingredients: Ingredients;
  readonly reused: boolean;
}

/** What steps need from the run around them. */
export interface StepHost {
  readonly paths: LabPaths;
  /** This process, as no other one on any machine is called, and its folder below `paths.tmp`. */
  readonly process: string;
  readonly scratch: string;
  readonly closures: ClosureReader;
  readonly runtime: Runtime;
  /** Default for steps that do not say which runtime options change their bytes; undefined: all that may. */
  readonly runtimeKeys: readonly (keyof Runtime)[] | undefined;
  readonly signal: AbortSignal;
  progress(step: string, done: number, total: number, note?: string, measured?: Measured): void;
  started(step: StepStart): void;
  /** Something worth a line to the user: waiting for a lock, a damaged artifact. */
  notice(message: string): void;
}

/** The key of a step and what it was made from. */
export function stepKey<I, O>(
  definition: StepDefinition<I, O>,
  input: I,
  host: Pick<StepHost, "closures" | "runtime" | "runtimeKeys">,
): { key: string; ingredients: Ingredients } {
  const files: DataFile[] = [];
  const plain = plainInput(input, files);
  const { hash } = host.closures.of(definition.module);
  const other: Record<string, string> = { step: definition.id, version: String(definition.version) };
  Object.assign(other, runtimeOptions(host.runtime, definition.runtime ?? host.runtimeKeys));
  const ingredients: Ingredients = {
    fields: flatten(plain),
    code: hash,
    inputs: Object.fromEntries(files.map((file) => [file.name, file.hash])),
    other,
  };
  return { key: hashJson(ingredients), ingredients };
}

/** Runs the step unless it is cached. */
export async function runStep<I, O>(
  definition: StepDefinition<I, O>,
  input: I,
  host: StepHost,
): Promise<{ artifact: Artifact<O>; entry: StepEntry }> {
  const { key, ingredients } = stepKey(definition, input, host);
  const start = { step: definition.id, label: definition.label?.(input), key, ingredients };
  const cached = loadArtifact(host.paths, key, host.notice);
  if (cached) {
    host.started({ ...start, reused: true });
    return finished<O>(host.paths, cached, start, true);
  }
  const held = await lock(join(host.paths.locks, key), definition.id, {
    signal: host.signal,
    onWait: (holder) =>
      host.notice(`Step "${definition.id}" is being made by process ${holder?.pid ?? "?"}; waiting`),
  });
  try {
    const meanwhile = loadArtifact(host.paths, key, host.notice);
    if (meanwhile) {
      host.started({ ...start, reused: true });
      return finished<O>(host.paths, meanwhile, start, true);
    }
    putJson(host.paths, host.closures.of(definition.module).closure);
    host.started({ ...start, reused: false });
    const made = await make(definition, input, { key, ingredients, host });
    return finished<O>(host.paths, made, start, false);
  } catch (error) {
    throw asUserError(error, artifactDir(host.paths, key));
  } finally {
    held.release();
  }
}

async function make<I, O>(
  definition: StepDefinition<I, O>,
  input: I,
  { key, ingredients, host }: { key: string; ingredients: Ingredients; host: StepHost },
): Promise<StepRecord> {
  const dir = join(host.scratch, key);
  const checkpoints = join(host.paths.checkpoints, key);
  removeTree(dir);
  Deno.mkdirSync(dir, { recursive: true });
  const checkpointDir = takeCheckpoints(checkpoints, host.process);
  const answers = openAnswers(host.paths, dir);
  const scores: StepScore[] = [];
  const [clock, cpu] = [performance.now(), cpuUsage()];
  const value = await definition.run(input, {
    dir,
    checkpointDir,
    runtime: host.runtime,
    signal: host.signal,
    progress(done, total, note, measured) {
      host.signal.throwIfAborted();
      host.progress(definition.id, done, total, note, measured);
    },
    answers: (rows) => answers.write(rows),
    scores: (rows) => void scores.push(...rows),
  });
  const used = cpuUsage(cpu);
  const record = storeArtifact(host.paths, dir, {
    step: definition.id,
    version: definition.version,
    key,
    ingredients,
    value: value ?? null,
    ...answers.finish(),
    scores,
    ...keepCurve(host.paths, dir),
    wall_s: (performance.now() - clock) / 1000,
    cpu_s: (used.user + used.system) / 1e6,
  }, host.notice);
  clearTree(checkpoints);
  return record;
}

function finished<O>(
  paths: LabPaths,
  record: StepRecord,
  { label }: Pick<StepStart, "label">,
  reused: boolean,
): { artifact: Artifact<O>; entry: StepEntry } {
  const { step, version, key, curve, wall_s, cpu_s } = record;
  return {
    artifact: { kind: "artifact", key, dir: artifactDir(paths, key), value: record.value as O },
    entry: {
      step,
      ...(label !== undefined && { label }),
      version,
      key,
      reused,
      wall_s,
      cpu_s,
      answers: [...record.answers],
      prompts: [...record.prompts],
      scores: [...record.scores],
      ...(curve !== undefined && { curve }),
    },
  };
}

/** The input as JSON, with artifacts by key and data files by hash; collects the data files. */
function plainInput(value: unknown, files: DataFile[]): unknown {
  if (Array.isArray(value)) return value.map((item) => plainInput(item, files));
  if (!isTree(value)) {
    if (typeof value === "function") throw new TypeError("Cannot hash a step's input: it holds a function");
    return value;
  }
  if (value.kind === "artifact") return `artifact:${value.key}`;
  if (value.kind === "data") {
    files.push(value as unknown as DataFile);
    return `data:${value.hash}`;
  }
  return Object.fromEntries(Object.entries(value).map(([key, field]) => [key, plainInput(field, files)]));
}
