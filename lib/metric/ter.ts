/**
 * Translation edit rate as sacreBLEU 2 computes it by default, which is as Tercom does: words split at white space, lower
 * case, insertions, deletions, substitutions and shifts of phrases at cost 1, over the mean length of the references.
 *
 * Snover et al. (2006), AMTA, 223-231; the search and its limits as in sacreBLEU's lib_ter (Post 2018), written anew here.
 * @module
 */
import { checkReferences, words } from "./mt_text.ts";
import { distanceOf, editDistance, type Edits } from "./ter_edits.ts";

/** Tercom's limits on a shifted phrase, and sacreBLEU's on the shifts tried per segment. */
const MOST_WORDS = 10, MOST_DISTANCE = 50, MOST_CANDIDATES = 1000;

/** A TER score with its edits. */
export interface Ter {
  /** Edits per 100 reference words; 0 is perfect, above 100 is possible. */
  readonly score: number;
  readonly edits: number;
  /** Mean over reference sets of their number of words. */
  readonly referenceLength: number;
  readonly signature: string;
}

/**
 * TER of a corpus; of several references the one that needs fewest edits counts, over their mean length.
 * @throws {RangeError} unless every set of references is as long as `hypotheses`.
 */
export function corpusTer(
  hypotheses: readonly string[],
  references: readonly (readonly string[])[],
  { caseSensitive = false }: { readonly caseSensitive?: boolean } = {},
): Ter {
  checkReferences(hypotheses, references);
  const ids = new Map<string, number>();
  const idOf = (word: string) => ids.get(word) ?? ids.set(word, ids.size).size - 1;
  const split = (text: string) => words(caseSensitive ? text : text.toLowerCase()).map(idOf);
  let edits = 0, referenceLength = 0;
  hypotheses.forEach((text, i) => {
    const hypothesis = split(text);
    const candidates = references.map((set) => split(set[i]!));
    edits += Math.min(...candidates.map((reference) => segmentEdits(hypothesis, reference)));
    referenceLength += candidates.reduce((sum, reference) => sum + reference.length, 0) / candidates.length;
  });
  return {
    score: referenceLength > 0 ? 100 * edits / referenceLength : edits > 0 ? 100 : 0,
    edits,
    referenceLength,
    signature: `nrefs:${references.length}|case:${
      caseSensitive ? "mixed" : "lc"
    }|tok:tercom|norm:no|punct:yes|asian:no|version:2.0.0`,
  };
}

/** Shifts, one after the other, as long as the best one lowers the edit distance; plus the edits that remain. */
function segmentEdits(hypothesis: readonly number[], reference: readonly number[]): number {
  if (reference.length === 0) return hypothesis.length;
  let current = hypothesis, shifts = 0, tried = 0;
  while (true) {
    const best = bestShift(current, reference, tried);
    tried = best.tried;
    if (tried >= MOST_CANDIDATES || best.gain <= 0) break;
    current = best.shifted;
    shifts++;
  }
  return shifts + distanceOf(current, reference);
}

interface Shift {
  readonly gain: number;
  readonly shifted: readonly number[];
  /** Candidates tried so far in this segment. */
  readonly tried: number;
}

/** The shift that lowers the edit distance most; among equals the longest, the leftmost, then the one moved least far right. */
function bestShift(hypothesis: readonly number[], reference: readonly number[], triedBefore: number): Shift {
  const before = editDistance(hypothesis, reference);
  let tried = triedBefore;
  let best: { rank: readonly number[]; shifted: readonly number[] } | null = null;
  for (const [start, target, length] of commonPhrases(hypothesis, reference)) {
    if (!isWorthShifting(before, start, target, length)) continue;
    for (const at of insertionPoints(before, target, length)) {
      const shifted = shift(hypothesis, start, length, at);
      const rank = [before.distance - distanceOf(shifted, reference), length, -start, -at];
      tried++;
      if (best === null || isHigher(rank, best.rank)) best = { rank, shifted };
    }
    if (tried >= MOST_CANDIDATES) break;
  }
  return best === null
    ? { gain: 0, shifted: hypothesis, tried }
    : { gain: best.rank[0]!, shifted: best.shifted, tried };
}

/** Phrases of up to ten words that both have, as [start in the hypothesis, start in the reference, words]. */
function* commonPhrases(
  hypothesis: readonly number[],
  reference: readonly number[],
): Generator<[number, number, number]> {
  for (let h = 0; h < hypothesis.length; h++) {
    for (let r = 0; r < reference.length; r++) {
      if (Math.abs(r - h) > MOST_DISTANCE) continue;
      for (let n = 0; n < MOST_WORDS && h + n < hypothesis.length && r + n < reference.length; n++) {
        if (hypothesis[h + n] !== reference[r + n]) break;
        yield [h, r, n + 1];
      }
    }
  }
}

/** Only a phrase that is wrong where it is and missing where it should be, and not a move within itself. */
function isWorthShifting(
  { aligned, hypothesisWrong, referenceWrong }: Edits,
  start: number,
  target: number,
  length: number,
): boolean {
  return hypothesisWrong.slice(start, start + length).some(Boolean) &&
    referenceWrong.slice(target, target + length).some(Boolean) &&
    !(start <= aligned[target]! && aligned[target]! < start + length);
}

/** Positions in the hypothesis before which the phrase may go: after what the words before and in the target align with. */
function insertionPoints({ aligned }: Edits, target: number, length: number): number[] {
  const points: number[] = [];
  for (let at = target - 1; at < target + length && at < aligned.length; at++) {
    const point = at === -1 ? 0 : aligned[at]! + 1;
    if (point !== points.at(-1)) points.push(point);
  }
  return points;
}

function shift(words: readonly number[], start: number, length: number, at: number): number[] {
  const phrase = words.slice(start, start + length);
  if (at < start) {
    return [...words.slice(0, at), ...phrase, ...words.slice(at, start), ...words.slice(start + length)];
  }
  // a target inside the phrase itself, as Tercom has it: the phrase moves right by `at - start` words
  const end = at > start + length ? at : at + length;
  return [...words.slice(0, start), ...words.slice(start + length, end), ...phrase, ...words.slice(end)];
}

function isHigher(a: readonly number[], b: readonly number[]): boolean {
  const at = a.findIndex((x, i) => x !== b[i]);
  return at >= 0 && a[at]! > b[at]!;
}
