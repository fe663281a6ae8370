/**
 * A system of a few thousand weights in folders: a Llama, a bridge and an encoder that looks states up in a table; and
 * jobs on it.
 * @module
 */
import { deepStrictEqual, rejects } from "node:assert/strict";
import { join } from "node:path";
import type { Runtime, StepContext } from "../../lib/lab/experiment/types.ts";
import { digests, stepContext } from "../method/_tiny.ts";
import {
  engineOf,
  type Example,
  type FitContext,
  type FitJob,
  type LossEnds,
  type ModelFolders,
} from "../../lib/engine/mod.ts";
import { sha256 } from "../../lib/hash.ts";
import { freshBridge } from "../../lib/method/train/fresh_bridge.ts";
import type { Bridge } from "../../lib/method/reader/reading.ts";
import { saveBridge } from "../../lib/model/bridge/file.ts";
import { llamaConfig } from "../../lib/model/llama/config.ts";
import { embeddingsOf } from "../../lib/model/llm.ts";
import { exportLlama, initLlama, type LlamaModel } from "../../lib/model/llama/model.ts";
import { stream } from "../../lib/random.ts";
import { SIZE, WORDS, writeLookupEncoder } from "../model/_lookup_encoder.ts";

/** Words that the encoder knows. */
export const KNOWN = WORDS.slice(4);

export const BRIDGE: Bridge = {
  layers: 2,
  activation: "gelu",
  boundaries: "both",
  boundary_init: "embedding",
  standardised: false,
};

export const LLM: LlamaModel = initLlama(
  llamaConfig({
    hidden_size: 32,
    intermediate_size: 32,
    num_hidden_layers: 1,
    num_attention_heads: 2,
    vocab_size: 20,
    max_position_embeddings: 64,
    bos_token_id: 1,
    eos_token_id: 2,
  }),
  stream(1, "llm"),
);

/** Writes the models; without a bridge the LLM reads tokens alone. */
export function writeSystem(folder: string, bridge: Bridge | null = BRIDGE): ModelFolders {
  const llm = join(folder, "start", "llm");
  exportLlama(llm, LLM);
  if (bridge === null) return { llm, states: null };
  const encoder = join(folder, "encoder");
  // Each word in a direction of its own, so that a bridge can tell them apart.
  writeLookupEncoder(encoder, { states: (id) => [2 * Math.cos(1.5 * id), 2 * Math.sin(1.5 * id)] });
  const file = join(folder, "start", "bridge.safetensors");
  saveBridge(file, freshBridge(bridge, SIZE, embeddingsOf(LLM), stream(1, "bridge")));
  return {
    llm,
    states: { encoder: { kind: "checkpoint", encoder, dtype: "fp32", graph: "model" }, bridge: file },
  };
}

/** What is to be written is told by the text alone (or, without an encoder, by the last token). */
export function examplesOf(model: ModelFolders, beside: readonly number[] = [4, 5]): Example[] {
  return Array.from({ length: 10 }, (_, i) => {
    const which = i % KNOWN.length;
    const target = [6 + which, 2];
    if (model.states === null) return { text: null, ids: [1, ...beside, 12 + which], target };
    return { text: [KNOWN[which], ...Array(i % 3).fill(KNOWN[0])].join(" "), ids: beside, target };
  });
}

/** A job on these examples, in batches of `batch_size` in turn. */
export function jobOf(
  folder: string,
  model: ModelFolders,
  examples: readonly Example[],
  { steps = 5, lr = 1e-2, batch_size = 4, trains = ["bridge"] as FitJob["trains"] } = {},
): FitJob {
  const file = join(folder, "examples.ndjson");
  Deno.writeTextFileSync(file, examples.map((example) => JSON.stringify(example) + "\n").join(""));
  const order = Array.from(
    { length: steps },
    (_, step) => Array.from({ length: batch_size }, (_, i) => (step * batch_size + i) % examples.length),
  );
  const training = { steps, lr, schedule: "constant" as const, warmup_ratio: 0, weight_decay: 0.01 };
  return { model, trains, training, examples: file, order };
}

/**
 * A job that is stopped at step `at`, after its checkpoint at 200, goes on from there to the bytes of one that is not.
 * @param contextIn makes a step's context
 */
export async function endsInTheSameBytes<J extends Pick<FitJob, "training">>(
  engine: { fit(job: J, context: FitContext): Promise<LossEnds> },
  job: J,
  at: number,
  contextIn: (changes?: Partial<StepContext>) => StepContext,
): Promise<void> {
  const { checkpointDir } = contextIn();
  const interrupt = (n: number) => {
    if (n === at) throw new Error("Interrupted");
  };
  await rejects(engine.fit(job, contextIn({ checkpointDir, progress: interrupt })), /Interrupted/);
  const steps: number[] = [];
  const resumed = contextIn({ checkpointDir, progress: (n) => void steps.push(n) });
  const whole = contextIn();
  deepStrictEqual(await engine.fit(job, resumed), await engine.fit(job, whole));
  deepStrictEqual(steps, Array.from({ length: job.training.steps - 200 }, (_, i) => 201 + i));
  deepStrictEqual(digests(resumed.dir), digests(whole.dir));
}

/** Does a job in this process. @returns the digests of what it writes, as `digests` gives them */
export async function fittedBytes(
  folder: string,
  job: FitJob,
  runtime: Runtime,
): Promise<Record<string, string>> {
  const context = stepContext(folder, { runtime });
  await engineOf(runtime).fit(job, context);
  return digests(context.dir);
}

/** SHA-256 of the weights of a folder that holds `llm/` and, where there is one, a bridge. */
export function weightsOf(dir: string): { llm: string; bridge: string | null } {
  const digest = (name: string) => sha256(Deno.readFileSync(join(dir, name)));
  const files = [...Deno.readDirSync(dir)].map(({ name }) => name);
  return {
    llm: digest("llm/model.safetensors"),
    bridge: files.includes("bridge.safetensors") ? digest("bridge.safetensors") : null,
  };
}
