/**
 * A first mapping from the words that both languages write alike: numerals, names, loans (MUSE's `--dico_train
 * identical_char`, `src/dico_builder.py`).
 * @module
 */
import { UserError } from "../../errors.ts";
import type { Pairs } from "./csls.ts";
import type { WordVectors } from "./word_vectors.ts";

/** @throws {UserError} when no word is written alike */
export function identicalPairs(source: WordVectors, target: WordVectors): Pairs {
  const theirs = new Map(target.words.map((word, id) => [word, id]));
  const pairs = source.words.flatMap((word, id) => {
    const same = theirs.get(word);
    return same === undefined ? [] : [[id, same] as const];
  });
  if (pairs.length > 0) return pairs;
  throw new UserError(
    "Cannot start from identical words: the two languages write none alike; take another start",
  );
}
