/**
 * How often words stand near each other in a text, and what of it is more than chance: positive pointwise mutual
 * information with a smoothed distribution of the contexts (Levy, Goldberg & Dagan 2015, Sections 2.1 and 3.1, 3.2).
 * @module
 */

/** A sparse square matrix, compressed by rows; the columns of a row rise. */
export interface SparseMatrix {
  readonly size: number;
  /** Row r has the elements starts[r] to starts[r + 1]. */
  readonly starts: Int32Array;
  readonly columns: Int32Array;
  readonly values: Float64Array;
}

/** The words of a text by frequency, then in order of code units; those that occur less than `minCount` times are left out. */
export function vocabularyOf(texts: readonly (readonly string[])[], minCount: number): string[] {
  const counts = new Map<string, number>();
  for (const text of texts) for (const word of text) counts.set(word, (counts.get(word) ?? 0) + 1);
  return [...counts].filter(([, count]) => count >= minCount)
    .sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
    .map(([word]) => word);
}

/**
 * How often each word has each other within `window` words to its left or right in the same text. Words that are not in
 * the vocabulary are left out first, so that a window reaches over them.
 */
export function countContexts(
  texts: readonly (readonly string[])[],
  vocabulary: readonly string[],
  window: number,
): SparseMatrix {
  const size = vocabulary.length;
  const ids = new Map(vocabulary.map((word, id) => [word, id]));
  const rows = Array.from({ length: size }, () => new Map<number, number>());
  for (const text of texts) {
    const known = text.map((word) => ids.get(word)).filter((id) => id !== undefined);
    for (let at = 0; at < known.length; at++) {
      const end = Math.min(known.length, at + window + 1);
      for (let other = at + 1; other < end; other++) {
        increase(rows[known[at]!]!, known[other]!);
        increase(rows[known[other]!]!, known[at]!);
      }
    }
  }
  const sorted = rows.map((row) => [...row].sort(([a], [b]) => a - b));
  const starts = new Int32Array(size + 1);
  sorted.forEach((row, r) => starts[r + 1] = starts[r]! + row.length);
  const columns = new Int32Array(starts[size]!);
  const values = new Float64Array(starts[size]!);
  sorted.forEach((row, r) =>
    row.forEach(([column, count], i) => {
      columns[starts[r]! + i] = column;
      values[starts[r]! + i] = count;
    })
  );
  return { size, starts, columns, values };
}

function increase(row: Map<number, number>, column: number): void {
  row.set(column, (row.get(column) ?? 0) + 1);
}

/** max(0, log(p(word, context) / (p(word) p(context)^smoothing))), with p(context)^smoothing brought to sum 1. */
export function positivePmi(counts: SparseMatrix, smoothing: number): SparseMatrix {
  const { size, starts, columns, values } = counts;
  const [rowSums, columnSums] = [new Float64Array(size), new Float64Array(size)];
  for (let r = 0; r < size; r++) {
    for (let at = starts[r]!; at < starts[r + 1]!; at++) {
      rowSums[r]! += values[at]!;
      columnSums[columns[at]!]! += values[at]!;
    }
  }
  const smoothed = columnSums.map((sum) => sum ** smoothing);
  const total = smoothed.reduce((a, b) => a + b, 0);
  const information = values.slice();
  for (let r = 0; r < size; r++) {
    for (let at = starts[r]!; at < starts[r + 1]!; at++) {
      const chance = rowSums[r]! * smoothed[columns[at]!]! / total;
      information[at] = Math.max(0, Math.log(values[at]! / chance));
    }
  }
  return { ...counts, values: information };
}
