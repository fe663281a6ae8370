/**
 * The site's style sheet out of its parts.
 * @module
 */
import { fontFaces } from "./font_faces.ts";

/** In order: later parts override earlier ones. */
const PARTS = [
  "base",
  "frame",
  "folds",
  "verdicts",
  "tables",
  "figures",
  "facts",
  "evidence",
  "languages",
  "runs",
  "phone",
  "print",
];

/** `assets/site.css`. */
export function styleSheet(): string {
  return [styleOf(PARTS), fontFaces()].join("\n");
}

/** Parts without the fonts, which are files of their own. */
export function styleOf(parts: readonly string[] = PARTS): string {
  return parts.map((name) => Deno.readTextFileSync(new URL(`${name}.css`, import.meta.url))).join("\n");
}
