/**
 * The training loop that fitting and pre-training share: batches by number, a schedule, checkpoints to resume from, the
 * loss of every step on disk.
 * @module
 */
import { join } from "node:path";
import { exists, writeFileAtomic } from "../../files.ts";
import {
  createTrainer,
  type Device,
  type Feeds,
  learningRate,
  loadTrainingState,
  saveTrainingState,
  type TrainerSpec,
} from "../../tensor/mod.ts";
import type { FitContext, LossEnds, Schedule } from "../engine.ts";

/** Of every step its loss, lr, the gradient's norm before clipping, and what else is measured, in a step's folder. */
export const LOSSES_FILE = "loss.csv";

/** What is trained, on which batches. */
export interface Loop {
  readonly spec: Omit<TrainerSpec, "optimizer" | "device" | "threads">;
  /** All parameters by name, float32 row-major; the trained ones are copied. */
  readonly values: Readonly<Record<string, Float32Array>>;
  readonly training: Schedule;
  /** Whether lr and the gradient's norm are written too; the committed models' losses were written without. */
  readonly isDetailed?: boolean;
  /** The feeds of optimiser step `step` (from 0): a pure function, so that a resumed training sees the same ones. */
  batch(step: number): Feeds | Promise<Feeds>;
}

/** A finished training. */
export interface Trained {
  /** The trained parameters by name. */
  readonly parameters: Readonly<Record<string, Float32Array>>;
  readonly loss: LossEnds;
}

const CHECKPOINT_EVERY = 200;
/** Global gradient norm to which gradients are clipped (MindMerger and LangBridge release: 1.0). */
const MAX_GRAD_NORM = 1;

/** Trains from the last checkpoint to the end. Writes the losses into the step's folder. */
export async function train(loop: Loop, context: FitContext): Promise<Trained> {
  const { training } = loop;
  const paths = {
    state: join(context.checkpointDir, "state.safetensors"),
    losses: join(context.checkpointDir, "loss.json"),
  };
  const resumed = exists(paths.state) && exists(paths.losses);
  const state = resumed ? loadTrainingState(paths.state) : undefined;
  const columns = [
    "loss",
    ...loop.isDetailed ? ["lr", "grad_norm"] : [],
    ...Object.keys(loop.spec.metrics ?? {}),
  ];
  const rows: number[][] = resumed
    ? JSON.parse(Deno.readTextFileSync(paths.losses)).slice(0, state!.step)
    : [];
  const trainer = createTrainer(
    {
      ...loop.spec,
      optimizer: {
        beta2: 0.98,
        weightDecay: training.weight_decay,
        noDecay: (name) => loop.spec.parameters[name]!.shape.length < 2,
        maxGradNorm: MAX_GRAD_NORM,
      },
      device: context.runtime.device as Device,
      threads: context.runtime.threads,
    },
    loop.values,
    state,
  );
  try {
    const schedule = {
      type: training.schedule,
      lr: training.lr,
      totalSteps: training.steps,
      warmupRatio: training.warmup_ratio,
    };
    const speed = speedometer();
    let upcoming = prepare(loop, trainer.step);
    while (trainer.step < training.steps) {
      const step = trainer.step;
      const feeds = await upcoming;
      const lr = learningRate(schedule, step);
      const update = trainer.update(feeds, lr);
      if (step + 1 < training.steps) upcoming = prepare(loop, step + 1);
      const { loss, metrics, gradNorm: grad_norm } = await update;
      if (!Number.isFinite(loss)) throw new Error(`The loss is ${loss} at step ${step}; lower lr`);
      const measured: Readonly<Record<string, number>> = { loss, lr, grad_norm, ...metrics };
      rows.push(columns.map((name) => measured[name]!));
      context.progress(step + 1, training.steps, undefined, { loss, tokensPerSecond: speed(feeds) });
      if ((step + 1) % CHECKPOINT_EVERY === 0 && step + 1 < training.steps) {
        // The losses first: on resuming they are cut to the step of the state.
        writeFileAtomic(paths.losses, JSON.stringify(rows));
        saveTrainingState(paths.state, await trainer.state());
      }
    }
    writeFileAtomic(
      join(context.dir, LOSSES_FILE),
      [["step", ...columns], ...rows.map((row, i) => [i, ...row]), []].map((row) => row.join(",")).join("\n"),
    );
    return { parameters: (await trainer.state()).parameters, loss: ends(rows.map(([loss]) => loss!)) };
  } finally {
    await trainer.dispose();
  }
}

/** Makes a batch when the event loop is free, which is while the runtime computes the step before. */
function prepare(loop: Loop, step: number): Promise<Feeds> {
  const feeds = new Promise((resolve) => setTimeout(resolve)).then(() => loop.batch(step));
  // What it throws is reported where it is awaited, after the step that is under way.
  feeds.catch(() => {});
  return feeds;
}

/** Tokens a second since the first batch was done, which pays for the start; padding does not count. */
function speedometer(): (feeds: Feeds) => number | undefined {
  let start: number | undefined;
  let tokens = 0;
  return (feeds) => {
    const now = performance.now();
    if (start === undefined) {
      start = now;
      return undefined;
    }
    for (const [name, { data }] of Object.entries(feeds)) {
      if (name.endsWith("attention_mask")) tokens += (data as Int32Array).reduce((sum, one) => sum + one, 0);
    }
    return tokens === 0 ? undefined : tokens / ((now - start) / 1000);
  };
}

function ends(losses: readonly number[]): LossEnds {
  const part = Math.max(1, Math.floor(losses.length / 10));
  const mean = (list: readonly number[]) => list.reduce((a, b) => a + b, 0) / list.length;
  return { first: mean(losses.slice(0, part)), last: mean(losses.slice(-part)) };
}
