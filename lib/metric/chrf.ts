/**
 * Corpus chrF2 as sacreBLEU 2 computes it by default: character 1- to 6-grams without white space, mixed case, beta 2, orders
 * that neither side has left out.
 *
 * Popović (2015), WMT, 392-395; Popović (2016), WMT, 499-504 (beta); Post (2018).
 * @module
 */
import { atLeast } from "../checked.ts";
import { checkReferences, ngramCounts, words } from "./mt_text.ts";

const ORDER = 6;

/** A chrF score with what it is made of. */
export interface Chrf {
  /** 0 to 100. */
  readonly score: number;
  readonly signature: string;
}

/** Counts of one order: n-grams of the hypothesis (0 where the reference has none), of the reference, and in both. */
type Counts = readonly [hypothesis: number, reference: number, matched: number];

/**
 * chrF of a corpus; of several references the best for each segment counts. `beta` weighs recall, 2 by default (the metric's
 * original paper compares 1, 2 and 3).
 * @throws {RangeError} unless every set of references is as long as `hypotheses`.
 */
export function corpusChrf(
  hypotheses: readonly string[],
  references: readonly (readonly string[])[],
  { beta = 2 }: { readonly beta?: number } = {},
): Chrf {
  checkReferences(hypotheses, references);
  const sums = Array.from({ length: ORDER }, (): [number, number, number] => [0, 0, 0]);
  hypotheses.forEach((text, i) => {
    const all = references.map((set) => countsOf(text, set[i]!));
    const scores = all.map((counts) => fScore(counts, beta));
    all[scores.indexOf(Math.max(...scores))]!.forEach((counts, order) =>
      counts.forEach((n, k) => sums[order]![k]! += n)
    );
  });
  return {
    score: fScore(sums, beta),
    signature: `nrefs:${references.length}|case:mixed|eff:yes|nc:${ORDER}|nw:0|space:no|version:2.0.0`,
  };
}

function countsOf(hypothesis: string, reference: string): Counts[] {
  const [h, r] = atLeast([hypothesis, reference].map((text) => [...words(text).join("")]), 2);
  return Array.from({ length: ORDER }, (_, i) => {
    const wanted = ngramCounts(r, i + 1, "");
    let matched = 0;
    for (const [ngram, count] of ngramCounts(h, i + 1, "")) {
      matched += Math.min(count, wanted.get(ngram) ?? 0);
    }
    const length = (text: readonly string[]) => Math.max(0, text.length - i);
    return [wanted.size > 0 ? length(h) : 0, length(r), matched] as const;
  });
}

/** F_beta of precision and recall, each averaged over the orders that both sides have. */
function fScore(counts: readonly Counts[], beta: number): number {
  const used = counts.filter(([h, r]) => h > 0 && r > 0);
  if (used.length === 0) return 0;
  const precision = used.reduce((sum, [h, , m]) => sum + m / h, 0) / used.length;
  const recall = used.reduce((sum, [, r, m]) => sum + m / r, 0) / used.length;
  if (precision + recall === 0) return 0;
  return 100 * (1 + beta ** 2) * precision * recall / (beta ** 2 * precision + recall);
}
