/**
 * The file of marks that a speaker saves from a language's page and sends: what was said of which sentence, and which
 * texts they were. `marks.ts` reads it.
 * @module
 */

/** What a speaker says of a sentence, in the order of the buttons. */
export const MARKS = ["right", "odd", "wrong"] as const;
export type Mark = typeof MARKS[number];

/** What tells the file from any other JSON, and its version. */
export const FORMAT = "lingualift-marks";
export const VERSION = 1;
/** Characters of a remark. */
export const LONGEST_REMARK = 300;

/** A sentence with what was said of it. */
export interface MarkedSentence {
  /** `sentenceId`. */
  readonly id: string;
  /** As it was shown. */
  readonly text: string;
  readonly mark: Mark;
  /** Empty where nothing was remarked. */
  readonly remark: string;
}

/** Which texts were shown. */
export interface MarkedTexts {
  readonly world: string;
  /** Code of the language. */
  readonly language: string;
  /** `textsHash` of its sheet. */
  readonly texts: string;
}

/** The file. */
export interface MarksFile extends MarkedTexts {
  readonly format: typeof FORMAT;
  readonly version: typeof VERSION;
  /** When it was saved, in UTC: "2026-11-28T09:56:36.000Z". */
  readonly saved: string;
  /** In the order of the page. */
  readonly marks: readonly MarkedSentence[];
}

/** Name and text of the file. */
export function marksFile(
  { world, language, texts }: MarkedTexts,
  marks: readonly MarkedSentence[],
  now: Date,
): { readonly name: string; readonly text: string } {
  const saved = now.toISOString();
  const file: MarksFile = { format: FORMAT, version: VERSION, world, language, texts, saved, marks };
  return {
    name: `${FORMAT}-${language}-${saved.slice(0, 10)}.json`,
    text: `${JSON.stringify(file, null, 2)}\n`,
  };
}

/** How many sentences have which mark. */
export function countMarks(marks: readonly { readonly mark: Mark }[]): Record<Mark, number> {
  const of = (mark: Mark) => marks.filter((one) => one.mark === mark).length;
  return { right: of("right"), odd: of("odd"), wrong: of("wrong") };
}
