/**
 * `deno task pretrain [llm] [encoder]`: trains the committed models of the micro scale again and says whether every byte
 * is the same; `--write` puts the new ones in their place. An interrupted training resumes from its last checkpoint.
 * @module
 */
import { join } from "node:path";
import { atLeast } from "../checked.ts";
import { command, parse } from "./command.ts";
import { exitWith } from "./exit.ts";
import { print } from "./terminal/print.ts";
import { choice } from "./values.ts";
import { exists } from "../files.ts";
import { duration } from "./terminal/duration.ts";
import { onInterrupt } from "./terminal/interrupt.ts";
import { openProgress } from "./terminal/progress.ts";
import { ROOT } from "../lab/record/paths.ts";
import type { Artifact, StepContext } from "../lab/experiment/types.ts";
import {
  MODEL_FILES,
  type ModelName,
  MODELS,
  PRETRAINED,
  type Pretraining,
  writeModel,
} from "../method/pretrain/committed.ts";
import { MICRO } from "../method/recipe/scales.ts";
import { encoderPretraining } from "../method/pretrain/encoder.ts";
import { llmPretraining } from "../method/pretrain/llm.ts";
import { tokenizerStep } from "../method/pretrain/tokenizer.ts";
import { train, type Trained } from "../engine/onnx/train.ts";

interface Options {
  readonly write?: true;
}

/** Checkpoints and results. */
const WORK = join(ROOT, ".lab", "pretrain");

const world = "mini";

async function pretrainMain(args: readonly string[]): Promise<number> {
  const program = command("pretrain", "Trains the committed models again and compares the bytes")
    .argument("[models...]", MODELS.join(", ") + "; both without any")
    .option("--write", "put what was trained in the place of what is committed");
  const parsed = parse<Options>(program, args);
  if (!parsed) return 0;
  const named = parsed.args.map(choice("model", MODELS));
  const chosen = MODELS.filter((model) => named.length === 0 || named.includes(model));
  const same: boolean[] = [];
  for (const model of chosen) same.push(await again(model, parsed.options));
  return same.every((one) => one) || parsed.options.write ? 0 : 1;
}

/** Trains one model; @returns whether it has the committed bytes */
async function again(model: ModelName, { write }: Options): Promise<boolean> {
  const dir = join(WORK, model);
  const checkpointDir = join(WORK, `${model}.checkpoint`);
  for (const folder of [dir, checkpointDir]) Deno.mkdirSync(folder, { recursive: true });
  const progress = openProgress({ total: 1 });
  const abort = new AbortController();
  const stopListening = onInterrupt(abort, progress.remark);
  const start = performance.now();
  const context: StepContext = {
    dir,
    checkpointDir,
    runtime: { device: "cpu", engine: "onnx", threads: 1 },
    signal: abort.signal,
    progress(done, total, note, measured) {
      abort.signal.throwIfAborted();
      progress.progress(model, { step: "pretrain", done, total, note, ...measured });
    },
    answers: () => {},
    scores: () => {},
  };
  progress.began(model, { name: model, short: model, steps: 1 });
  progress.step(model, "pretrain", "pretrain");
  const trained = await trainModel(model, context).finally(() => {
    progress.stop();
    stopListening();
  });
  Deno.removeSync(checkpointDir, { recursive: true });
  const differing = MODEL_FILES.filter((file) => !sameFile(join(dir, file), join(PRETRAINED, model, file)));
  const took = duration((performance.now() - start) / 1000);
  const outcome = differing.length === 0 ? "the same bytes" : `other bytes in ${differing.join(", ")}`;
  print(`${model}: ${outcome} as committed, loss ${trained.loss.last.toFixed(3)}, ${took}`);
  if (write) {
    Deno.mkdirSync(join(PRETRAINED, model), { recursive: true });
    for (const file of MODEL_FILES) Deno.copyFileSync(join(dir, file), join(PRETRAINED, model, file));
  }
  return differing.length === 0;
}

async function trainModel(model: ModelName, context: StepContext): Promise<Trained> {
  const pretraining = await pretrainingOf(model, context);
  const trained = await train(pretraining, context);
  await writeModel(context.dir, pretraining, trained);
  return trained;
}

async function pretrainingOf(model: ModelName, context: StepContext): Promise<Pretraining> {
  const { vocab_size, pretrain: { seed } } = MICRO[model];
  const value = await tokenizerStep.run({ world, model, vocab_size, seed }, context);
  const tokenizer: Artifact = { kind: "artifact", key: model, dir: context.dir, value };
  return model === "llm"
    ? llmPretraining({ world, llm: MICRO.llm, tokenizer }).pretraining
    : encoderPretraining({ world, encoder: MICRO.encoder, tokenizer }).pretraining;
}

function sameFile(one: string, other: string): boolean {
  if (!exists(one) || !exists(other)) return false;
  const [a, b] = atLeast([one, other].map((path) => Deno.readFileSync(path)), 2);
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}

if (import.meta.main) await exitWith(() => pretrainMain(Deno.args));
