/**
 * `deno task bench cost`: what trainings of a real model take in memory and time, in either engine, each in a process of its
 * own, beside what `--plan` foretells. On a GPU with `--device cuda`.
 * @module
 */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { fitCost, type FitSize } from "../lib/engine/cost/mod.ts";
import type { Compute, Dtype } from "../lib/engine/engine.ts";
import { UserError } from "../lib/errors.ts";
import { deviceOf } from "../lib/cli/experiment/costs.ts";
import { TORCH_PLACE } from "../lib/cli/experiment/runtime.ts";
import { readPlace } from "../lib/engine/torch/place.ts";
import { openLlm } from "../lib/model/llm.ts";
import { ROOT } from "../lib/lab/record/paths.ts";
import { table } from "./table.ts";

/** A training that is measured: rows of random tokens, half of which are to be written. */
export interface CostCase {
  readonly trains: "llm";
  readonly batch_size: number;
  readonly length: number;
  readonly steps: number;
  readonly dtype: Dtype;
  readonly activation_checkpointing?: true;
}

/** Where it is measured. */
export type CostComputing = Compute & { readonly engine: string };

/** What it came to. */
export interface CostMeasured {
  /** Of the process on a processor, of the device on a card; at its highest. */
  readonly bytes: number;
  readonly tokens_per_second: number;
}

const of = (batch_size: number, length: number, dtype: Dtype, again = false): CostCase => ({
  ...{ trains: "llm", batch_size, length, steps: 4, dtype } as const,
  ...(again ? { activation_checkpointing: true } as const : {}),
});

const CASES: readonly CostCase[] = [
  of(2, 64, "float32"),
  of(8, 128, "float32"),
  of(8, 256, "float32"),
  of(8, 256, "float32", true),
  of(8, 256, "bfloat16"),
  of(8, 256, "bfloat16", true),
];
/** Of a card besides, whose kernels small rows do not fill. */
const LARGE: readonly CostCase[] = [of(32, 512, "bfloat16"), of(32, 512, "bfloat16", true)];

/** Measures all cases. @throws {UserError} without PyTorch or the model */
export function benchCost(
  { engine, model, device, threads, json, report }: {
    engine: string;
    model: string;
    device: string;
    threads: number;
    json: boolean;
    report: (line: string) => void;
  },
): string {
  const program = readPlace(TORCH_PLACE)?.program;
  if (engine === "torch" && program === undefined) {
    throw new UserError('Cannot measure: PyTorch is not installed; run "deno task torch install"');
  }
  const { config: llm } = openLlm(model);
  const cases = [...CASES, ...(device === "cuda" ? LARGE : [])].filter((one) =>
    engine === "torch" || (one.dtype === "float32" && !one.activation_checkpointing)
  );
  const rows = cases.map((one) => {
    const compute = { ...one, engine, device, threads, program };
    const size: FitSize = {
      llm,
      trains: [one.trains],
      ...{ encoder_parameters: 0, bridge_parameters: 0, lora_parameters: 0 },
      ...{ steps: 1, batch_size: one.batch_size, longest: one.length, usual: one.length },
    };
    const { bytes, flops } = fitCost(size, compute);
    const speed = deviceOf(compute)?.flops ?? NaN;
    const foretold: CostMeasured = { bytes, tokens_per_second: one.batch_size * one.length * speed / flops };
    report(`${nameOf(one)}: measuring`);
    return { name: nameOf(one), foretold, measured: measure(model, one, compute) };
  });
  if (json) return JSON.stringify({ engine, model, device, threads, rows }, null, 2);
  const error = (row: typeof rows[number], field: keyof CostMeasured) =>
    `${(100 * (row.foretold[field] / row.measured[field] - 1)).toFixed(0)} %`;
  return table(
    ["rows x tokens", "GB", "foretold", "error", "tokens/s", "foretold", "error"],
    rows.map((row) => [
      row.name,
      ...[row.measured.bytes, row.foretold.bytes].map((bytes) => (bytes / 1e9).toFixed(2)),
      error(row, "bytes"),
      ...[row.measured, row.foretold].map((one) => one.tokens_per_second.toFixed(0)),
      error(row, "tokens_per_second"),
    ]),
  );
}

function nameOf({ batch_size, length, dtype, activation_checkpointing }: CostCase): string {
  return `${batch_size} x ${length} ${dtype}${activation_checkpointing ? ", computed again" : ""}`;
}

function measure(model: string, one: CostCase, compute: CostComputing): CostMeasured {
  const part = join(ROOT, "bench", "cost_part.ts");
  const args = [
    "run",
    "-q",
    "-P=bench",
    `--config=${join(ROOT, "deno.json")}`,
    part,
    JSON.stringify({ model, one, compute }),
  ];
  const { status, stdout, stderr } = spawnSync(Deno.execPath(), args, { encoding: "utf8" });
  if (status !== 0) throw new UserError(`Cannot measure ${nameOf(one)}: ${stderr.trim().split("\n").at(-1)}`);
  return JSON.parse(stdout);
}
