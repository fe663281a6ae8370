/**
 * Errors that a person can act on. The command line prints a `UserError` as one line and exits with its code; any
 * other error is a bug in the lab and keeps its stack.
 * @module
 */
import { distance } from "fastest-levenshtein";

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
 * The sentence that follows "Unknown x": the nearest valid name, if one is near enough to be what was meant, and the
 * whole choice.
 *
 * @example
 * ```ts
 * import { didYouMean } from "./errors.ts";
 * import { strictEqual } from "node:assert";
 * strictEqual(didYouMean("smoek", ["smoke", "micro"]), 'did you mean "smoke"? Valid: micro, smoke');
 * strictEqual(didYouMean("gigantic", ["smoke", "micro"]), "choose from micro, smoke");
 * ```
 */
export function didYouMean(name: string, valid: readonly string[]): string {
  if (valid.length === 0) return "there is nothing to choose from";
  const near = nearest(name, valid);
  const all = [...valid].sort().join(", ");
  return near === undefined ? `choose from ${all}` : `did you mean "${near}"? Valid: ${all}`;
}

/** Two names are near when at most this share of the longer one differs. */
const NEAR = 0.4;

/** The nearest of these names, or undefined when none is near: another word is no misspelling. */
export function nearest(name: string, valid: readonly string[]): string | undefined {
  const asked = plain(name);
  const ranked = valid.map((each) => ({ each, far: farness(asked, plain(each)) }))
    .sort((a, b) => a.far - b.far);
  return ranked.length > 0 && ranked[0]!.far <= NEAR ? ranked[0]!.each : undefined;
}

/**
 * Share of the longer name that differs. One letter is near whatever its share ("jp" and "ja"), so are letters in
 * another order; the beginning of a long name counts as the name.
 */
function farness(asked: string, valid: string): number {
  const longer = Math.max(asked.length, valid.length);
  const letters = distance(asked, valid);
  const isShuffled = [...asked].sort().join("") === [...valid].sort().join("");
  const share = letters / Math.max(longer, 1);
  const far = isShuffled || (letters === 1 && longer > 1) ? Math.min(share, NEAR) : share;
  return asked.length < 4 ? far : Math.min(far, distance(asked, valid.slice(0, asked.length)) / asked.length);
}

/** A name without case and without an option's dashes. */
function plain(name: string): string {
  return name.toLowerCase().replace(/^--?/, "");
}
