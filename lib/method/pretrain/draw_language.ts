/**
 * Draws languages by their resource level, as the shares of a recipe say.
 * @module
 */
import { UserError } from "../../errors.ts";
import type { Stream } from "../../random.ts";
import type { Level } from "../../world/table.ts";

/** How often a language of each level is drawn beside one of another. */
export type ByLevel = Readonly<Record<Level, number>>;

/**
 * A draw of one of `languages`; those of one level are equally likely.
 * @throws {UserError} when no language is left to draw; `field` is named.
 */
export function languageDraw(
  languages: readonly { readonly code: string; readonly level: Level }[],
  byLevel: ByLevel,
  field: string,
): (s: Stream) => string {
  const drawn = languages.filter(({ level }) => byLevel[level] > 0);
  const total = drawn.reduce((sum, { level }) => sum + byLevel[level], 0);
  const last = drawn.at(-1);
  if (last === undefined) {
    throw new UserError(`Cannot draw a language by ${field}: every share is 0; give one level more`);
  }
  return (s) => {
    let left = s.uniform() * total;
    const found = drawn.find(({ level }) => (left -= byLevel[level]) < 0);
    return (found ?? last).code;
  };
}
