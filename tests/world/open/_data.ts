/**
 * The folder of real data, if there is one: `LINGUALIFT_DATA`, else `../shared/data` beside the repository; and what tests
 * of loaders share.
 * @module
 */
import { match, ok, throws } from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { UserError } from "../../../lib/errors.ts";
import { exists } from "../../../lib/files.ts";
import type { Source } from "../../../lib/world/open/read.ts";

const beside = fileURLToPath(new URL("../../../../shared/data", import.meta.url));
const folder = Deno.env.get("LINGUALIFT_DATA") ?? beside;

/** Path of the data folder; undefined when there is none. */
export const dataFolder: string | undefined = exists(folder) ? folder : undefined;

if (dataFolder === undefined) {
  Deno.stderr.writeSync(
    new TextEncoder().encode(`skipped: tests on real data (no folder "${folder}"; set LINGUALIFT_DATA)\n`),
  );
}

/** A test that needs the data folder; ignored where there is none. */
export function dataTest(name: string, run: (folder: string) => void | Promise<void>): void {
  Deno.test({ name, ignore: dataFolder === undefined, fn: () => run(dataFolder!) });
}

/** A file made of text or bytes. */
export function source(content: string | Uint8Array, path = "data/file"): Source {
  return { path, bytes: typeof content === "string" ? new TextEncoder().encode(content) : content };
}

/** Asserts a UserError whose message fits. */
export function refuses(run: () => unknown, message: RegExp): void {
  throws(run, (error) => {
    ok(error instanceof UserError, String(error));
    match(error.message, message);
    return true;
  });
}
