/**
 * A cell's number from the answers behind it. The build runs this on what it has written and fails when the string
 * differs from the printed one; the browser runs the same code on the same bytes.
 * @module
 */

/** Right and wrong answers of one run in one language: "1", "0", "." for none. */
export interface MarkRow {
  readonly variant: string;
  readonly benchmark: string;
  readonly lang: string;
  readonly marks: string;
}

/** Which answers a cell is the mean of. */
export interface CellQuestion {
  readonly variant: string;
  readonly benchmark: string;
  readonly languages: readonly string[];
}

export interface Recomputed {
  /** Percent with one decimal; "" when a language has no answer. */
  readonly printed: string;
  /** In [0, 1]; 0 when a language has no answer. */
  readonly value: number;
  readonly k: number;
  readonly n: number;
}

/** Marks by benchmark, variant and language. */
export type MarkIndex = ReadonlyMap<string, readonly string[]>;

export function markKey(benchmark: string, variant: string, lang: string): string {
  return JSON.stringify([benchmark, variant, lang]);
}

export function indexMarks(rows: Iterable<MarkRow>): MarkIndex {
  const index = new Map<string, string[]>();
  for (const row of rows) {
    const key = markKey(row.benchmark, row.variant, row.lang);
    const list = index.get(key);
    if (list) list.push(row.marks);
    else index.set(key, [row.marks]);
  }
  return index;
}

/** Mean over languages of (right answers / answers), all seeds together. */
export function recompute(cell: CellQuestion, index: MarkIndex): Recomputed {
  let sum = 0, right = 0, asked = 0;
  for (const lang of cell.languages) {
    let k = 0, n = 0;
    for (const marks of index.get(markKey(cell.benchmark, cell.variant, lang)) ?? []) {
      for (let i = 0; i < marks.length; i++) {
        const mark = marks[i];
        if (mark === "1") k++;
        if (mark !== ".") n++;
      }
    }
    if (n === 0) return { printed: "", value: 0, k: right, n: asked };
    sum += k / n;
    right += k;
    asked += n;
  }
  const value = sum / cell.languages.length;
  return { printed: (value * 100).toFixed(1), value, k: right, n: asked };
}
