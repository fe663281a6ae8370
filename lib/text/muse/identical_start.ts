/**
 * A first mapping from the words that both languages write alike: numerals, names, loans (MUSE's `--dico_train
 * identical_char`, `src/dico_builder.py`).
 * @module
 */
import type { Pairs } from "./csls.ts";
import type { WordVectors } from "./word_vectors.ts";

/** The words that both languages write alike; none where they share no script. */
export function identicalPairs(source: WordVectors, target: WordVectors): Pairs {
  const theirs = new Map(target.words.map((word, id) => [word, id]));
  return source.words.flatMap((word, id) => {
    const same = theirs.get(word);
    return same === undefined ? [] : [[id, same] as const];
  });
}
