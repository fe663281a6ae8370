/**
 * What speakers said of a language's texts: which sentence an id names, and files of marks, read and checked against the
 * texts that are here.
 * @module
 */
import * as v from "valibot";
import { UserError } from "../errors.ts";
import { hashJson } from "../hash.ts";
import { FORMAT, LONGEST_REMARK, MARKS, type MarksFile, VERSION } from "./client/marks_file.ts";
import type { LanguageSheet, SheetSection, WorldSheets } from "./sheets.ts";

/** Name of a line: "sentences.12.3" is the third line of the twelfth row. Both count from 0 here. */
export function sentenceId({ id }: Pick<SheetSection, "id">, row: number, line: number): string {
  return `${id}.${row + 1}.${line + 1}`;
}

/** SHA-256 of all that can be marked; facts and doubts may change without taking the marks' ground away. */
export function textsHash({ code, sections }: LanguageSheet): string {
  return hashJson({
    code,
    sections: sections.map(({ id, rows }) => ({
      id,
      rows: rows.map(({ own, english }) => ({ own, english })),
    })),
  });
}

const SCHEMA: v.GenericSchema<unknown, MarksFile> = v.strictObject({
  format: v.literal(FORMAT),
  version: v.literal(VERSION),
  world: v.string(),
  language: v.string(),
  texts: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
  saved: v.pipe(v.string(), v.isoTimestamp()),
  marks: v.array(v.strictObject({
    id: v.string(),
    text: v.string(),
    mark: v.picklist(MARKS),
    remark: v.pipe(v.string(), v.maxLength(LONGEST_REMARK)),
  })),
});

/**
 * Reads a file of marks.
 * @param path names it in errors
 * @throws {UserError} when it is no such file, or is about other texts than these
 */
export function readMarks(path: string, json: string, sheets: WorldSheets): MarksFile {
  const { output: file, issues } = v.safeParse(SCHEMA, parsed(json));
  if (issues) {
    const [{ message, path: place }] = issues;
    const at = place?.map(({ key }) => key).join(".");
    throw new UserError(
      `Cannot read "${path}": it is no file of marks${
        at ? ` (${at}: ${message})` : ""
      }; give one as "Save as file" on a language's page writes it`,
    );
  }
  const language = sheets.languages.find(({ code }) => code === file.language);
  if (file.world !== sheets.world || language === undefined) {
    throw new UserError(
      `Cannot read "${path}": it marks ${quoted(file.language)} of world ${
        quoted(file.world)
      }, which is not here`,
    );
  }
  const here = textsHash(language);
  if (file.texts !== here) {
    throw new UserError(
      `Cannot read "${path}": its speaker saw other texts of ${language.name} (${
        file.texts.slice(0, 12)
      }, here ${here.slice(0, 12)}); check out the version of data/world that they saw, or ask again`,
    );
  }
  const lines = linesOf(language);
  const seen = new Set<string>();
  for (const { id, text } of file.marks) {
    if (lines.get(id)?.own !== text || seen.has(id)) {
      throw new UserError(
        `Cannot read "${path}": its mark of ${quoted(id)} is ${
          seen.has(id) ? "there twice" : "of no sentence of these texts"
        }; the file was changed after it was saved`,
      );
    }
    seen.add(id);
  }
  return file;
}

/** A language's lines with their English, by id. */
export function linesOf(
  { sections }: LanguageSheet,
): Map<string, { readonly own: string; readonly english: string | undefined }> {
  return new Map(
    sections.flatMap((section) =>
      section.rows.flatMap(({ own, english }, row) =>
        own.map((line, i) => [sentenceId(section, row, i), { own: line, english: english[i] }] as const)
      )
    ),
  );
}

/** A stranger's text in a message of one line, which no terminal obeys. */
function quoted(text: string): string {
  return JSON.stringify(text.slice(0, 60)).replace(/\p{C}/gu, "?");
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
