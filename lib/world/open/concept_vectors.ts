/**
 * Loader of fastText vectors of about 840 concepts (Concepticon glosses, one or more words each, 128 numbers): a gloss
 * that two languages share is a pair of translations, so the files are a small gold dictionary with its vectors.
 * @module
 */
import { parse } from "csv-parse/sync";
import * as v from "valibot";
import { UserError } from "../../errors.ts";
import { type DataFolder, dataSet, readFrom } from "./catalog.ts";
import { fail, linesOf, type Source } from "./read.ts";

/** A concept in one language. */
export interface Concept {
  /** What the concept is called, in capitals: "STATUE". */
  readonly gloss: string;
  /** Its words, in the file's order. */
  readonly words: readonly string[];
  readonly vector: readonly number[];
}

const row = v.object({
  CONCEPTICON_GLOSS: v.pipe(v.string(), v.minLength(1)),
  TRANSLATIONS: v.pipe(v.string(), v.parseJson(), v.record(v.string(), v.number())),
  EMBEDDING: v.pipe(v.string(), v.parseJson(), v.array(v.pipe(v.number(), v.finite())), v.minLength(1)),
});

/** The concepts of a language ("en", "es", "ru"), in the file's order. */
export function loadConcepts(folder: DataFolder, language: string): Concept[] {
  const set = dataSet("word_vectors");
  const places = set.parts[language]?.[0] ?? [`${language}_embeddings.csv`];
  return parseConcepts(readFrom(folder, set, places));
}

/** What {@link loadConcepts} does with the file's content. */
function parseConcepts(source: Source): Concept[] {
  let records: unknown[];
  try {
    records = parse(linesOf(source).join("\n"), { columns: true });
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw new UserError(`Cannot read "${source.path}": it is not CSV (${(error as Error).message})`);
  }
  const known = new Set<string>();
  return records.map((record, at) => {
    const result = v.safeParse(row, record);
    if (!result.success) {
      fail(source, at + 2, `has no good "${v.getDotPath(result.issues[0]) ?? "row"}"`);
    }
    const { CONCEPTICON_GLOSS: gloss, TRANSLATIONS: words, EMBEDDING: vector } = result.output;
    if (known.has(gloss)) fail(source, at + 2, `names the concept "${gloss}" again`);
    known.add(gloss);
    return { gloss, words: Object.keys(words), vector };
  });
}
