/**
 * The Noto fonts that have all letters of each script, for readers who still see boxes: the site brings parts of them
 * (`assets/font_faces.ts`). `assets/base.css` names the same families, so that an installed one is used.
 * @module
 */

export interface ScriptFont {
  /** A script's name in English, as the languages' sheets have it. */
  readonly script: string;
  readonly family: string;
  /** Debian's package. */
  readonly debian: string;
  /** Two letters that no font draws alike. */
  readonly letters: string;
}

/** Debian's packages: one of Chinese, Japanese and Korean, one of all other scripts. */
export const CJK = "fonts-noto-cjk", CORE = "fonts-noto-core";

export const SCRIPT_FONTS: readonly ScriptFont[] = [
  { script: "Arabic", family: "Noto Sans Arabic", debian: CORE, letters: "بم" },
  { script: "Armenian", family: "Noto Sans Armenian", debian: CORE, letters: "ամ" },
  { script: "Bengali", family: "Noto Sans Bengali", debian: CORE, letters: "কম" },
  { script: "Cyrillic", family: "Noto Sans", debian: CORE, letters: "жд" },
  { script: "Devanagari", family: "Noto Sans Devanagari", debian: CORE, letters: "कम" },
  { script: "Gujarati", family: "Noto Sans Gujarati", debian: CORE, letters: "કમ" },
  { script: "Han", family: "Noto Sans CJK SC", debian: CJK, letters: "汉语" },
  { script: "Hangul", family: "Noto Sans CJK KR", debian: CJK, letters: "한국" },
  { script: "Japanese", family: "Noto Sans CJK JP", debian: CJK, letters: "あ漢" },
  { script: "Kannada", family: "Noto Sans Kannada", debian: CORE, letters: "ಕಮ" },
  { script: "Malayalam", family: "Noto Sans Malayalam", debian: CORE, letters: "കമ" },
  { script: "Tamil", family: "Noto Sans Tamil", debian: CORE, letters: "கம" },
  { script: "Telugu", family: "Noto Sans Telugu", debian: CORE, letters: "కమ" },
  { script: "Thai", family: "Noto Sans Thai", debian: CORE, letters: "กม" },
];
