/**
 * `deno task bench engine|lab|cost`: measures what the project promises about its speed, and prints it as a table or, with
 * `--json`, as JSON. Progress goes to stderr.
 * @module
 */
import { resolve } from "node:path";
import { labPaths } from "../lib/lab/record/paths.ts";
import { act, command } from "../lib/cli/command.ts";
import { ENGINES } from "../lib/engine/mod.ts";
import { exitWith } from "../lib/cli/exit.ts";
import { print, tell } from "../lib/cli/terminal/print.ts";
import { choice, listOf, positive } from "../lib/cli/values.ts";
import { benchCost } from "./cost.ts";
import { benchEngine, PARTS } from "./engine.ts";
import { benchExecutor } from "./executor.ts";
import { benchLab } from "./lab.ts";
import { stepTimes } from "./step_times.ts";

const program = command("bench", "Measure what the project promises about its speed");
program.command("engine")
  .description("training and decoding beside PyTorch, tfjs and jax-js; session, memory, scaling, profile")
  .option("--json", "print JSON", false)
  .option("--rounds <n>", "rounds of each comparison", positive("--rounds"), 9)
  .option("--only <parts>", `comma-separated: ${PARTS.join(", ")}`, listOf(choice("part", PARTS)), [])
  .action(async ({ json, rounds, only }) => {
    print(await benchEngine({ json, rounds, parts: only, report: tell }));
  });
program.command("lab")
  .description("a second start, the ingest of answers and the report, over 10, 100 and 1,000 finished runs")
  .option("--json", "print JSON", false)
  .option("--sizes <runs>", "comma-separated numbers of runs", listOf(positive("--sizes")), [10, 100, 1000])
  .option("--no-report", "leave the report out")
  .option("--queue", "instead: as many runs through a queue, from planning to the report", false)
  .option("--steps <store>", "instead: where the time of this store's runs went, by step and experiment")
  .action(async ({ json, sizes, report: withReport, queue, steps }) => {
    if (queue) print(await benchExecutor({ json, sizes, report: tell }));
    else if (steps === undefined) print(await benchLab({ json, sizes, withReport, report: tell }));
    else print(stepTimes(labPaths(resolve(steps)), json));
  });

program.command("cost")
  .description("memory and time of a real model's trainings, beside what --plan foretells")
  .option("--json", "print JSON", false)
  .option("--engine <name>", ENGINES.join(" or "), choice("engine", ENGINES), "torch")
  .option("--model <folder>", "an LLM's folder", "models/SmolLM2-135M-Instruct")
  .option("--device <name>", "cpu or cuda", "cpu")
  .option("--threads <n>", "of the processor", positive("--threads"), 1)
  .action(({ json, engine, model, device, threads }) => {
    print(benchCost({ json, engine, model, device, threads, report: tell }));
  });

async function main(args: readonly string[]): Promise<number> {
  await act(program, args);
  return 0;
}

if (import.meta.main) await exitWith(() => main(Deno.args));
