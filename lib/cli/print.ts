/**
 * What commands write: results to standard output, everything said about them to standard error.
 * @module
 */
import { writeAll } from "../files.ts";

/** Whoever read this command's output has seen enough (`| head`) or is gone. */
export class ClosedOutput extends Error {
  override name = "ClosedOutput";
}

/** Writes a result. @throws {ClosedOutput} when no one reads it */
export function print(text: string): void {
  writeText(Deno.stdout, text.endsWith("\n") ? text : `${text}\n`);
}

/** Writes a line to standard error. @throws {ClosedOutput} when no one reads it */
export function tell(text: string): void {
  writeText(Deno.stderr, `${text}\n`);
}

function writeText(to: { writeSync(data: Uint8Array): number }, text: string): void {
  try {
    writeAll(to, new TextEncoder().encode(text));
  } catch (error) {
    if (!(error instanceof Deno.errors.BrokenPipe)) throw error;
    throw new ClosedOutput("Cannot write: the output was closed", { cause: error });
  }
}
