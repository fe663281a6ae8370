/**
 * Corpus BLEU as sacreBLEU 2 computes it by default: 13a tokens, mixed case, 4-grams, exponential smoothing.
 *
 * Papineni et al. (2002), ACL, 311-318; Post (2018), WMT, 186-191; smoothing: Chen & Cherry (2014), method 3.
 * @module
 */
import { checkReferences, ngramCounts, tokens13a } from "./mt_text.ts";

const ORDER = 4;

/** A BLEU score with what it is made of. */
export interface Bleu {
  /** 0 to 100. */
  readonly score: number;
  /** Smoothed n-gram precisions, 0 to 100, n = 1 to 4. */
  readonly precisions: readonly number[];
  readonly brevityPenalty: number;
  readonly hypothesisLength: number;
  readonly referenceLength: number;
  /** sacreBLEU's signature; its version is the one whose numbers these are. */
  readonly signature: string;
}

/**
 * BLEU of a corpus. `references` holds one list per set of references, as in sacreBLEU.
 * @throws {RangeError} unless every set is as long as `hypotheses`.
 */
export function corpusBleu(hypotheses: readonly string[], references: readonly (readonly string[])[]): Bleu {
  checkReferences(hypotheses, references);
  const matched = new Array<number>(ORDER).fill(0), total = new Array<number>(ORDER).fill(0);
  let hypothesisLength = 0, referenceLength = 0;
  hypotheses.forEach((text, i) => {
    const hypothesis = tokens13a(text);
    const candidates = references.map((set) => tokens13a(set[i]!));
    hypothesisLength += hypothesis.length;
    referenceLength += closest(candidates.map((tokens) => tokens.length), hypothesis.length);
    for (let order = 1; order <= ORDER; order++) {
      const counts = candidates.map((tokens) => ngramCounts(tokens, order, " "));
      for (const [ngram, count] of ngramCounts(hypothesis, order, " ")) {
        total[order - 1]! += count;
        matched[order - 1]! += Math.min(count, Math.max(...counts.map((c) => c.get(ngram) ?? 0)));
      }
    }
  });
  const brevityPenalty = hypothesisLength >= referenceLength
    ? 1
    : hypothesisLength === 0
    ? 0
    : Math.exp(1 - referenceLength / hypothesisLength);
  const precisions = smoothed(matched, total);
  const logs = precisions.reduce((sum, p) => sum + Math.log(p), 0);
  return {
    score: matched.some((count) => count > 0) ? brevityPenalty * Math.exp(logs / ORDER) : 0,
    precisions,
    brevityPenalty,
    hypothesisLength,
    referenceLength,
    signature: `nrefs:${references.length}|case:mixed|eff:no|tok:13a|smooth:exp|version:2.0.0`,
  };
}

/** Precisions in percent; each order without a match counts half of the one before it. */
function smoothed(matched: readonly number[], total: readonly number[]): number[] {
  if (matched.every((count) => count === 0)) return total.map(() => 0);
  let halves = 1;
  return matched.map((count, i) => {
    if (total[i] === 0) return 0;
    if (count === 0) halves *= 2;
    return 100 * (count === 0 ? 1 / halves : count) / total[i]!;
  });
}

/** The length nearest to `length`, the shorter of two equally near. */
function closest(lengths: readonly number[], length: number): number {
  return lengths.reduce((best, one) => {
    const gap = Math.abs(one - length) - Math.abs(best - length);
    return gap < 0 || (gap === 0 && one < best) ? one : best;
  });
}
