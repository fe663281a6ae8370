/**
 * MMWP as the lab keeps it: `mmwp/en.jsonl`, which `deno task data mmwp` makes, and beside it a file of the same shape
 * for each other language, translated by whoever has the means (the paper: Google Translate and five annotators, Section
 * 4). A line is `{"id", "question", "answer", "equation"}`; a translation needs `id` and `question` only.
 * @module
 */
import { object, optional, pipe, regex, string } from "valibot";
import { didYouMean, UserError } from "../../errors.ts";
import { LANGUAGES } from "../../text/languages.ts";
import { goldAnswer } from "./answer.ts";
import { type DataFolder, dataSet, readFrom } from "./catalog.ts";
import { checkLanguage } from "./languages.ts";
import { fail, jsonRecords, type Source, withOwnIds } from "./read.ts";
import type { MmwpProblem } from "./mmwp_selection.ts";
import type { MathRow } from "./types.ts";

const filled = pipe(string(), regex(/\S/u, "It is blank"));
const EnglishRecord = object({ id: filled, question: filled, answer: filled, equation: optional(string()) });
const TranslatedRecord = object({ id: filled, question: filled, answer: optional(filled) });

/** The file's content for the problems of a selection: JSON lines. */
export function formatMmwp(problems: readonly MmwpProblem[]): string {
  return problems.map(({ id, question, answer, equation }) =>
    JSON.stringify({ id, question, answer, equation }) + "\n"
  ).join("");
}

/** MMWP in one of the paper's 48 languages: the English problems in their order, in that language. */
export function loadMmwp(folder: DataFolder, language: string): MathRow[] {
  checkLanguage("MMWP", language, LANGUAGES);
  const set = dataSet("mmwp");
  const english = readFrom(folder, set, ["en.jsonl"]);
  return language === "en"
    ? parseMmwp(english)
    : parseTranslation(readFrom(folder, set, [`${language}.jsonl`]), language, english);
}

/** The English file. @throws {UserError} also when an id comes twice or an answer is no number */
export function parseMmwp(source: Source): MathRow[] {
  return withOwnIds(source, jsonRecords(source, EnglishRecord)).map(({ line, value }): MathRow => ({
    id: `mmwp/${value.id}`,
    language: "en",
    question: value.question.trim(),
    answer: goldAnswer(source, line, value.answer),
    answer_text: value.answer.trim(),
    ...(value.equation === undefined ? {} : { equation: value.equation }),
  }));
}

/**
 * A translation, put into the order of the English file.
 * @throws {UserError} also when a problem is missing, unknown or there twice, or has another answer than in English
 */
export function parseTranslation(source: Source, language: string, english: Source): MathRow[] {
  const originals = parseMmwp(english);
  const answers = new Map(originals.map(({ id, answer }) => [id, answer]));
  const questions = new Map<string, string>();
  for (const { line, value } of withOwnIds(source, jsonRecords(source, TranslatedRecord))) {
    const id = `mmwp/${value.id}`;
    const answer = answers.get(id);
    if (answer === undefined) {
      const ids = [...answers.keys()].map((each) => each.slice("mmwp/".length));
      const nearest = didYouMean(value.id, ids).split("?")[0];
      fail(source, line, `has the id "${value.id}", which "${english.path}" has not; ${nearest}?`);
    }
    if (value.answer !== undefined && goldAnswer(source, line, value.answer) !== answer) {
      fail(source, line, `has the answer "${value.answer}", in "${english.path}" it is "${answer}"`);
    }
    questions.set(id, value.question.trim());
  }
  const missing = originals.filter(({ id }) => !questions.has(id));
  if (missing.length > 0) {
    throw new UserError(
      `Cannot read "${source.path}": it lacks ${missing.length} of the ${originals.length} problems of ` +
        `"${english.path}", the first is "${missing[0]!.id.slice("mmwp/".length)}"; translate them too`,
    );
  }
  return originals.map((row) => ({
    ...row,
    language,
    question: questions.get(row.id)!,
    english: row.question,
  }));
}
