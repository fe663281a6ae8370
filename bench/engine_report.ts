/**
 * The engine benchmark's results as text: tables, and each promise of the project beside what was measured.
 * @module
 */
import { atLeast } from "../lib/checked.ts";
import { type Measured, MOST_FOREIGN, type Skipped } from "./peer.ts";
import type { OperatorTime } from "./profile.ts";
import type { ShareRow } from "./share.ts";
import { median, speedRatio, tokensPerSecond } from "./statistics.ts";
import { table } from "./table.ts";
import type { TrainWorkload } from "./workload.ts";

/** A size of the training workload and what it costs. */
export interface ScalingRow {
  readonly varied: string;
  readonly workload: TrainWorkload;
  readonly parameters: number;
  readonly stepSeconds: number;
  readonly tokensPerSecond: number;
  readonly peakBytes: number;
}

/** Everything measured; a part that was not asked for is absent. */
export interface EngineResults {
  readonly machine: Readonly<Record<string, string | number>>;
  readonly rounds: number;
  readonly train?:
    | { readonly fast: (Measured | Skipped)[]; readonly slow: (Measured | Skipped)[] }
    | undefined;
  readonly large?: (Measured | Skipped)[] | undefined;
  readonly decode?: (Measured | Skipped)[] | undefined;
  readonly share?: ShareRow[] | undefined;
  /** Seconds to compile the training graph, one for each try. */
  readonly session?: number[] | undefined;
  readonly scaling?: ScalingRow[] | undefined;
  readonly profile?: OperatorTime[] | undefined;
}

/** A promise: `measured` is to be `bound` or more (or less). */
interface Target {
  readonly promise: string;
  readonly bound: number;
  readonly atMost?: boolean;
  readonly measured: number | undefined;
  readonly unit: string;
}

/** All tables that the results allow. */
export function engineReport(results: EngineResults): string {
  const { machine, train, large, decode, share, session, scaling, profile } = results;
  const sections = [
    Object.entries(machine).map(([name, value]) => `${name} ${value}`).join(", "),
    train &&
    ["Training, 4.2M-parameter GPT, AdamW", peers(train.fast), peers(train.slow), losses(train)].join("\n"),
    large &&
    ["Training, 136M-parameter GPT (width and vocabulary of SmolLM2-135M), AdamW", peers(large)].join("\n"),
    decode &&
    ["Greedy decoding, 4.2M-parameter Llama, batch 32, KV cache", peers(decode), agreement(decode)].join(
      "\n",
    ),
    share &&
    [
      "Share of the limit: a step's matrix products alone, by the same library, over the whole step",
      shares(share),
    ]
      .join("\n"),
    session && `Session of the training graph: ${median(session).toFixed(2)} s (median of ${session.length})`,
    scaling && ["Cost of a training step by size", scalingTable(scaling)].join("\n"),
    profile && [
      "Where the time of a training step goes (ONNX Runtime's profile, which itself slows the step a little)",
      table(
        ["operator", "calls", "ms", "share"],
        profile.slice(0, 16).map(({ operator, calls, milliseconds, share }) => [
          operator,
          calls.toFixed(0),
          milliseconds.toFixed(1),
          `${(share * 100).toFixed(1)} %`,
        ]),
      ),
    ].join("\n"),
    ["Promises", targetTable(targets(results))].join("\n"),
  ];
  return sections.filter((section) => section !== undefined).join("\n\n") + "\n";
}

/** The promises of the engine (issue 2), with what was measured of them. */
export function targets({ train, large, decode, share, session }: EngineResults): Target[] {
  const ratio = (results: (Measured | Skipped)[] | undefined, peer: string) => {
    const [ours, theirs] = [measured(results, "LinguaLIFT"), measured(results, peer)];
    return ours && theirs && speedRatio(ours, theirs);
  };
  const memory = (results: (Measured | Skipped)[] | undefined) => {
    const [ours, torch] = [measured(results, "LinguaLIFT"), measured(results, "PyTorch")];
    return ours && torch && ours.peakBytes / torch.peakBytes;
  };
  return [
    { promise: "training, times PyTorch", bound: 1.2, measured: ratio(train?.fast, "PyTorch"), unit: "x" },
    { promise: "training, times jax-js", bound: 6, measured: ratio(train?.slow, "jax-js (wasm)"), unit: "x" },
    { promise: "training, times tfjs", bound: 6, measured: ratio(train?.slow, "tfjs (wasm)"), unit: "x" },
    { promise: "decoding, times PyTorch", bound: 1.5, measured: ratio(decode, "PyTorch"), unit: "x" },
    ...(share ?? []).filter(({ kind }) => kind === "training").map(({ what, threads, shares }) => ({
      promise: `products' share of ${what}, threads ${threads}`,
      bound: 0.7,
      measured: median(shares),
      unit: "",
    })),
    { promise: "session", bound: 1, atMost: true, measured: session && median(session), unit: "s" },
    {
      promise: "peak memory of training, of PyTorch's",
      bound: 1,
      atMost: true,
      measured: memory(train?.fast),
      unit: "x",
    },
    { promise: "training at 136M, times PyTorch", bound: 1, measured: ratio(large, "PyTorch"), unit: "x" },
    { promise: "its peak memory, of PyTorch's", bound: 1, atMost: true, measured: memory(large), unit: "x" },
  ];
}

function measured(results: (Measured | Skipped)[] | undefined, name: string): Measured | undefined {
  return present(results ?? []).find((result) => result.name === name);
}

function present(results: readonly (Measured | Skipped)[]): Measured[] {
  return results.flatMap((result) => "skipped" in result ? [] : [result]);
}

function targetTable(rows: readonly Target[]): string {
  return table(
    ["promise", "bound", "measured", ""],
    rows.map(({ promise, bound, atMost = false, measured, unit }) => [
      promise,
      `${atMost ? "<=" : ">="} ${bound} ${unit}`,
      measured === undefined ? "not measured" : `${measured.toFixed(2)} ${unit}`,
      measured === undefined ? "" : (atMost ? measured <= bound : measured >= bound) ? "reached" : "missed",
    ]),
  );
}

function peers(results: readonly (Measured | Skipped)[]): string {
  const [ours] = atLeast(present(results), 1);
  const rows = table(
    ["", "version", "threads", "tokens/s", "slowest", "fastest", "ours is", "peak MB"],
    results.map((result) => {
      if ("skipped" in result) return [result.name, `skipped: ${result.skipped}`];
      const speeds = result.rounds.map(({ tokens, seconds }) => tokens / seconds);
      return [
        result.name,
        result.version,
        `${result.threads}`,
        tokensPerSecond(result).toFixed(0),
        Math.min(...speeds).toFixed(0),
        Math.max(...speeds).toFixed(0),
        result === ours ? "" : `${speedRatio(ours, result).toFixed(2)} x`,
        (result.peakBytes / 1e6).toFixed(0),
      ];
    }),
  );
  const rounds = present(results).flatMap((result) => result.rounds);
  const disturbed = rounds.filter(({ foreign }) => foreign > MOST_FOREIGN).length;
  return disturbed === 0
    ? rows
    : `${rows}\nNot to be trusted: other processes disturbed ${disturbed} of ${rounds.length} rounds`;
}

function shares(rows: readonly ShareRow[]): string {
  return table(
    ["", "threads", "products", "step ms", "products ms", "GFLOP/s alone", "share", "lowest", "highest"],
    rows.map(({ what, threads, products, stepSeconds, productSeconds, operations, shares }) => [
      what,
      `${threads}`,
      `${products}`,
      (stepSeconds * 1000).toFixed(1),
      (productSeconds * 1000).toFixed(1),
      (operations / productSeconds / 1e9).toFixed(0),
      ...[median(shares), Math.min(...shares), Math.max(...shares)].map((one) =>
        `${(one * 100).toFixed(1)} %`
      ),
    ]),
  );
}

/** Evidence that the peers compute the same thing. */
function losses({ fast, slow }: NonNullable<EngineResults["train"]>): string {
  const seen = new Map(
    [...slow, ...fast].flatMap((result) =>
      "skipped" in result ? [] : [[result.name, result.warmUp.loss!.toFixed(5)] as const]
    ),
  );
  return `Loss of the second step: ${[...seen].map(([name, loss]) => `${name} ${loss}`).join(", ")}`;
}

/** How many of the first generated tokens the peers agree on. */
function agreement(results: readonly (Measured | Skipped)[]): string {
  const [ours, ...others] = atLeast(present(results), 1);
  const own = ours.warmUp.first!.flat();
  return others.map(({ name, warmUp }) => {
    const theirs = warmUp.first!.flat();
    const same = own.filter((id, i) => id === theirs[i]).length;
    return `The same as ${name}: ${same} of the first ${own.length} tokens (8 a sequence)`;
  }).join("\n");
}

function scalingTable(rows: readonly ScalingRow[]): string {
  return table(
    ["", "parameters", "tokens/step", "ms/step", "tokens/s", "peak MB"],
    rows.map(({ varied, workload, parameters, stepSeconds, tokensPerSecond, peakBytes }) => [
      varied,
      `${(parameters / 1e6).toFixed(1)}M`,
      `${workload.batch * workload.length}`,
      (stepSeconds * 1000).toFixed(0),
      tokensPerSecond.toFixed(0),
      (peakBytes / 1e6).toFixed(0),
    ]),
  );
}
