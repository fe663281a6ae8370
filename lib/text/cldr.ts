/**
 * Lexicons from the names of signs and pictures in Unicode's CLDR (npm `cldr-annotations-full`, licence Unicode-3.0):
 * the English name of a picture with its name in the other language, where the English name is one word. Mostly
 * concrete nouns (animals, food, tools), the same in all 48 languages. `Intl` is not used: it lacks eight of them.
 * @module
 */
import { createRequire } from "node:module";
import { array, nonEmpty, object, optional, parse, pipe, record, string } from "valibot";
import { didYouMean, UserError } from "../errors.ts";
import { LANGUAGES } from "./languages.ts";
import { type Lexicon, lexiconFrom, type WordPair } from "./lexicon.ts";

/** Norwegian Bokmål is stored under the macrolanguage. */
const FOLDER: Readonly<Record<string, string>> = { nb: "no" };

const Annotations = object({
  annotations: object({
    annotations: record(string(), object({ tts: optional(pipe(array(string()), nonEmpty())) })),
  }),
});

/**
 * The names of pictures in `language` by their one-word English names.
 * @throws {UserError} if the language is not one of the 48
 */
export function cldrLexicon(language: string): Lexicon {
  if (!LANGUAGES.includes(language)) {
    throw new UserError(`Unknown language "${language}"; ${didYouMean(language, LANGUAGES)}`);
  }
  const theirs = annotationNames(language);
  const pairs: WordPair[] = [];
  for (const [sign, english] of annotationNames("en")) {
    const translation = theirs.get(sign);
    if (translation !== undefined && /^\p{L}+$/u.test(english)) pairs.push([english, translation]);
  }
  // The pictures are of things: "saw" is the tool here, never the verb.
  return lexiconFrom(language, pairs, "cldr", { pos: "NOUN" });
}

/** Name of each sign or picture in a language. */
function annotationNames(language: string): Map<string, string> {
  const path = `cldr-annotations-full/annotations/${FOLDER[language] ?? language}/annotations.json`;
  const { annotations } = parse(Annotations, createRequire(import.meta.url)(path)).annotations;
  const names = new Map<string, string>();
  for (const [sign, { tts }] of Object.entries(annotations)) if (tts !== undefined) names.set(sign, tts[0]!);
  return names;
}
