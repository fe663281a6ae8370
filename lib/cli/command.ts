/**
 * Command lines, read with commander: mistakes are `UserError`s that name the nearest valid choice.
 * @module
 */
import { capitalised } from "../format.ts";
import { Command, CommanderError, type OptionValues } from "commander";
import { didYouMean, UserError } from "../errors.ts";
import { print } from "./terminal/print.ts";

/** What a command line said; undefined after `--help`, which has been answered. */
export interface Parsed<O> {
  readonly args: readonly string[];
  readonly options: O;
}

/** Commander says what is wrong through these two methods, to the command in which it is wrong. */
class StrictCommand extends Command {
  override createCommand(name?: string): Command {
    return new StrictCommand(name);
  }

  override error(message: string, { code }: { code?: string } = {}): never {
    throw new UserError(mistake(this, message, code));
  }

  override help(context?: { error: boolean } | ((text: string) => string)): never {
    if (typeof context !== "object" || !context.error) return super.help();
    throw new UserError(`Cannot run "${this.name()}": name one of its commands: ${namesIn(this).join(", ")}`);
  }
}

/** A command whose errors are `UserError`s; so are those of its subcommands. */
export function command(name: string, description: string): Command {
  return new StrictCommand(name).description(description).exitOverride().showSuggestionAfterError(false)
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
    if (!isAnswered(error)) throw error;
  }
}

/** Runs the action that the command line names. @throws {UserError} as `parse`, and what the action throws */
export async function act(program: Command, args: readonly string[]): Promise<void> {
  try {
    await program.parseAsync([...args], { from: "user" });
  } catch (error) {
    if (!isAnswered(error)) throw error;
  }
}

/** Whether help was asked for and given. */
function isAnswered(error: unknown): boolean {
  return error instanceof CommanderError && error.exitCode === 0;
}

function mistake(at: Command, message: string, code?: string): string {
  const named = message.match(/'(.*)'/s)?.[1] ?? "";
  if (code === "commander.unknownOption") return unknownOption(at, named);
  if (code === "commander.missingMandatoryOptionValue") {
    // Commander looks for what is missing first, and would hide a misspelt name.
    const misspelt = at.args.find((arg) => /^-./.test(arg));
    return misspelt === undefined ? `Required option "${named}" is missing` : unknownOption(at, misspelt);
  }
  if (code === "commander.unknownCommand") return unknownCommand(at);
  if (code === "commander.excessArguments") {
    return at.commands.length > 0 ? unknownCommand(at) : excessArgument(at);
  }
  return capitalised(message.replace(/^error: /, "").split("\n")[0]!.replaceAll("'", '"'));
}

function unknownOption(at: Command, name: string): string {
  const valid = at.createHelp().visibleOptions(at).map(({ long, flags }) => long ?? flags);
  return `Unknown option "${name}": ${didYouMean(name, valid)}`;
}

function unknownCommand(at: Command): string {
  return `Unknown command "${at.args[0]}": ${didYouMean(at.args[0]!, namesIn(at))}`;
}

function namesIn(at: Command): string[] {
  return at.commands.map((each) => each.name());
}

function excessArgument(at: Command): string {
  const named = at.registeredArguments.map((each) => `<${each.name()}>`);
  const taken = named.length === 0 ? "options only" : named.join(" ");
  return `Unknown argument "${at.args[named.length]}": "${at.name()}" takes ${taken}`;
}
