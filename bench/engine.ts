/**
 * The engine benchmark: training and decoding beside the peers, the time to compile, peak memory, how cost grows with
 * the sizes, and a profile. Everything is measured in one run on one machine, peers taking turns.
 * @module
 */
import { env } from "onnxruntime-node";
import { cpus, totalmem } from "node:os";
import { atLeast } from "../lib/checked.ts";
import { compile } from "../lib/tensor/mod.ts";
import { trainingGraphs } from "../lib/tensor/training_graphs.ts";
import { engineReport, type EngineResults, type ScalingRow } from "./engine_report.ts";
import { gptTraining } from "./gpt_training.ts";
import { beside, compare, type Measured, type PeerCommand, type Skipped } from "./peer.ts";
import { processorName } from "./processor.ts";
import { type OperatorTime, operatorTimes } from "./profile.ts";
import { measureShares } from "./share.ts";
import { median, tokensPerSecond } from "./statistics.ts";
import { torchPython } from "./torch.ts";
import { decodeWorkload, largeWorkload, type TrainWorkload, trainWorkload } from "./workload.ts";

/** What can be measured alone with `--only`. */
export const PARTS = ["train", "large", "decode", "share", "session", "scaling", "profile"] as const;
export type Part = typeof PARTS[number];

export interface BenchOptions {
  readonly json: boolean;
  readonly rounds: number;
  readonly parts: readonly Part[];
  /** Told of progress, a line at a time. */
  readonly report: (line: string) => void;
}

/** Measures and returns the text to print. */
export async function benchEngine(options: BenchOptions): Promise<string> {
  const results = await measure(options);
  return options.json ? JSON.stringify(results, null, 2) : engineReport(results);
}

async function measure({ rounds, parts, report }: BenchOptions): Promise<EngineResults> {
  const wanted = (part: Part) => parts.length === 0 || parts.includes(part);
  return {
    machine: machine(),
    rounds,
    train: wanted("train") ? await measureTraining(rounds, report) : undefined,
    large: wanted("large") ? await measureLarge(rounds, report) : undefined,
    decode: wanted("decode") ? await measureDecoding(rounds, report) : undefined,
    share: wanted("share") ? await measureShares(rounds, report) : undefined,
    session: wanted("session") ? await measureSession() : undefined,
    scaling: wanted("scaling") ? await measureScaling(report) : undefined,
    profile: wanted("profile") ? await measureProfile(report) : undefined,
  };
}

/** PyTorch is as fast as we are and gets every round; the WebAssembly peers take seconds a step and get three. */
async function measureTraining(rounds: number, report: (line: string) => void) {
  const workload = trainWorkload();
  const [steps, slowRounds] = [2, Math.min(rounds, 3)];
  const torch = pytorch("train", workload, report, steps);
  const fast = await besideTorch(ours("train", workload, steps), torch, rounds, report);
  const slow = await compare(
    [ours("train", workload, steps), wasm("jax-js", "jax.ts", workload), wasm("tfjs", "tfjs.ts", workload)],
    slowRounds,
    report,
  );
  return { fast, slow };
}

/** The size of the LLM of scale `small`: a step takes seconds, so that three rounds of one are enough. */
async function measureLarge(rounds: number, report: (line: string) => void) {
  const workload = largeWorkload();
  const torch = pytorch("train", workload, report, 1);
  return await besideTorch(ours("train", workload, 1), torch, Math.min(rounds, 3), report);
}

async function measureDecoding(rounds: number, report: (line: string) => void) {
  const torch = pytorch("decode", decodeWorkload(), report);
  return await besideTorch(ours("decode", decodeWorkload()), torch, rounds, report);
}

/** Ours beside PyTorch, or alone where there is none. */
async function besideTorch(
  own: PeerCommand,
  torch: PeerCommand | Skipped,
  rounds: number,
  report: (line: string) => void,
): Promise<(Measured | Skipped)[]> {
  if ("skipped" in torch) return [...await compare([own], rounds, report), torch];
  return await compare([own, torch], rounds, report);
}

/** From the traced loss to a session that can train: gradients, optimiser, ONNX, ONNX Runtime's own compilation. */
async function measureSession(): Promise<number[]> {
  const { spec } = gptTraining(trainWorkload());
  const seconds: number[] = [];
  for (let i = 0; i < 5; i++) {
    const started = performance.now();
    const session = await compile(trainingGraphs(spec).update, { threads: spec.threads });
    seconds.push((performance.now() - started) / 1000);
    await session.dispose();
  }
  return seconds;
}

async function measureScaling(report: (line: string) => void): Promise<ScalingRow[]> {
  const base = trainWorkload();
  const varied = [
    ["base", {}],
    ...[128, 512].map((width) => [`width ${width}`, { width, heads: width / 64 }]),
    ...[2, 8].map((layers) => [`depth ${layers}`, { layers }]),
    ...[64, 256, 512].map((length) => [`length ${length}`, { length }]),
    ...[1, 4, 64].map((batch) => [`batch ${batch}`, { batch }]),
  ] as [string, Partial<TrainWorkload>][];
  const rows: ScalingRow[] = [];
  for (const [name, patch] of varied) {
    const workload = { ...base, ...patch };
    const [result] = atLeast(
      await compare([ours("train", workload, 2)], 3, (line) => report(`${name}: ${line}`)),
      1,
    );
    if ("skipped" in result) throw new Error(`Cannot measure ${name}: ${result.skipped}`);
    const stepTokens = workload.batch * workload.length;
    rows.push({
      varied: name,
      workload,
      parameters: result.parameters!,
      stepSeconds: median(result.rounds.map(({ seconds, tokens }) => seconds * stepTokens / tokens)),
      tokensPerSecond: tokensPerSecond(result),
      peakBytes: result.peakBytes,
    });
  }
  return rows;
}

async function measureProfile(report: (line: string) => void): Promise<OperatorTime[]> {
  const folder = Deno.makeTempDirSync({ prefix: "lingualift_profile_" });
  try {
    const command = ours("train", trainWorkload(), 2);
    await compare([{ ...command, args: [...command.args, `${folder}/ort`] }], 3, report);
    return operatorTimes(folder, "ort");
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
}

type Mode = "train" | "decode";

/** Reads its weights from code, so it needs native code and little else. */
function ours(mode: Mode, workload: unknown, steps?: number): PeerCommand {
  const permissions = ["--allow-read", "--allow-write", "--allow-env", "--allow-sys", "--allow-ffi"];
  const args = ["run", "-q", ...permissions, beside("lingualift.ts"), mode, JSON.stringify(workload)];
  return { name: "LinguaLIFT", program: Deno.execPath(), args, steps };
}

function pytorch(
  mode: Mode,
  workload: unknown,
  report: (line: string) => void,
  steps?: number,
): PeerCommand | Skipped {
  const torch = torchPython(report);
  if ("skipped" in torch) return { name: "PyTorch", ...torch };
  const args = [beside("peers/pytorch.py"), mode, JSON.stringify(workload)];
  return { name: "PyTorch", program: torch.python, args, steps };
}

function wasm(name: string, file: string, workload: TrainWorkload): PeerCommand {
  const config = ["--config", beside("peers/deno.json")];
  const permissions = ["--allow-read", "--allow-env", "--allow-sys"];
  const args = [
    "run",
    "-q",
    ...config,
    ...permissions,
    beside(`peers/${file}`),
    "train",
    JSON.stringify(workload),
  ];
  return { name: `${name} (wasm)`, program: Deno.execPath(), args, steps: 1 };
}

function machine(): Record<string, string | number> {
  return {
    cpu: processorName(),
    cores: cpus().length,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    os: `${Deno.build.os} ${Deno.osRelease()}`,
    deno: Deno.version.deno,
    onnxruntime: env.versions.node ?? env.versions.common,
  };
}
