/**
 * The site's style sheet out of its parts.
 * @module
 */

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
  "phone",
  "print",
];

/** `assets/site.css`. */
export function styleSheet(): string {
  return PARTS.map((name) => Deno.readTextFileSync(new URL(`${name}.css`, import.meta.url))).join("\n");
}
