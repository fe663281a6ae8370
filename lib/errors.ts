/**
 * Errors that a person can act on. The command line prints a `UserError` as one line and exits with its code; any
 * other error is a bug in the lab and keeps its stack.
 * @module
 */
import { closest } from "fastest-levenshtein";

/** A mistake in the input (arguments, recipe, data, checkpoint, machine), worded so that the reader can fix it. */
export class UserError extends Error {
  override name = "UserError";
  /** Process exit code: 2 for bad input (the default). */
  readonly exitCode: number;

  constructor(message: string, options: ErrorOptions & { exitCode?: number } = {}) {
    super(message, options);
    this.exitCode = options.exitCode ?? 2;
  }
}

/**
 * The sentence that follows "Unknown x": the nearest valid name and the whole choice.
 *
 * @example
 * ```ts
 * import { didYouMean } from "./errors.ts";
 * import { strictEqual } from "node:assert";
 * strictEqual(didYouMean("smoek", ["smoke", "micro"]), 'did you mean "smoke"? Valid: micro, smoke');
 * ```
 */
export function didYouMean(name: string, valid: readonly string[]): string {
  if (valid.length === 0) return "there is nothing to choose from";
  return `did you mean "${closest(name, [...valid])}"? Valid: ${[...valid].sort().join(", ")}`;
}
