/**
 * The machine's options on a command line: which engine, on what, in which precision, in how many processes.
 * @module
 */
import { type Command, Option } from "commander";
import { join } from "node:path";
import { type Dtype, DTYPES, ENGINES } from "../../engine/mod.ts";
import { readPlace, versionsOf } from "../../engine/torch/place.ts";
import { UserError } from "../../errors.ts";
import type { Runtime } from "../../lab/experiment/types.ts";
import { ROOT } from "../../lab/record/paths.ts";
import { choice, positive } from "../values.ts";
import { threadsOption } from "./options.ts";

/** Where `deno task torch install` writes which Python it is. */
export const TORCH_PLACE = join(ROOT, ".lab", "torch.json");

/** As they are parsed. */
export interface RuntimeOptions {
  readonly engine: string;
  readonly device: string;
  readonly threads: number;
  readonly dtype?: Dtype;
  readonly processes?: number;
  readonly nodes?: number;
  readonly microBatch?: number;
  readonly activationCheckpointing?: true;
}

export function withRuntimeOptions(to: Command): Command {
  return to
    .option(
      "--engine <name>",
      `${ENGINES.join(", ")} (PyTorch, see "deno task torch")`,
      choice("engine", ENGINES),
      ENGINES[0],
    )
    .option("--device <name>", "cpu, webgpu or cuda", "cpu")
    .addOption(threadsOption())
    .addOption(
      new Option("--dtype <name>", `${DTYPES.join(", ")}: of products, with --engine torch`)
        .argParser(choice("dtype", DTYPES)),
    )
    .addOption(
      new Option("--processes <n>", "processes that train and answer together, with --engine torch")
        .argParser(positive("--processes")),
    )
    .addOption(
      new Option("--micro-batch <n>", "examples that a process takes at a time, with --engine torch")
        .argParser(positive("--micro-batch")),
    )
    .option(
      "--activation-checkpointing",
      "compute activations again in place of keeping them, with --engine torch",
    );
}

/** @throws {UserError} for options that the engine does not have, or an engine that is not here */
export function runtimeOf(options: RuntimeOptions): Runtime {
  const runtime = plannedRuntime(options);
  if (runtime.engine !== "torch" || runtime.program !== undefined) return runtime;
  throw new UserError('Cannot use --engine torch: PyTorch is not installed; run "deno task torch install"');
}

/** The same where the engine need not be here. @throws {UserError} for options that it does not have */
export function plannedRuntime(
  { engine, device, threads, dtype, processes, nodes, microBatch: micro_batch, activationCheckpointing }:
    RuntimeOptions,
): Runtime {
  const own = { engine, device, threads };
  if (engine !== "torch") {
    const given = Object.entries({
      "--dtype": dtype,
      "--processes": processes,
      "--nodes": nodes,
      "--micro-batch": micro_batch,
      "--activation-checkpointing": activationCheckpointing,
    });
    const stranger = given.find(([, value]) => value !== undefined);
    if (stranger === undefined) return own;
    throw new UserError(`Cannot use ${stranger[0]} with --engine ${engine}: only --engine torch has it`);
  }
  if (device === "webgpu") {
    throw new UserError("Cannot use --device webgpu with --engine torch: it knows cpu and cuda");
  }
  if (nodes !== undefined && (processes ?? 1) % nodes !== 0) {
    throw new UserError(
      `Cannot spread ${
        processes ?? 1
      } processes over ${nodes} nodes: give --processes as a multiple of --nodes`,
    );
  }
  const place = readPlace(TORCH_PLACE);
  return {
    ...own,
    ...(place === null ? {} : { program: place.program, packages: versionsOf(place) }),
    // What is the default is the same run as without the option.
    ...(dtype === undefined || dtype === "float32" ? {} : { dtype }),
    ...(processes === undefined || processes === 1 ? {} : { processes }),
    ...(nodes === undefined || nodes === 1 ? {} : { nodes }),
    ...(micro_batch === undefined ? {} : { micro_batch }),
    ...(activationCheckpointing === undefined ? {} : { activation_checkpointing: true }),
  };
}
