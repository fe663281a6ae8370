/**
 * Command-line options, read with commander; mistakes become one line that names the nearest valid choice.
 * @module
 */
import { Command, CommanderError, type OptionValues } from "commander";
import { didYouMean, UserError } from "../../errors.ts";
import { SCALES } from "../types.ts";
import { print } from "./terminal.ts";

/** What a command line said; undefined after `--help`, which has been answered. */
export interface Parsed<O> {
  readonly args: readonly string[];
  readonly options: O;
}

/** A command whose errors are `UserError`s. */
export function command(name: string, description: string): Command {
  return new Command(name).description(description).exitOverride().allowExcessArguments(true)
    .configureOutput({
      writeErr: () => {},
      writeOut: print,
      // Asked of the environment otherwise, which not every task may read.
      getOutHasColors: () => false,
      getErrHasColors: () => false,
    });
}

/** @throws {UserError} for an unknown option, a missing value, a value that does not parse. */
export function parse<O extends OptionValues>(
  program: Command,
  args: readonly string[],
): Parsed<O> | undefined {
  try {
    program.parse([...args], { from: "user" });
    return { args: program.args, options: program.opts<O>() };
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return undefined;
    const unknown = error.code === "commander.unknownOption"
      ? error.message.match(/'([^']+)'/)?.[1]
      : undefined;
    const valid = program.options.map((option) => option.long ?? option.flags);
    const text = unknown !== undefined
      ? `Unknown option "${unknown}": ${didYouMean(unknown, valid)}`
      : capital(error.message.replace(/^error: /, "").split("\n")[0]);
    throw new UserError(text, { cause: error });
  }
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** One of a fixed choice. */
export function choice<T extends string>(what: string, valid: readonly T[]): (text: string) => T {
  return function parseChoice(text) {
    const found = valid.find((each) => each === text);
    if (found !== undefined) return found;
    throw new UserError(`Unknown ${what} "${text}": ${didYouMean(text, valid)}`);
  };
}

export const scaleOption = choice("scale", SCALES);

/** A whole number of at least one. */
export function positive(what: string): (text: string) => number {
  return function parsePositive(text) {
    if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
    throw new UserError(`Cannot use "${text}" for ${what}: expected a whole number from 1`);
  };
}

/** "3" is seeds 1 to 3, "1,2,5" is a list, "4-6" a range. A count of three digits is refused: it is a seed meant as one. */
export function seedsOption(text: string): number[] {
  const range = text.match(/^(\d{1,9})-(\d{1,9})$/);
  const span = (from: number, to: number): number[] =>
    Array.from({ length: to - from + 1 }, (_, at) => from + at);
  if (/^[1-9]\d?$/.test(text)) return span(1, Number(text));
  if (/^[1-9]\d{2,3}$/.test(text)) {
    throw new UserError(
      `Cannot use "${text}" for --seeds: a single number is a count of seeds; for the seed ${text} write "${text},", ` +
        `for as many seeds "1-${text}"`,
    );
  }
  if (/^\d{1,9}(,\d{1,9})+,?$|^\d{1,9},$/.test(text)) {
    return [...new Set(text.split(",").filter((part) => part !== "").map(Number))].sort((a, b) => a - b);
  }
  if (range) {
    const [from, to] = [Number(range[1]), Number(range[2])];
    if (from <= to && to - from < 10_000) return span(from, to);
  }
  throw new UserError(
    `Cannot use "${text}" for --seeds: expected a count ("3" is 1, 2, 3), a list ("1,2,5") or a range ("4-6")`,
  );
}

/** Collects an option given several times. */
export function collect(text: string, before: readonly string[]): string[] {
  return [...before, text];
}
