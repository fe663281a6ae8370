/**
 * What speakers said of a world's sentences, as text and as rows for a program.
 * @module
 */
import { must } from "../checked.ts";
import { countMarks, type MarkedSentence, type MarksFile } from "../report/client/marks_file.ts";
import { linesOf } from "../report/marks.ts";
import type { WorldSheets } from "../report/sheets.ts";
import { columns } from "./terminal/table.ts";

/** A sentence that a speaker has marked, beside English where it has some. */
export interface MarkedRow extends MarkedSentence {
  readonly language: string;
  readonly english: string | undefined;
  readonly saved: string;
}

/** All marks of all files: by language in the order of the sheets, then as they stand on the page. */
export function markedRows(files: readonly MarksFile[], { languages }: WorldSheets): MarkedRow[] {
  return languages.flatMap((sheet) => {
    const lines = linesOf(sheet);
    const order = [...lines.keys()];
    return files.filter(({ language }) => language === sheet.code).flatMap(({ saved, marks }) =>
      marks.map((mark): MarkedRow => ({
        ...{ language: sheet.code, saved, ...mark },
        english: must(lines.get(mark.id), mark.id).english,
      }))
    ).sort((a, b) => order.indexOf(a.id) - order.indexOf(b.id));
  });
}

/** Sums by language, then each sentence that is odd or wrong. */
export function marksText(files: readonly MarksFile[], sheets: WorldSheets): string {
  const rows = markedRows(files, sheets);
  const sums = sheets.languages.flatMap((sheet) => {
    const given = files.filter(({ language }) => language === sheet.code);
    if (given.length === 0) return [];
    const { right, odd, wrong } = countMarks(given.flatMap(({ marks }) => marks));
    const marked = new Set(given.flatMap(({ marks }) => marks.map(({ id }) => id))).size;
    const counts = [given.length, linesOf(sheet).size, marked, right, odd, wrong].map(String);
    return [[`${sheet.code} ${sheet.name}`, ...counts]];
  });
  const head = ["language", "files", "sentences", "marked", "right", "odd", "wrong"];
  const found = rows.filter(({ mark }) => mark !== "right").map(
    ({ language, id, mark, text, english, remark }) =>
      [
        `${language} ${id}: ${mark}`,
        `  ${text}`,
        ...(english === undefined || english === text ? [] : [`  ${english}`]),
        ...(remark === "" ? [] : [`  Remark: ${harmless(remark)}`]),
      ].join("\n"),
  );
  return [columns([head, ...sums]), ...found].join("\n\n");
}

/** A remark may come from anyone: what a terminal would obey, or what turns its line around, is left out. */
function harmless(remark: string): string {
  return remark.replace(/[\p{Cc}\u2028\u2029]/gu, " ").replace(/[\u202a-\u202e\u2066-\u2069]/gu, "");
}
