/**
 * The characters of each font: a script's whole blocks, and of Han and Hangul those in use. What is in use is what the
 * mini world writes and what the oldest national standard puts first (GB 2312 level 1, JIS X 0208 level 1, KS X 1001).
 * @module
 */
import type { Source } from "./sources.ts";

type Block = readonly [first: number, last: number];

/** A font to make; several files with one family are one font to the reader. */
export interface Wanted {
  readonly file: string;
  readonly family: string;
  readonly source: Source;
  readonly characters: string;
}

/** Indic letters are joined or kept apart by these, and a mark without a letter stands on the circle. */
const JOINERS: Block = [0x200c, 0x200d], CIRCLE: Block = [0x25cc, 0x25cc];
const WIDE_PUNCTUATION: readonly Block[] = [[0x3000, 0x303f], [0xff00, 0xffef]];
const KANA: Block = [0x3040, 0x30ff], LETTERS_OF_HANGUL: Block = [0x3131, 0x318e];

const LATIN: readonly Block[] = [
  [0x20, 0x7e],
  [0xa0, 0x36f],
  [0x1e00, 0x1eff],
  [0x2000, 0x200a],
  [0x2010, 0x2027],
  [0x202f, 0x205f],
  [0x2070, 0x218b],
  [0x2212, 0x2212],
  CIRCLE,
  [0xfb00, 0xfb06],
  [0xfffd, 0xfffd],
];
/** Scripts that are kept whole, by the names of their packages. */
const WHOLE: readonly (readonly [source: Source, blocks: readonly Block[]])[] = [
  ["noto-sans-arabic", [[0x600, 0x6ff], [0x750, 0x77f], [0x8a0, 0x8ff], JOINERS, CIRCLE]],
  ["noto-sans-armenian", [[0x530, 0x58f], [0xfb13, 0xfb17]]],
  ["noto-sans-bengali", [[0x980, 0x9ff], JOINERS, CIRCLE]],
  ["noto-sans-devanagari", [[0x900, 0x97f], JOINERS, CIRCLE]],
  ["noto-sans-gujarati", [[0xa80, 0xaff], JOINERS, CIRCLE]],
  ["noto-sans-kannada", [[0xc80, 0xcff], JOINERS, CIRCLE]],
  ["noto-sans-malayalam", [[0xd00, 0xd7f], JOINERS, CIRCLE]],
  ["noto-sans-tamil", [[0xb80, 0xbff], JOINERS, CIRCLE]],
  ["noto-sans-telugu", [[0xc00, 0xc7f], JOINERS, CIRCLE]],
  ["noto-sans-thai", [[0xe00, 0xe7f], CIRCLE]],
  ["noto-sans-math", [[0x2190, 0x2211], [0x2213, 0x22ff]]],
  ["noto-sans-symbols-2", [[0x25a0, 0x25cb], [0x25cd, 0x25ff], [0x2713, 0x2718]]],
];

/** All fonts; `written` has what the mini world writes in a language. */
export function wantedFonts(written: (code: string) => string): Wanted[] {
  return [
    { file: "latin", family: "Lab Noto", source: "noto-sans", characters: charactersOf(LATIN) },
    { file: "greek", family: "Lab Noto", source: "noto-sans", characters: charactersOf([[0x370, 0x3ff]]) },
    { file: "cyrillic", family: "Lab Noto", source: "noto-sans", characters: charactersOf([[0x400, 0x52f]]) },
    ...WHOLE.map(([source, blocks]): Wanted => ({
      file: source.replace("noto-sans-", ""),
      family: "Lab Noto",
      source,
      characters: charactersOf(blocks),
    })),
    inUse("zh", "noto-sans-sc", common("gb2312", 0xb0, 0xd7), [], written),
    inUse("ja", "noto-sans-jp", common("euc-jp", 0xb0, 0xcf), [KANA], written),
    inUse("ko", "noto-sans-kr", common("euc-kr", 0xb0, 0xc8), [LETTERS_OF_HANGUL], written),
  ];
}

/** Letters with one code have another form in each of these languages, so each has a family of its own. */
function inUse(
  code: string,
  source: Source,
  common: string,
  blocks: readonly Block[],
  written: (code: string) => string,
): Wanted {
  const own = [...written(code)].filter((c) => /[\p{Script=Han}\p{Script=Hangul}]/u.test(c)).join("");
  const region = source.replace("noto-sans-", "");
  return {
    file: region,
    family: `Lab Noto ${region.toUpperCase()}`,
    source,
    characters: own + common + charactersOf([...WIDE_PUNCTUATION, ...blocks]),
  };
}

function charactersOf(blocks: readonly Block[]): string {
  return blocks.map(([first, last]) =>
    Array.from({ length: last - first + 1 }, (_, i) => String.fromCodePoint(first + i)).join("")
  ).join("");
}

/** The characters in the rows of a national standard, by the encoding that writes it in two bytes. */
function common(encoding: string, firstRow: number, lastRow: number): string {
  const decoder = new TextDecoder(encoding);
  const rows = Array.from({ length: lastRow - firstRow + 1 }, (_, i) => firstRow + i);
  return rows.flatMap((row) =>
    Array.from({ length: 94 }, (_, i) => decoder.decode(Uint8Array.of(row, 0xa1 + i)))
  ).filter((c) => /^[\p{Script=Han}\p{Script=Hangul}]$/u.test(c)).join("");
}
