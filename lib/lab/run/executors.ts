/**
 * Where runs can be done, by name.
 * @module
 */
import { didYouMean, UserError } from "../../errors.ts";
import type { Executor } from "./executor.ts";
import { localExecutor } from "./local.ts";

const BY_NAME: Readonly<Record<string, () => Executor>> = { local: localExecutor };

/** Their names; the first is the default. */
export const EXECUTORS: readonly string[] = Object.keys(BY_NAME);

/** An executor for one start of the lab. @throws {UserError} naming those that there are */
export function openExecutor(name: string = EXECUTORS[0]!): Executor {
  const open = BY_NAME[name];
  if (open !== undefined) return open();
  throw new UserError(`Unknown executor "${name}": ${didYouMean(name, EXECUTORS)}`);
}
