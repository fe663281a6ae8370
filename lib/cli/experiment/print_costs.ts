/**
 * `--plan` of real models: what each step takes in memory, hours and disk, before any model or data need be here.
 * @module
 */
import type { Runtime, StepCost } from "../../lab/experiment/types.ts";
import type { Selection } from "../../lab/plan/decide.ts";
import { resolve, variantNames } from "../../lab/plan/resolve.ts";
import { print } from "../terminal/print.ts";
import { duration } from "../terminal/duration.ts";
import { gib } from "./jobs.ts";
import { placeOf } from "./place.ts";

/** Prints them, a block a row of each experiment; nothing where all models are the lab's own. */
export function printCosts(
  { found, variants, scale, world, data, models, runtime: here }: Selection,
  card?: string,
): void {
  // On a card it is PyTorch that trains, whichever engine is named.
  const runtime = card === undefined ? here : { ...here, engine: "torch", device: "cuda" };
  for (const { experiment } of found) {
    const { method: { worldAt, worlds } } = experiment;
    const where = { world: world ?? worldAt?.[scale] ?? worlds[0], data, models };
    const place = placeOf(runtime, experiment.benchmarks, card);
    if (place === undefined) continue;
    const names = variantNames(experiment).filter((name) => variants.length === 0 || variants.includes(name));
    const rows = names.map((name) => {
      const { method, recipe } = resolve(experiment, name, scale, where.world);
      return { name, costs: method.costs?.(recipe, where, place) ?? [] };
    });
    if (rows.every(({ costs }) => costs.length === 0)) continue;
    print(`${experiment.id} at scale ${scale} on ${machine(runtime, place.device.name)}, about:`);
    for (const { name, costs } of rows) {
      print(`  ${name}`);
      costs.forEach((cost) => print(`    ${line(cost, place.device.bytes)}`));
    }
    const all = rows.flatMap(({ costs }) => costs);
    const largest = Math.max(...all.map(({ bytes }) => bytes));
    print(
      `  All rows, what they share counted in each: ${time(sum(all, "seconds"))}, ${
        disk(sum(all, "disk_bytes"))
      } on disk and ${disk(Math.max(...all.map(({ scratch_bytes }) => scratch_bytes)))} for checkpoints; ${
        largest > place.device.bytes ? "DOES NOT FIT: a step" : "the largest step"
      } takes ${gib(largest)} of ${gib(place.device.bytes)}${largest > place.device.bytes ? ADVICE : ""}`,
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
