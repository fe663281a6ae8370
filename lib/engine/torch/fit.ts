/**
 * A training in PyTorch: what the LLM reads is written out as ids, the learning rate of every step is the lab's own, and
 * Python does the rest, in one process or, sharded by FSDP2, in several.
 * @module
 */
import { join, resolve } from "node:path";
import { readNdjson, writeNdjson } from "../../ndjson.ts";
import { sha256 } from "../../hash.ts";
import { loadBridge } from "../../model/bridge/file.ts";
import { exportLora, initLora } from "../../model/llama/lora.ts";
import { loadLlama } from "../../model/llama/model.ts";
import { stream } from "../../random.ts";
import { learningRate, writeSafetensors } from "../../tensor/mod.ts";
import type { Example, FitContext, FitJob, LossEnds } from "../engine.ts";
import { readStates } from "../onnx/read_states.ts";
import { absoluteModel } from "./absolute.ts";
import { onOnnx } from "./encoder.ts";
import { launch } from "./launch.ts";
import { type Message } from "./python.ts";
import { isTorch, openRows } from "./rows.ts";
import { sessionOf } from "./session.ts";

/** Steps between checkpoints. */
const CHECKPOINT_EVERY = 200;

export async function fit(job: FitJob, context: FitContext): Promise<LossEnds> {
  const { runtime, checkpointDir } = context;
  const { training: { steps, lr, schedule, warmup_ratio, weight_decay } } = job;
  const rates = { type: schedule, lr, totalSteps: steps, warmupRatio: warmup_ratio };
  const request = {
    model: absoluteModel(job.model),
    trains: job.trains,
    adapters: firstAdapters(job, checkpointDir),
    dpo: job.dpo,
    weight_decay,
    ...await readExamples(job, context),
    order: job.order,
    lr: Array.from({ length: steps }, (_, step) => learningRate(rates, step)),
    dir: resolve(context.dir),
    checkpoint_dir: resolve(checkpointDir),
    checkpoint_every: CHECKPOINT_EVERY,
    micro_batch: runtime.micro_batch,
    activation_checkpointing: runtime.activation_checkpointing ?? false,
    compute: runtime,
  };
  const watch = ({ done, total, loss, tokens_per_second }: Message) =>
    context.progress(done as number, total as number, undefined, {
      loss: loss as number,
      tokensPerSecond: tokens_per_second as number ?? undefined,
    });
  const { message } = (runtime.processes ?? 1) > 1
    ? await launch({ method: "fit", job: request }, context, watch)
    : await sessionOf(runtime).ask("fit", { job: request }, { watch });
  return message.loss as LossEnds;
}

/** The folder of the adapters as they begin, in peft's layout; both engines begin with the same. */
function firstAdapters({ trains, adapters, model }: FitJob, folder: string): string | undefined {
  if (!trains.includes("lora")) return undefined;
  if (adapters === undefined) throw new TypeError("internal: a training of adapters does not say which");
  const llm = loadLlama(model.llm);
  const first = join(resolve(folder), "first_adapters");
  exportLora(first, llm.config, adapters, initLora(llm, adapters, stream(adapters.seed, "lora", "init")));
  return first;
}

/** The examples with what the encoder reads: rows of ids, or states that ONNX Runtime has computed. */
async function readExamples(
  { examples: file, model: { states } }: FitJob,
  { runtime, checkpointDir }: FitContext,
): Promise<{ examples: string; states?: string }> {
  if (states === null) return { examples: resolve(file) };
  const target = join(resolve(checkpointDir), "torch_examples.ndjson");
  const write = (rest: (example: Example) => object) =>
    writeNdjson(target, readNdjson<Example>(file).map((one) => ({ ...one, text: undefined, ...rest(one) })));
  if (isTorch(states.encoder)) {
    const { text: rows } = await openRows(states.encoder, runtime);
    write(({ text }) => ({ encoder_ids: rows.row(text!) }));
    return { examples: target };
  }
  const context = { checkpointDir, runtime: onOnnx(runtime) };
  const texts = [...new Set(readNdjson<Example>(file).map(({ text }) => text!))];
  const read = await readStates(texts, states.encoder, context);
  const given = join(resolve(checkpointDir), "torch_states.safetensors");
  const { config: { d_enc: width } } = loadBridge(states.bridge);
  writeSafetensors(
    given,
    read.map((data, i) => ({
      name: sha256(texts[i]!),
      dtype: "F32",
      shape: [data.length / width, width],
      data,
    })),
  );
  write(({ text }) => ({ states: sha256(text!) }));
  return { examples: target, states: given };
}
