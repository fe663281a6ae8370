/**
 * What the report shows of a world's languages, as plain values: the report knows no language and reads no world, so
 * whoever starts it hands these in (`cli/mini_sheets.ts` for the mini world).
 * @module
 */

/** Texts of one world, a sheet a language, in the order of the list. */
export interface WorldSheets {
  readonly world: string;
  readonly languages: readonly LanguageSheet[];
}

/** One language for a speaker to judge. Texts are shown as they are, whatever they hold. */
export interface LanguageSheet {
  /** BCP 47, also the page's file name: letters, digits and hyphens. */
  readonly code: string;
  /** In English, and in the language itself. */
  readonly name: string;
  readonly endonym: string;
  readonly family: string;
  readonly script: string;
  /** Resource level: low, medium or high. */
  readonly level: string;
  readonly direction: "ltr" | "rtl";
  /** Numbers about it, in order. */
  readonly facts: readonly { readonly name: string; readonly value: number }[];
  /** The first section's first row stands for the language in the list. */
  readonly sections: readonly SheetSection[];
  /** What its writers were not sure of, in English. */
  readonly doubts: readonly string[];
}

/** Texts of one kind. */
export interface SheetSection {
  /** Its place in the page's address. */
  readonly id: string;
  readonly title: string;
  /** What a reader should know of them, in English. */
  readonly note: string;
  readonly rows: readonly SheetRow[];
}

/** The same text in English and in the language, line by line. */
export interface SheetRow {
  readonly label: string;
  readonly english: readonly string[];
  readonly own: readonly string[];
}
