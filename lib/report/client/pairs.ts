/**
 * Two systems, or two runs, on the same problems: which answers belong together, and how often both are right, only one of
 * them, or none. The counts are of every answer; to read are those that are kept in full.
 * @module
 */
import type { Address } from "./address.ts";
import type { Shown } from "./choose.ts";
import type { AnswerTuple, CellData, SliceData } from "./data.ts";

/** What is compared: a system with all its seeds, or one run of it. */
export type Sides = Pick<Address, "seed" | "withSeed"> & { readonly with: string };

/** How pairs of answers came out. */
export interface PairCounts {
  readonly both: number;
  readonly first: number;
  readonly second: number;
  readonly neither: number;
}

/** Of each run of the first the run of the other that it is compared with: that of the same seed, or the one asked for. */
export function pairedRuns(
  { runs }: Pick<SliceData, "runs">,
  cell: Pick<CellData, "variant">,
  { with: other, seed, withSeed }: Sides,
): Map<number, number> {
  const pairs = new Map<number, number>();
  for (const [at, run] of runs.entries()) {
    if (run.variant !== cell.variant || (seed !== undefined && run.seed !== seed)) continue;
    const wanted = seed === undefined ? run.seed : withSeed ?? seed;
    const partner = runs.findIndex(({ variant, seed }) => variant === other && seed === wanted);
    if (partner >= 0) pairs.set(at, partner);
  }
  return pairs;
}

/** Counts over all answers of the cell, language by language. */
export function pairCounts(slice: SliceData, cell: CellData, sides: Sides): Map<string, PairCounts> {
  const runs = pairedRuns(slice, cell, sides);
  const marks = new Map(
    slice.marks.filter(([, benchmark]) => benchmark === cell.benchmark)
      .map(([run, , lang, marks]) => [`${run} ${lang}`, marks]),
  );
  return new Map(cell.languages.map((lang) => {
    const sum = { both: 0, first: 0, second: 0, neither: 0 };
    for (const [run, partner] of runs) {
      const [one, other] = [marks.get(`${run} ${lang}`) ?? "", marks.get(`${partner} ${lang}`) ?? ""];
      for (let i = 0; i < Math.min(one.length, other.length); i++) {
        if (one[i] === "." || other[i] === ".") continue;
        sum[one[i] === "1" ? other[i] === "1" ? "both" : "first" : other[i] === "1" ? "second" : "neither"]++;
      }
    }
    return [lang, sum];
  }));
}

/** The sum over languages. */
export function sumOf(counts: Iterable<PairCounts>): PairCounts {
  const sum = { both: 0, first: 0, second: 0, neither: 0 };
  for (const one of counts) {
    for (const name of ["both", "first", "second", "neither"] as const) sum[name] += one[name];
  }
  return sum;
}

/** Answers with their partners; those without one are left out. */
export function paired(
  all: readonly Shown[],
  others: readonly AnswerTuple[],
  runs: ReadonlyMap<number, number>,
): Shown[] {
  const key = (run: number, lang: string, item: string) => JSON.stringify([run, lang, item]);
  const partners = new Map(others.map((answer) => [key(answer[1], answer[0], answer[2]), answer]));
  return all.flatMap((shown) => {
    const [lang, run, item] = shown.answer;
    const partner = runs.get(run);
    const other = partner === undefined ? undefined : partners.get(key(partner, lang, item));
    return other === undefined ? [] : [{ ...shown, other }];
  });
}
