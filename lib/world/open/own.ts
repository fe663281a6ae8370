/**
 * What a user brings: word problems of any languages in one file, and words with their translations in another. Read
 * strictly, as published sets are.
 * @module
 */
import { object, optional, pipe, regex, string } from "valibot";
import { didYouMean, UserError } from "../../errors.ts";
import type { WordPair } from "../../text/lexicon.ts";
import { goldAnswer } from "./answer.ts";
import { type DataFolder, dataSet, inventory, readFrom } from "./catalog.ts";
import { fail, jsonRecords, linesOf, quoted, type Source } from "./read.ts";
import { OTHER_LANGUAGES } from "./languages.ts";
import type { MathRow } from "./types.ts";
import { type LanguageRow, languageTable } from "../table.ts";
import type { AskedSplit } from "../world.ts";

const filled = pipe(string(), regex(/\S/u, "It is blank"));
const code = pipe(string(), regex(/^[a-z]{2,3}(-[A-Za-z0-9]+)*$/, 'It is no language code such as "sw"'));
const ProblemRecord = object({
  id: filled,
  language: code,
  question: filled,
  answer: filled,
  solution: optional(filled),
});

/** Whether the folder has a part of the set. */
export function hasOwn(folder: DataFolder, part: "problems" | "dictionary"): boolean {
  return inventory(folder, dataSet("own")).some((one) => one.part === part && one.isThere);
}

/** `own/problems.jsonl`: JSON Lines with id, language, question and answer, by language in the order of the file. */
export function loadOwnProblems(folder: DataFolder): ReadonlyMap<string, readonly MathRow[]> {
  return parseOwnProblems(readFrom(folder, dataSet("own"), ["problems.jsonl"]));
}

/**
 * What {@link loadOwnProblems} does with the file's content. A problem has the same id in every language.
 * @throws {UserError} also when a language has an id twice, an answer is no number, or not that of the same problem in
 * another language
 */
export function parseOwnProblems(source: Source): ReadonlyMap<string, readonly MathRow[]> {
  const rows = new Map<string, MathRow[]>();
  const [places, answers] = [new Map<string, number>(), new Map<string, string>()];
  for (const { line, value } of jsonRecords(source, ProblemRecord)) {
    const { id, language, question, solution } = value;
    const place = JSON.stringify([language, id]);
    const before = places.get(place);
    if (before !== undefined) {
      fail(source, line, `has the id "${id}" of line ${before} in "${language}" again`);
    }
    places.set(place, line);
    const answer = goldAnswer(source, line, value.answer);
    const known = answers.get(id);
    if (known !== undefined && known !== answer) {
      fail(
        source,
        line,
        `has the answer "${value.answer}", problem "${id}" has "${known}" in another language`,
      );
    }
    answers.set(id, answer);
    const row = {
      id: `own/${id}`,
      language,
      question: question.trim(),
      answer,
      answer_text: value.answer.trim(),
    };
    rows.set(language, [
      ...rows.get(language) ?? [],
      solution === undefined ? row : { ...row, solution: solution.trim() },
    ]);
  }
  return rows;
}

/** The problems in a language. @throws {UserError} where there are none, or for development: they are a test */
export function ownItems(
  problems: ReadonlyMap<string, readonly MathRow[]>,
  language: string,
  split: AskedSplit,
): readonly MathRow[] {
  if (split === "dev") throw new UserError('Cannot read a development split of "own": it has none');
  const rows = problems.get(language);
  if (rows !== undefined) return rows;
  throw new UserError(
    `own/problems.jsonl has no problem in "${language}"; ${didYouMean(language, [...problems.keys()])}`,
  );
}

/** The languages with those of a user's problems: one that no set has is named by its code, and counts as low-resource. */
export function withOwnLanguages(rows: readonly LanguageRow[], codes: readonly string[]): LanguageRow[] {
  const known = new Map([...languageTable(), ...OTHER_LANGUAGES].map((row) => [row.code, row]));
  const there = new Map(rows.map((row) => [row.code, row]));
  for (const code of codes) {
    const row = there.get(code) ?? known.get(code) ?? unknownLanguage(code);
    const before = there.get(code)?.benchmarks ?? [];
    there.set(code, { ...row, benchmarks: new Set([...before, "own"]) });
  }
  return [...there.values()];
}

function unknownLanguage(code: string): Omit<LanguageRow, "benchmarks"> {
  const name = new Intl.DisplayNames(["en"], { type: "language" }).of(code) ?? code;
  return {
    code,
    name,
    endonym: name,
    family: "",
    script: "",
    level: "low",
    paperFamily: "",
    paperScript: "",
  };
}

/** `own/dictionary.tsv`: language, English word and translation, with tabs between; pairs by language. */
export function loadOwnDictionary(folder: DataFolder): ReadonlyMap<string, readonly WordPair[]> {
  return parseOwnDictionary(readFrom(folder, dataSet("own"), ["dictionary.tsv"]));
}

/** What {@link loadOwnDictionary} does with the file's content. */
export function parseOwnDictionary(source: Source): ReadonlyMap<string, readonly WordPair[]> {
  const pairs = new Map<string, WordPair[]>();
  linesOf(source).forEach((line, at) => {
    const fields = line.split("\t").map((field) => field.trim());
    const [language, english, translation] = fields;
    if (fields.length !== 3 || !language || !english || !translation) {
      fail(
        source,
        at + 1,
        `is ${quoted(line)}, expected language, English word and translation with tabs between`,
      );
    }
    const own = pairs.get(language) ?? [];
    own.push([english, translation]);
    pairs.set(language, own);
  });
  return pairs;
}
