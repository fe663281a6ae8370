/**
 * A language of the mini world, read from `data/world/lang/<code>.json`: names, nouns with their forms, sentence
 * templates and a lexicon of English word forms. Shape errors are reported with file and entry.
 * @module
 */
import * as v from "valibot";
import { UserError } from "../../errors.ts";
import { parseTemplate, type Template } from "./template.ts";

/** A person's name: its forms by column, and its grammatical gender. */
export interface Name {
  readonly gender: "f" | "m";
  readonly forms: ReadonlyMap<string, string>;
}

/** A countable noun: its forms by column, and its agreement class ("" where the language declares none). */
export interface Noun {
  readonly class: string;
  readonly forms: ReadonlyMap<string, string>;
}

/** One language, ready to render. */
export interface Language {
  readonly code: string;
  /** Columns of the nouns, the citation form first; "class" is not among them. */
  readonly nounForms: readonly string[];
  readonly nameForms: readonly string[];
  /** Sixteen names: eight women's, then eight men's; a name's index is its identity across languages. */
  readonly names: readonly Name[];
  /** By English lemma. */
  readonly nouns: ReadonlyMap<string, Noun>;
  /** By sentence id, parsed. */
  readonly sentences: ReadonlyMap<string, Template>;
  /** English word form (lower case) to its translations, best first; empty where there is no counterpart. */
  readonly lexicon: ReadonlyMap<string, readonly string[]>;
  /** What stands between two sentences: a space, or nothing. */
  readonly joiner: string;
  /** What the writer was not sure of. */
  readonly doubts: readonly string[];
}

const texts = v.record(v.string(), v.string());
const schema = v.strictObject({
  code: v.string(),
  noun_forms: v.array(v.string()),
  name_forms: v.array(v.string()),
  names: v.strictObject({ f: v.array(v.string()), m: v.array(v.string()) }),
  nouns: texts,
  sentences: texts,
  lexicon: texts,
  joiner: v.optional(v.string(), " "),
  doubts: v.array(v.string()),
});

/** The folder of the language files. */
export const LANGUAGE_FOLDER = new URL("../../../data/world/lang/", import.meta.url);

/**
 * Reads `data/world/lang/<code>.json`.
 * @throws {UserError} naming file and entry when it is missing or malformed.
 */
export function readLanguage(code: string, folder: URL = LANGUAGE_FOLDER): Language {
  const file = `data/world/lang/${code}.json`;
  let text: string;
  try {
    text = Deno.readTextFileSync(new URL(`${code}.json`, folder));
  } catch (error) {
    throw new UserError(`Cannot read language "${code}": no file "${file}"`, { cause: error });
  }
  return parseLanguage(text, file);
}

/**
 * A language from the text of its file.
 * @throws {UserError} naming `file` and the entry at fault.
 */
export function parseLanguage(text: string, file: string): Language {
  const fail = (what: string, cause?: unknown) => new UserError(`Cannot read "${file}": ${what}`, { cause });
  let json: unknown;
  try {
    json = JSON.parse(text.normalize("NFC"));
  } catch (error) {
    throw fail(`not JSON: ${(error as Error).message}`, error);
  }
  const parsed = v.safeParse(schema, json);
  if (!parsed.success) {
    const issue = parsed.issues[0];
    throw fail(`at "${v.getDotPath(issue) ?? "top"}": ${issue.message}`);
  }
  const raw = parsed.output;
  const entry = <T>(where: string, make: () => T): T => {
    try {
      return make();
    } catch (error) {
      if (error instanceof UserError) throw fail(`${where}: ${error.message}`, error);
      throw error;
    }
  };
  const names = (["f", "m"] as const).flatMap((gender) =>
    raw.names[gender].map((row) => ({
      gender,
      forms: entry(`name "${row}"`, () => readRow(row, raw.name_forms)),
    }))
  );
  const nouns = Object.entries(raw.nouns).map(([lemma, row]): [string, Noun] => {
    const forms = entry(`noun "${lemma}"`, () => readRow(row, raw.noun_forms));
    const ownClass = forms.get("class") ?? "";
    forms.delete("class");
    return [lemma, { class: ownClass, forms }];
  });
  const sentences = Object.entries(raw.sentences).map(([id, sentence]): [string, Template] => [
    id,
    entry(`sentence "${id}"`, () => parseTemplate(sentence)),
  ]);
  const lexicon = Object.entries(raw.lexicon).map(([word, row]): [string, string[]] => [
    word,
    row.split("|").map((one) => one.trim()).filter((one) => one !== ""),
  ]);
  return {
    code: raw.code,
    nounForms: raw.noun_forms.filter((column) => column !== "class"),
    nameForms: raw.name_forms,
    names,
    nouns: new Map(nouns),
    sentences: new Map(sentences),
    lexicon: new Map(lexicon),
    joiner: raw.joiner,
    doubts: raw.doubts,
  };
}

/** The cells of "a | b | c" by column; "-" and missing cells at the end are left out. */
function readRow(row: string, columns: readonly string[]): Map<string, string> {
  const cells = row.split("|").map((cell) => cell.trim());
  if (cells.length > columns.length) {
    throw new UserError(`${cells.length} forms for ${columns.length} columns (${columns.join(", ")})`);
  }
  if (cells.some((cell) => cell === "")) throw new UserError(`An empty form in "${row}"; write "-" for none`);
  const pairs = cells.map((cell, i): [string, string] => [columns[i]!, cell]);
  return new Map(pairs.filter(([, cell]) => cell !== "-"));
}
