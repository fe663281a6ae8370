/**
 * English names of languages for column titles.
 * @module
 */

const names = new Intl.DisplayNames(["en"], { type: "language", fallback: "code" });

/** "sw" -> "Swahili"; a code that is no language stays as it is. */
export function languageName(code: string): string {
  try {
    return names.of(code) ?? code;
  } catch (error) {
    if (error instanceof RangeError) return code;
    throw error;
  }
}
