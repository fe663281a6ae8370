/// <reference lib="dom" />
/**
 * A page's marks in the browser's own storage, so that they outlive a reload. A mark is kept with the sentence that it is
 * about, and comes back only to that sentence: a later site may show another one in its place.
 * @module
 */
import { type Mark, type MarkedSentence, type MarkedTexts, MARKS } from "./marks_file.ts";

/** Marks by the id of the sentence. */
export type Marks = Map<string, { readonly mark: Mark; readonly remark: string }>;

function keyOf({ world, language }: MarkedTexts): string {
  return `lingualift-marks.${world}.${language}`;
}

/** @param sentences the texts that are shown, by id */
export function recallMarks(texts: MarkedTexts, sentences: ReadonlyMap<string, string>): Marks {
  const marks: Marks = new Map();
  for (const { id, text, mark, remark } of keptMarks(texts)) {
    if (sentences.get(id) === text && MARKS.includes(mark)) marks.set(id, { mark, remark: String(remark) });
  }
  return marks;
}

/** @returns whether the browser keeps them */
export function keepMarks(texts: MarkedTexts, marks: readonly MarkedSentence[]): boolean {
  try {
    localStorage.setItem(keyOf(texts), JSON.stringify(marks));
    return true;
  } catch {
    return false; // forbidden or full: the page says that only a saved file holds them
  }
}

function keptMarks(texts: MarkedTexts): readonly MarkedSentence[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(keyOf(texts)) ?? "[]");
    return Array.isArray(kept) ? kept.filter((one) => typeof one === "object" && one !== null) : [];
  } catch {
    return []; // storage is forbidden, or holds what something else wrote: the page begins without marks
  }
}
