/**
 * Text handling that the translation metrics share, as Python does it: what counts as white space, n-gram counts, and the
 * `13a` tokeniser of mteval-v13a.pl that sacreBLEU uses for BLEU by default.
 * @module
 */

/** What Python's `str.split()` and `str.strip()` take for white space (JavaScript's `\s` differs in five characters). */
// deno-lint-ignore no-control-regex -- Python counts these control characters as white space
const SPACE = /[\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/u;

/** Python's `text.split()`. */
export function words(text: string): string[] {
  return text.split(SPACE).filter((word) => word !== "");
}

/** How often each n-gram of `order` items occurs. */
export function ngramCounts(items: readonly string[], order: number, join: string): Map<string, number> {
  const counts = new Map<string, number>();
  for (let i = 0; i + order <= items.length; i++) {
    const ngram = items.slice(i, i + order).join(join);
    counts.set(ngram, (counts.get(ngram) ?? 0) + 1);
  }
  return counts;
}

/** mteval-v13a.pl's tokens: punctuation and symbols apart, except points and commas inside numbers. */
export function tokens13a(text: string): string[] {
  const plain = text.replaceAll("<skipped>", "").replaceAll("-\n", "").replaceAll("\n", " ")
    .replaceAll("&quot;", '"').replaceAll("&amp;", "&").replaceAll("&lt;", "<").replaceAll("&gt;", ">");
  const spaced = ` ${plain} `
    .replace(/([{-~\[-` -&(-+:-@/])/gu, " $1 ")
    .replace(/([^0-9])([.,])/gu, "$1 $2 ")
    .replace(/([.,])([^0-9])/gu, " $1 $2")
    .replace(/([0-9])(-)/gu, "$1 $2 ");
  return words(spaced);
}

/** @throws {RangeError} unless there is a reference for every hypothesis in every set. */
export function checkReferences(
  hypotheses: readonly string[],
  references: readonly (readonly string[])[],
): void {
  const wrong = references.find((set) => set.length !== hypotheses.length);
  if (references.length === 0 || wrong) {
    throw new RangeError(
      `Cannot score ${hypotheses.length} translations against ${wrong?.length ?? "no"} references`,
    );
  }
}
