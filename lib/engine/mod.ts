/**
 * The engines by name. See README.md.
 * @module
 */
export type * from "./engine.ts";
export { DTYPES } from "./engine.ts";
import { didYouMean, UserError } from "../errors.ts";
import type { Engine } from "./engine.ts";
import { onnx } from "./onnx/engine.ts";
import { torch } from "./torch/engine.ts";

const BY_NAME: Readonly<Record<string, Engine>> = { onnx, torch };

/** Their names; the first is the default. */
export const ENGINES: readonly string[] = Object.keys(BY_NAME);

/** The engine of a run. @throws {UserError} naming those that there are */
export function engineOf({ engine }: { readonly engine: string }): Engine {
  const found = BY_NAME[engine];
  if (found !== undefined) return found;
  throw new UserError(`Unknown engine "${engine}": ${didYouMean(engine, ENGINES)}`);
}
