/**
 * The file of an induced lexicon, apart from its making (`induce.ts`): who reads it does not depend on how
 * it was made.
 * @module
 */
import { join } from "node:path";
import { writeFileAtomic } from "../../files.ts";
import { type Lexicon, lexiconFrom } from "../../text/lexicon.ts";

/** By language: English words, each with its translation. */
export type Induced = Readonly<Record<string, readonly (readonly [english: string, translation: string])[]>>;

const FILE = "lexicon.json";

export function writeInduced(dir: string, induced: Induced): void {
  writeFileAtomic(join(dir, FILE), JSON.stringify(induced));
}

/** The lexicons in a folder by language; numbers are in none. */
export function readInduced(dir: string): ReadonlyMap<string, Lexicon> {
  const induced: Induced = JSON.parse(Deno.readTextFileSync(join(dir, FILE)));
  return new Map(Object.entries(induced).map(([code, pairs]) => [code, lexiconFrom(code, pairs, "induced")]));
}
