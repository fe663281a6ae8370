/**
 * Where tests find the real data sets: `LINGUALIFT_DATA`, else ../shared/data beside the project.
 * @module
 */
import { exists } from "../../lib/files.ts";

/** The path of a file of the real data, or undefined (with a printed reason) when it is not here. */
export function sharedData(file: string): string | undefined {
  const path = `${Deno.env.get("LINGUALIFT_DATA") ?? "../shared/data"}/${file}`;
  if (exists(path)) return path;
  Deno.stderr.writeSync(new TextEncoder().encode(`skipped: no "${path}" (set LINGUALIFT_DATA)\n`));
  return undefined;
}
