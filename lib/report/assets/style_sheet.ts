/**
 * The site's style sheet out of its parts.
 * @module
 */
import { fontFaces } from "./font_faces.ts";

/** In order: later parts override earlier ones. */
const PARTS = [
  "base",
  "frame",
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
  const parts = PARTS.map((name) => Deno.readTextFileSync(new URL(`${name}.css`, import.meta.url)));
  return [...parts, fontFaces()].join("\n");
}
