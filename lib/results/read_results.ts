/**
 * A slice with all its answers, as the report draws it and the gate compares it: the store's scores are taken only when
 * they follow from the answers beside them.
 * @module
 */
import { BrokenStore, type Store } from "../store/open.ts";
import { readItems, readMarks } from "./read_marks.ts";
import { readSlice } from "./read_slice.ts";
import type { Items, Marks, Slice, SliceKey } from "./slice.ts";

/** What the store says of a slice. */
export interface Reading {
  readonly slice: Slice;
  readonly items: Items;
  readonly marks: readonly Marks[];
}

/** @throws {BrokenStore} naming the first score that its answers do not give. */
export async function readResults(db: Store, key: SliceKey): Promise<Reading> {
  const slice = await readSlice(db, key);
  const items = await readItems(db, key);
  const marks = await readMarks(db, key, items);
  const problem = wrongCount(slice, marks);
  if (problem !== undefined) throw new BrokenStore(db.path, problem);
  return { slice, items, marks };
}

/** The first run and language whose answers, counted, are not what its score says. */
function wrongCount({ counts }: Slice, marks: readonly Marks[]): string | undefined {
  const place = (row: { run: string; benchmark: string; lang: string }) =>
    JSON.stringify([row.run, row.benchmark, row.lang]);
  const said = new Map(counts.map((row) => [place(row), `${row.k} of ${row.n}`]));
  const found = new Map(marks.map((row) => {
    const answers = row.marks.replaceAll(".", "");
    return [place(row), `${answers.replaceAll("0", "").length} of ${answers.length}`];
  }));
  for (const row of [...counts, ...marks]) {
    const [score, answers] = [said, found].map((map) => map.get(place(row)) ?? "none");
    if (score === answers) continue;
    return `${row.variant}, ${row.benchmark} ${row.lang} has ${score} right by its score, ${answers} by its answers`;
  }
}
