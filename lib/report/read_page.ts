/**
 * What an experiment's page shows beside its results, read from the store.
 * @module
 */
import { paperLookup } from "../paper/lookup.ts";
import type { Paper } from "../paper/paper.ts";
import { paperTables } from "../results/paper_table.ts";
import { readMistakes } from "../results/mistakes.ts";
import { readParts } from "../results/parts.ts";
import type { Benchmark, Slice } from "../results/slice.ts";
import type { Store } from "../store/open.ts";
import type { ExperimentProps } from "./html/experiment.tsx";
import { readTranslations } from "./store/read_translations.ts";
import { readWritten } from "./store/read_written.ts";

/** Words of a language that a page gives as examples, as the paper's Table 4. */
const WORDS = 6;
/** Problems that a page gives in every language. */
const TEXTS = 5;

/** The page's properties. */
export async function readPage(
  db: Store,
  { paper, ...given }:
    & Pick<ExperimentProps, "results" | "figures" | "curves" | "history" | "siblings" | "shelf" | "drawings">
    & {
      readonly paper: Paper;
    },
): Promise<ExperimentProps> {
  const { slice } = given.results;
  return {
    ...given,
    printed: paperTables(slice, paperLookup(paper)),
    captions: new Map(paper.tables.map(({ id, title }) => [id, title])),
    words: await examples(slice, "word", (benchmark) => readTranslations(db, slice, benchmark, WORDS)),
    texts: await examples(slice, "text", (benchmark) => readWritten(db, slice, benchmark, TEXTS)),
    solutions: await readParts(db, slice),
    mistakes: await readMistakes(db, slice),
  };
}

/** Examples of the benchmarks whose items are of a kind. */
async function examples<T>(
  { benchmarks }: Slice,
  kind: string,
  read: (benchmark: Benchmark) => Promise<T[]>,
): Promise<Map<string, T[]>> {
  const found = new Map<string, T[]>();
  for (const benchmark of benchmarks.filter(({ unit }) => unit === kind)) {
    found.set(benchmark.id, await read(benchmark));
  }
  return found;
}
