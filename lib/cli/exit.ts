/**
 * How commands end: the one map from errors to exit codes.
 *
 * | code | when |
 * |--:|---|
 * | 0 | done |
 * | 1 | the command's own "no": a failed run, a regression, a stale report |
 * | 2 | wrong arguments, bad input, a machine that does not allow what was asked |
 * | 70 | a bug in the lab: its stack is printed |
 * | 130 | interrupted |
 * | 141 | whoever read the output closed it, as when SIGPIPE ends a program: a cut-off answer never counts as a pass |
 *
 * @module
 */
import { UserError } from "../errors.ts";
import { ClosedOutput, tell } from "./print.ts";

/**
 * Runs a command and ends the process; an error that a person can act on becomes one line on standard error. `bug` is
 * for a command whose caller knows another code for errors of the lab itself.
 */
export async function exitWith(
  entry: () => number | Promise<number>,
  { bug = 70 }: { bug?: number } = {},
): Promise<never> {
  try {
    Deno.exit(await entry());
  } catch (error) {
    const { code, text } = endOf(error, bug);
    sayLast(text);
    Deno.exit(code);
  }
}

function endOf(error: unknown, bug: number): { code: number; text: string } {
  if (error instanceof ClosedOutput) return { code: 141, text: "" };
  if (error instanceof UserError) return { code: error.exitCode, text: error.message };
  if (error instanceof Deno.errors.NotCapable) {
    const advice = "What each task may do stands in deno.json; name a path that it may use";
    return { code: 2, text: `Not permitted: ${refusal(error)}. ${advice}` };
  }
  return { code: bug, text: error instanceof Error ? error.stack ?? error.message : String(error) };
}

/** The exit code tells the rest when standard error is closed, too. */
function sayLast(text: string): void {
  try {
    if (text !== "") tell(text);
  } catch (error) {
    if (!(error instanceof ClosedOutput)) throw error;
  }
}

/** "requires write access to "/x"", without Deno's advice to allow more. */
function refusal({ message }: Error): string {
  return message.replace(/, run again with .*$/s, "").replace(/^R/, "r");
}
