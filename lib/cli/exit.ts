/**
 * How commands end: the one map from errors to exit codes. README.md lists the codes.
 * @module
 */
import { UserError } from "../errors.ts";
import { asUserError } from "../os_errors.ts";
import { ClosedOutput, tell } from "./terminal/print.ts";

/**
 * Runs a command and ends the process; an error that a person can act on becomes one line on standard error. `bug` is
 * for a command whose caller knows another code for errors of the lab itself.
 */
export async function exitWith(
  entry: () => number | Promise<number>,
  { bug = 70 }: { bug?: number } = {},
): Promise<never> {
  // What a timer or a promise of its own throws ends the command in the same way.
  globalThis.addEventListener("error", (event) => fail(event.error, bug));
  globalThis.addEventListener("unhandledrejection", (event) => fail(event.reason, bug));
  try {
    Deno.exit(await entry());
  } catch (error) {
    fail(error, bug);
  }
}

function fail(error: unknown, bug: number): never {
  const { code, text } = endOf(error, bug);
  sayLast(text);
  Deno.exit(code);
}

function endOf(error: unknown, bug: number): { code: number; text: string } {
  if (error instanceof ClosedOutput) return { code: 141, text: "" };
  const known = asUserError(error);
  if (known instanceof UserError) return { code: known.exitCode, text: known.message };
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
