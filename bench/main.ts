/**
 * `deno task bench engine|lab`: measures what the project promises about its speed, and prints it as a table or, with
 * `--json`, as JSON. Progress goes to stderr.
 * @module
 */
import { Command, InvalidArgumentError } from "commander";
import { argv } from "node:process";
import { didYouMean } from "../lib/errors.ts";
import { benchEngine, type Part, PARTS } from "./engine.ts";
import { benchLab } from "./lab.ts";

const program = new Command("bench").description("Measure what the project promises about its speed");
program.command("engine")
  .description("training and decoding beside PyTorch, tfjs and jax-js; session, memory, scaling, profile")
  .option("--json", "print JSON", false)
  .option("--rounds <n>", "rounds of each comparison", count, 9)
  .option("--only <parts>", `comma-separated: ${PARTS.join(", ")}`, partsOf, [])
  .action(async ({ json, rounds, only }) => {
    write(
      Deno.stdout,
      await benchEngine({ json, rounds, parts: only, report: (line) => write(Deno.stderr, line) }),
    );
  });
program.command("lab")
  .description("a second start, the ingest of answers and the report, over 10, 100 and 1,000 finished runs")
  .option("--json", "print JSON", false)
  .option("--sizes <runs>", "comma-separated numbers of runs", sizesOf, [10, 100, 1000])
  .option("--no-report", "leave the report out")
  .action(async ({ json, sizes, report: withReport }) => {
    const report = (line: string): void => write(Deno.stderr, line);
    write(Deno.stdout, await benchLab({ json, sizes, withReport, report }));
  });
await program.parseAsync(argv);

function count(text: string): number {
  if (!/^[1-9]\d*$/.test(text)) throw new InvalidArgumentError("Give a whole number from 1 on");
  return Number(text);
}

function sizesOf(text: string): number[] {
  return text.split(",").map(count);
}

function partsOf(text: string): Part[] {
  return text.split(",").map((name) => {
    const part = PARTS.find((known) => known === name);
    if (part === undefined) {
      throw new InvalidArgumentError(`Unknown part "${name}": ${didYouMean(name, PARTS)}`);
    }
    return part;
  });
}

function write(stream: { writeSync(data: Uint8Array): number }, text: string): void {
  const bytes = new TextEncoder().encode(text + "\n");
  for (let at = 0; at < bytes.length;) at += stream.writeSync(bytes.subarray(at));
}
