/**
 * Training: one graph with forward, backward, clipping and the AdamW update, run once a step. On cpu parameters and
 * moments are updated where they lie; on other devices they stay there between steps.
 * @module
 */
import { UserError } from "../errors.ts";
import { adamWFeeds, EXP_AVG, EXP_AVG_SQ, NEXT } from "./optim/adamw.ts";
import { compile, type Feeds, type Session } from "./session.ts";
import type { Tensor } from "./tensor.ts";
import { type TrainerSpec, trainingGraphs } from "./training_graphs.ts";
import type { TrainingState } from "./training_state.ts";
import { float32, float32Data, type Value, zeroValue } from "./value.ts";

export type { TrainerSpec };

/** What a step or an evaluation reports. */
export interface Report {
  /** Mean loss over the batches, before the update. */
  readonly loss: number;
  /** The metrics, averaged like the loss. */
  readonly metrics: Readonly<Record<string, number>>;
}

/** What a training step reports. */
export interface StepReport extends Report {
  /** Global norm of the gradient before clipping. */
  readonly gradNorm: number;
}

/** A training in progress. */
export interface Trainer {
  /** Optimiser steps done. */
  readonly step: number;
  /** All parameters as they are now, to feed other sessions on the same device; they change with the next step. */
  readonly parameters: Feeds;
  /**
   * One optimiser step on one batch, or on several as if they were one (gradient accumulation).
   * @param batches the feeds of the loss other than the parameters
   * @throws {TypeError} naming the feed that is missing, unknown or of a wrong shape
   */
  update(batches: Feeds | readonly Feeds[], lr: number): Promise<StepReport>;
  /** Loss and metrics of one or several batches, without learning. */
  evaluate(batches: Feeds | readonly Feeds[]): Promise<Report>;
  /** A copy of the trained parameters, the moments and the step; `streams` are added by the caller. */
  state(): Promise<TrainingState>;
  dispose(): Promise<void>;
}

/**
 * Builds the training graphs; they are compiled when first used. Takes a copy of the trained `values` (float32,
 * row-major, by parameter name) and uses the frozen ones where they are; goes on from `state` if there is one, whose
 * parameters win over `values`.
 * @throws {UserError} for a name in `trainable` that is no parameter or does not move the loss, and for values that
 * are missing or of a wrong size
 */
export function createTrainer(
  spec: TrainerSpec,
  values: Readonly<Record<string, Float32Array>>,
  state?: TrainingState,
): Trainer {
  const { optimizer = {}, device = "cpu", threads, profile } = spec;
  const graphs = trainingGraphs(spec);
  const memory = initialMemory(spec, values, state);
  const sessions = new Map<string, Promise<Session>>();
  let step = state?.step ?? 0;

  function session(name: string, outputs: Readonly<Record<string, Tensor>>, kept = true): Promise<Session> {
    const known = sessions.get(name);
    if (known !== undefined) return known;
    const keepOnDevice = kept ? Object.keys(outputs).filter((output) => output.startsWith(NEXT)) : [];
    const suffix = profile === undefined ? undefined : `${profile}_${name}`;
    const made = compile(outputs, { device, threads, keepOnDevice, profile: suffix });
    sessions.set(name, made);
    return made;
  }

  /** Runs a graph on the memory that it needs and takes over what it updates. */
  async function advance(
    compiled: Session,
    batch: Feeds,
    settings: Feeds = {},
  ): Promise<Record<string, Value>> {
    const needed = Object.entries({ ...memory, ...settings }).filter(([name]) => compiled.inputs.has(name));
    const updated = [...compiled.outputs.keys()].filter((name) => name.startsWith(NEXT)).map((name) =>
      name.slice(NEXT.length)
    );
    const into = device === "cpu"
      ? Object.fromEntries(updated.map((name) => [NEXT + name, memory[name]!]))
      : {};
    const results = await compiled.run({ ...Object.fromEntries(needed), ...batch }, into);
    if (device !== "cpu") {
      for (const name of updated) {
        memory[name]!.dispose();
        memory[name] = results[NEXT + name]!;
      }
    }
    return results;
  }

  async function update(batches: Feeds | readonly Feeds[], lr: number): Promise<StepReport> {
    const list = listOf(batches);
    const feeds = adamWFeeds(optimizer, step + 1, lr);
    let results: Record<string, Value>[];
    let norm: Value;
    if (list.length === 1) {
      results = [await advance(await session("update", graphs.update), list[0]!, feeds)];
      norm = results[0]!.grad_norm!;
    } else {
      results = await accumulate(list);
      const total = results.reduce((sum, result) => sum + scalarOf(result.weight!), 0);
      const scale = { "adamw.gradient_scale": float32([1 / total], []) };
      norm = (await advance(await session("apply", graphs.apply), {}, { ...feeds, ...scale })).grad_norm!;
    }
    step++;
    return { ...reportOf(results), gradNorm: scalarOf(norm) };
  }

  async function accumulate(list: readonly Feeds[]): Promise<Record<string, Value>[]> {
    for (const [name, { shape }] of Object.entries(graphs.gradients)) {
      memory[name] ??= zeroValue("float32", shape as number[]);
    }
    const compiled = await session("accumulate", graphs.accumulate);
    const results = [];
    for (const [i, batch] of list.entries()) {
      results.push(await advance(compiled, batch, { keep_gradient: float32([i === 0 ? 0 : 1], []) }));
    }
    return results;
  }

  async function evaluate(batches: Feeds | readonly Feeds[]): Promise<Report> {
    const compiled = await session("evaluate", graphs.evaluate);
    const results = [];
    for (const batch of listOf(batches)) results.push(await advance(compiled, batch));
    return reportOf(results);
  }

  async function stateNow(): Promise<TrainingState> {
    const names = [...spec.trainable].flatMap((name) => [name, EXP_AVG + name, EXP_AVG_SQ + name]);
    const read = device === "cpu" ? memory : await readBack(names);
    const copyOf = (name: string) => float32Data(read[name]!).slice();
    const part = (prefix: string) =>
      Object.fromEntries([...spec.trainable].map((n) => [n, copyOf(prefix + n)]));
    return { step, parameters: part(""), expAvg: part(EXP_AVG), expAvgSq: part(EXP_AVG_SQ), streams: {} };
  }

  /** Reading a tensor that lies on a device aborts the process in onnxruntime-node 1.30; a graph with cpu outputs works. */
  async function readBack(names: readonly string[]): Promise<Record<string, Value>> {
    const compiled = await session("read", graphs.read, false);
    const results = await compiled.run(Object.fromEntries(names.map((name) => [name, memory[name]!])));
    return Object.fromEntries(names.map((name) => [name, results[`read.${name}`]!]));
  }

  async function dispose(): Promise<void> {
    // Values first: releasing a device's tensors after the session that made them crashes onnxruntime-node 1.30.
    if (device !== "cpu") { for (const value of Object.values(memory)) value.dispose(); }
    for (const made of sessions.values()) await (await made).dispose();
    sessions.clear();
  }

  return {
    get step() {
      return step;
    },
    get parameters() {
      return Object.fromEntries(Object.keys(spec.parameters).map((name) => [name, memory[name]!]));
    },
    update,
    evaluate,
    state: stateNow,
    dispose,
  };
}

/** Parameters and moments by input name. */
function initialMemory(
  spec: TrainerSpec,
  values: Readonly<Record<string, Float32Array>>,
  state: TrainingState | undefined,
): Record<string, Value> {
  const memory: Record<string, Value> = {};
  const take = (name: string, data: Float32Array | undefined, shape: readonly number[], what: string) => {
    const size = shape.reduce((a, b) => a * b, 1);
    if (data === undefined) throw new UserError(`Cannot train: ${what} is missing`);
    if (data.length !== size) {
      throw new UserError(
        `Cannot train: ${what} has ${data.length} values, its shape [${shape}] takes ${size}`,
      );
    }
    memory[name] = float32(data, shape);
  };
  for (const [name, tensor] of Object.entries(spec.parameters)) {
    const shape = tensor.shape as number[];
    if (!spec.trainable.has(name)) {
      take(name, values[name], shape, `the parameter "${name}"`);
      continue;
    }
    take(name, (state?.parameters ?? values)[name]?.slice(), shape, `the parameter "${name}"`);
    const zeros = () => new Float32Array(float32Data(memory[name]!).length);
    take(
      EXP_AVG + name,
      state === undefined ? zeros() : state.expAvg[name]?.slice(),
      shape,
      `exp_avg of "${name}"`,
    );
    const second = state === undefined ? zeros() : state.expAvgSq[name]?.slice();
    take(EXP_AVG_SQ + name, second, shape, `exp_avg_sq of "${name}"`);
  }
  return memory;
}

function listOf(batches: Feeds | readonly Feeds[]): readonly Feeds[] {
  const list = Array.isArray(batches) ? batches as readonly Feeds[] : [batches as Feeds];
  if (list.length === 0) throw new UserError("Cannot train on no batches");
  return list;
}

/** Weighted means of what the batches report; one batch counts as it is. */
function reportOf(results: readonly Readonly<Record<string, Value>>[]): Report {
  const weights = results.map(({ weight }) => (results.length === 1 ? 1 : scalarOf(weight!)));
  const total = weights.reduce((a, b) => a + b, 0);
  const mean = (name: string) =>
    results.reduce((sum, r, i) => sum + weights[i]! * scalarOf(r[name]!), 0) / total;
  const names = Object.keys(results[0]!).filter((name) => name.startsWith("metric."));
  return {
    loss: mean("loss"),
    metrics: Object.fromEntries(names.map((n) => [n.slice("metric.".length), mean(n)])),
  };
}

function scalarOf(value: Value): number {
  return float32Data(value)[0]!;
}
