/**
 * `--plan` of real models: what each step takes in memory, hours and disk, before any model or data need be here.
 * @module
 */
import type { Runtime, StepCost } from "../../lab/experiment/types.ts";
import { chosenVariants, type Selection, worldOf } from "../../lab/plan/decide.ts";
import { resolve } from "../../lab/plan/resolve.ts";
import { print } from "../terminal/print.ts";
import { duration } from "../terminal/duration.ts";
import { costsOf, deviceOf, gib, onCard } from "./costs.ts";

/** Prints them, a block a row of each experiment; nothing where all models are the lab's own. */
export function printCosts(selection: Selection, card?: string): void {
  const { found, scale, data, models } = selection;
  const runtime = onCard(selection.runtime, card);
  const device = deviceOf(runtime, card);
  if (device === undefined) return;
  for (const { experiment } of found) {
    const spec = { world: worldOf(experiment, selection), data, models, runtime };
    const rows = chosenVariants(selection, experiment).map((name) => {
      const resolved = resolve(experiment, name, scale, spec.world);
      return { name, costs: costsOf({ experiment, resolved, spec }, card) };
    });
    if (rows.every(({ costs }) => costs.length === 0)) continue;
    print(`${experiment.id} at scale ${scale} on ${machine(runtime, device.name)}, about:`);
    for (const { name, costs } of rows) {
      print(`  ${name}`);
      costs.forEach((cost) => print(`    ${line(cost, device.bytes)}`));
    }
    const all = rows.flatMap(({ costs }) => costs);
    const largest = Math.max(...all.map(({ bytes }) => bytes));
    print(
      `  All rows, what they share counted in each: ${time(sum(all, "seconds"))}, ${
        disk(sum(all, "disk_bytes"))
      } on disk and ${disk(Math.max(...all.map(({ scratch_bytes }) => scratch_bytes)))} for checkpoints; ${
        largest > device.bytes ? "DOES NOT FIT: a step" : "the largest step"
      } takes ${gib(largest)} of ${gib(device.bytes)}${largest > device.bytes ? ADVICE : ""}`,
    );
  }
}

const ADVICE = "; lower --micro-batch, take --activation-checkpointing or more --processes";

function machine(
  { processes = 1, dtype = "float32", micro_batch, activation_checkpointing }: Runtime,
  name: string,
): string {
  const rows = micro_batch === undefined ? "" : `, micro-batches of ${micro_batch}`;
  return `${processes} x ${name}, ${dtype}${rows}${
    activation_checkpointing ? ", activations computed again" : ""
  }`;
}

function line({ step, bytes, seconds, disk_bytes, scratch_bytes }: StepCost, room: number): string {
  const memory = `${gib(bytes).padStart(10)}${bytes > room ? " DOES NOT FIT" : ""}`;
  const kept = disk_bytes === 0 ? "" : `, leaves ${disk(disk_bytes)}`;
  const while_ = scratch_bytes === 0 ? "" : `, checkpoints ${disk(scratch_bytes)}`;
  return `${step.padEnd(24)}${memory}, ${time(seconds)}${kept}${while_}`;
}

function time(seconds: number): string {
  return Number.isFinite(seconds) ? duration(seconds) : "time unknown on this device";
}

function disk(bytes: number): string {
  return bytes >= 1e9 ? `${(bytes / 1e9).toFixed(1)} GB` : `${(bytes / 1e6).toFixed(0)} MB`;
}

function sum(costs: readonly StepCost[], field: "seconds" | "disk_bytes"): number {
  return costs.reduce((total, cost) => total + cost[field], 0);
}
