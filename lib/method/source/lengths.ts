/**
 * Pairs kept to a length: the same texts for every system, since length is counted in characters and not in a model's
 * tokens.
 * @module
 */
import { UserError } from "../../errors.ts";
import type { Limits, Pair } from "./source.ts";

/** How often `examples` are drawn before a limit counts as too low. */
const ROUNDS = 100;

/**
 * The first `examples` pairs of an endless sequence that are within `max_chars`.
 * @param draw pairs `from` to `from + count`
 * @throws {UserError} when too few of what is drawn are
 */
export function shortEnough<T extends Pick<Pair, "source" | "target">>(
  { examples, max_chars }: Limits,
  draw: (from: number, count: number) => readonly T[],
): T[] {
  if (max_chars === null || examples === 0) return [...draw(0, examples)];
  const kept: T[] = [];
  for (let round = 0; kept.length < examples; round++) {
    if (round === ROUNDS) {
      throw new UserError(
        `Cannot draw ${examples} examples of at most ${max_chars} characters: of ${ROUNDS * examples} only ` +
          `${kept.length} are; raise max_chars`,
      );
    }
    const drawn = draw(round * examples, examples);
    // Not spread: a million arguments are more than a call takes.
    for (const one of drawn) if (one.source.length + one.target.length <= max_chars) kept.push(one);
  }
  return kept.slice(0, examples);
}
