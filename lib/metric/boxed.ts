/**
 * LaTeX's `\boxed{}`, in which models put their answers.
 * @module
 */

/** The last box of a text: what is in it (null when it is cut off), and what stands around it. */
export interface Box {
  readonly content: string | null;
  readonly before: string;
  readonly after: string;
}

/** The last `\boxed{...}`, braces balanced; null without one. */
export function lastBox(text: string): Box | null {
  const found = text.lastIndexOf("\\boxed{");
  if (found < 0) return null;
  const start = found + "\\boxed{".length, before = text.slice(0, found);
  let depth = 1;
  for (let i = start; i < text.length; i++) {
    if (text[i] === "{") depth++;
    if (text[i] === "}" && --depth === 0) {
      return { content: text.slice(start, i), before, after: text.slice(i + 1) };
    }
  }
  return { content: null, before, after: "" };
}
