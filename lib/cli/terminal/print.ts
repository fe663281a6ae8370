/**
 * What commands write: results to standard output, everything said about them to standard error.
 * @module
 */
import { UserError } from "../../errors.ts";
import { writeAll } from "../../files.ts";
import { asUserError } from "../../os_errors.ts";

/** Whoever read this command's output has seen enough (`| head`) or is gone. */
export class ClosedOutput extends Error {
  override name = "ClosedOutput";
}

/** Writes a result. @throws {ClosedOutput} when no one reads it */
export function print(text: string): void {
  writeText("standard output", Deno.stdout, text.endsWith("\n") ? text : `${text}\n`);
}

/** Writes a line to standard error. @throws {ClosedOutput} when no one reads it */
export function tell(text: string): void {
  writeText("standard error", Deno.stderr, `${text}\n`);
}

function writeText(name: string, to: { writeSync(data: Uint8Array): number }, text: string): void {
  try {
    writeAll(to, new TextEncoder().encode(text));
  } catch (error) {
    if (error instanceof Deno.errors.BrokenPipe) {
      throw new ClosedOutput(`Cannot write ${name}: no one reads it`, { cause: error });
    }
    if (error instanceof Deno.errors.WouldBlock) {
      // Deno does not say how much it took, so that what is written again might be there twice.
      throw new UserError(
        `Cannot write ${name}: a program that shares it has set it not to wait for its reader; add "| cat"`,
        { cause: error },
      );
    }
    throw asUserError(error, name);
  }
}
