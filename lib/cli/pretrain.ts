/**
 * `deno task pretrain [llm] [encoder]`: trains the committed parts of the micro scale again and says whether every byte
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
  type Part,
  PART_FILES,
  PARTS,
  PRETRAINED,
  type Pretraining,
  writePart,
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
  const program = command("pretrain", "Trains the committed parts again and compares the bytes")
    .argument("[parts...]", PARTS.join(", ") + "; both without any")
    .option("--write", "put what was trained in the place of what is committed");
  const parsed = parse<Options>(program, args);
  if (!parsed) return 0;
  const named = parsed.args.map(choice("part", PARTS));
  const chosen = PARTS.filter((part) => named.length === 0 || named.includes(part));
  const same: boolean[] = [];
  for (const part of chosen) same.push(await again(part, parsed.options));
  return same.every((one) => one) || parsed.options.write ? 0 : 1;
}

/** Trains one part; @returns whether it has the committed bytes */
async function again(part: Part, { write }: Options): Promise<boolean> {
  const dir = join(WORK, part);
  const checkpointDir = join(WORK, `${part}.checkpoint`);
  for (const folder of [dir, checkpointDir]) Deno.mkdirSync(folder, { recursive: true });
  const progress = openProgress({ total: 1 });
  const abort = new AbortController();
  const stopListening = onInterrupt(abort, progress.remark);
  const start = performance.now();
  const context: StepContext = {
    dir,
    checkpointDir,
    runtime: { device: "cpu", engine: "onnx", threads: navigator.hardwareConcurrency },
    signal: abort.signal,
    progress(done, total, note, measured) {
      abort.signal.throwIfAborted();
      progress.progress(part, { step: "pretrain", done, total, note, ...measured });
    },
    answers: () => {},
    scores: () => {},
  };
  progress.began(part, { name: part, short: part, steps: 1 });
  progress.step(part, "pretrain", "pretrain");
  const trained = await trainPart(part, context).finally(() => {
    progress.stop();
    stopListening();
  });
  Deno.removeSync(checkpointDir, { recursive: true });
  const differing = PART_FILES.filter((file) => !sameFile(join(dir, file), join(PRETRAINED, part, file)));
  const took = duration((performance.now() - start) / 1000);
  const outcome = differing.length === 0 ? "the same bytes" : `other bytes in ${differing.join(", ")}`;
  print(`${part}: ${outcome} as committed, loss ${trained.loss.last.toFixed(3)}, ${took}`);
  if (write) {
    Deno.mkdirSync(join(PRETRAINED, part), { recursive: true });
    for (const file of PART_FILES) Deno.copyFileSync(join(dir, file), join(PRETRAINED, part, file));
  }
  return differing.length === 0;
}

async function trainPart(part: Part, context: StepContext): Promise<Trained> {
  const pretraining = await pretrainingOf(part, context);
  const trained = await train(pretraining, context);
  await writePart(context.dir, pretraining, trained);
  return trained;
}

async function pretrainingOf(part: Part, context: StepContext): Promise<Pretraining> {
  const { vocab_size, pretrain: { seed } } = MICRO[part];
  const value = await tokenizerStep.run({ world, model: part, vocab_size, seed }, context);
  const tokenizer: Artifact = { kind: "artifact", key: part, dir: context.dir, value };
  return part === "llm"
    ? llmPretraining({ world, llm: MICRO.llm, tokenizer }).pretraining
    : encoderPretraining({ world, encoder: MICRO.encoder, tokenizer }).pretraining;
}

function sameFile(one: string, other: string): boolean {
  if (!exists(one) || !exists(other)) return false;
  const [a, b] = atLeast([one, other].map((path) => Deno.readFileSync(path)), 2);
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}

if (import.meta.main) await exitWith(() => pretrainMain(Deno.args));
