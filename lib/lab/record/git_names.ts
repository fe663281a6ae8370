/**
 * File names as git writes them with `-z`: bytes with a NUL after each, in no encoding that one could count on.
 * @module
 */

/** The names in such a list. */
export function splitNames(list: Uint8Array): Uint8Array[] {
  const names: Uint8Array[] = [];
  for (let at = 0, end; (end = list.indexOf(0, at)) >= 0; at = end + 1) names.push(list.subarray(at, end));
  return names;
}

/** The text of a name; undefined when it is not UTF-8. */
export function nameText(name: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(name);
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}

/**
 * A name in one line: as it is where that can be read back, else in quotes with octal escapes, as git and C have them.
 *
 * @example
 * ```ts
 * import { quoteName } from "./git_names.ts";
 * import { strictEqual } from "node:assert";
 * const name = (text: string) => quoteName(new TextEncoder().encode(text));
 * strictEqual(name("übung 1.txt"), "übung 1.txt");
 * strictEqual(name('a\n"b"'), '"a\\012\\"b\\""');
 * ```
 */
export function quoteName(name: Uint8Array): string {
  const text = nameText(name);
  // deno-lint-ignore no-control-regex -- a file name may hold control characters, and these are quoted
  if (text !== undefined && !/[\x00-\x1f\x7f\u2028\u2029"\\]/.test(text)) return text;
  const escaped = Array.from(name, (byte) => {
    if (byte === 0x22 || byte === 0x5c) return `\\${String.fromCharCode(byte)}`;
    if (byte < 0x20 || byte > 0x7e) return `\\${byte.toString(8).padStart(3, "0")}`;
    return String.fromCharCode(byte);
  });
  return `"${escaped.join("")}"`;
}
