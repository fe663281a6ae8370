/**
 * The languages of the mini world that have a file, read once.
 * @module
 */
import { UserError } from "../../errors.ts";
import { type LanguageRow, languageTable } from "../table.ts";
import { type Language, LANGUAGE_FOLDER, readLanguage } from "./language.ts";

const known = new Map<string, Language>();
let rows: readonly LanguageRow[] | undefined;

/** Rows of data/languages.csv that have a file in data/world/lang. */
export function languages(): readonly LanguageRow[] {
  if (rows === undefined) {
    const files = new Set([...Deno.readDirSync(LANGUAGE_FOLDER)].map((entry) => entry.name));
    rows = languageTable().filter(({ code }) => files.has(`${code}.json`));
  }
  return rows;
}

/** A language, read once. @throws {UserError} when it is not one of the mini world's. */
export function languageOf(code: string): Language {
  let language = known.get(code);
  if (language === undefined) {
    const codes = languages().map((row) => row.code);
    if (!codes.includes(code)) {
      throw new UserError(`Cannot use language "${code}": the mini world has ${codes.join(", ")}`);
    }
    language = readLanguage(code);
    known.set(code, language);
  }
  return language;
}

/** First names in the texts of `code`, in all their forms. */
export function personNames(code: string): readonly string[] {
  return [...new Set(languageOf(code).names.flatMap((name) => [...name.forms.values()]))];
}
