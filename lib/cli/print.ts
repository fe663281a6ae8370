/**
 * What commands write: results to standard output, everything said about them to standard error.
 * @module
 */
import { asUserError } from "../os_errors.ts";

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
  const data = new TextEncoder().encode(text);
  for (let at = 0; at < data.length;) {
    try {
      at += to.writeSync(data.subarray(at));
    } catch (error) {
      if (error instanceof Deno.errors.BrokenPipe) {
        throw new ClosedOutput(`Cannot write ${name}: no one reads it`, { cause: error });
      }
      // A program that shares the terminal or pipe may have made it one that does not wait.
      if (!(error instanceof Deno.errors.WouldBlock)) throw asUserError(error, name);
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10);
    }
  }
}
