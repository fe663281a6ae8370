/**
 * `deno task regress`: the gate for CI. Exit code 0 pass, 1 regression or missing, 2 error, 3 nothing to compare with.
 * @module
 */
import { command, parse } from "./command.ts";
import { exitWith } from "./exit.ts";
import { print } from "./terminal/print.ts";
import { scaleOption } from "./experiment/options.ts";
import { describeRegress } from "../report/gate/print.ts";
import { regress, updateBaselines } from "../report/gate/regress.ts";

interface Options {
  readonly store: string;
  readonly reports: string;
  readonly scale?: string;
  readonly world?: string;
  readonly exact?: true;
  readonly update?: true;
  readonly json?: true;
}

/** @returns the exit code. */
export async function regressMain(args: readonly string[]): Promise<number> {
  const program = command("regress", "Compares the store with the committed baselines")
    .argument("[experiments...]", "only these; one that was not run then fails")
    .option("--store <file>", "the store", ".lab/lab.duckdb")
    .option("--reports <folder>", "folder of baselines and tables", "reports")
    .option("--scale <scale>", "only this scale", scaleOption)
    .option("--world <world>", "only this world")
    .option("--exact", "any flipped answer fails: for runs that repeat byte for byte")
    .option("--update", "accept what the store holds: write baselines and tables")
    .option("--json", "print the result as JSON");
  const parsed = parse<Options>(program, args);
  if (!parsed) return 0;
  const { update, json, ...options } = parsed.options;
  const asked = { ...options, experiments: parsed.args };
  if (update) {
    const written = await updateBaselines(asked);
    print(json ? JSON.stringify({ written }) : written.map((path) => `Wrote ${path}`).join("\n"));
    return 0;
  }
  const result = await regress(asked);
  print(json ? JSON.stringify(result) : describeRegress(result));
  return result.code;
}

// To a CI script an error of the gate is still "error", never a regression.
if (import.meta.main) await exitWith(() => regressMain(Deno.args), { bug: 2 });
