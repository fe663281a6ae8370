/**
 * The fonts that the site brings (`data/fonts`): as files to copy, and as the style sheet's `@font-face` rules. A browser
 * loads a file only when a page shows a character in its range that the reader's own fonts lack.
 * @module
 */
import * as v from "valibot";

const FOLDER = new URL("../../../data/fonts/", import.meta.url);
const MANIFEST = v.object({
  fonts: v.array(v.object({
    file: v.pipe(v.string(), v.regex(/^[\w-]+\.woff2$/)),
    family: v.pipe(v.string(), v.regex(/^[\w ]+$/)),
    ranges: v.pipe(v.string(), v.regex(/^U\+[\dA-F]+(-[\dA-F]+)?(, U\+[\dA-F]+(-[\dA-F]+)?)*$/)),
  })),
});

/** One file of `data/fonts`. */
export interface OwnFont {
  readonly file: string;
  /** The family's name in the style sheet. */
  readonly family: string;
  /** Its characters, as CSS's `unicode-range`. */
  readonly ranges: string;
}

/** All of them; later ones go first where two have a character. */
export function ownFonts(): readonly OwnFont[] {
  return v.parse(MANIFEST, JSON.parse(Deno.readTextFileSync(new URL("fonts.json", FOLDER)))).fonts;
}

/** What the site's `assets/fonts` holds: the fonts, and the licence that goes with them. */
export function fontFiles(): readonly URL[] {
  return [...ownFonts().map(({ file }) => file), "OFL.txt"].map((name) => new URL(name, FOLDER));
}

/** The rules for `assets/site.css`. */
export function fontFaces(): string {
  return ownFonts().map(({ file, family, ranges }) =>
    `@font-face {\n  font-family: "${family}";\n  src: url("fonts/${file}") format("woff2");\n  unicode-range: ${ranges};\n}\n`
  ).join("\n");
}
