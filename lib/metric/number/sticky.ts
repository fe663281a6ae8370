/**
 * Matching a pattern at one place of a text.
 * @module
 */

/** The match of a sticky pattern that starts at `at`, or null. */
export function match(form: RegExp, text: string, at: number): RegExpExecArray | null {
  form.lastIndex = at;
  return form.exec(text);
}
