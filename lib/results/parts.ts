/**
 * Which parts of the solutions to word problems are right (operation, operands, sum), per system, benchmark and group: the
 * same estimate as an accuracy, of another mark. They explain accuracies; no verdict is drawn from them.
 * @module
 */
import * as v from "valibot";
import { PARTS, type Parts } from "../metric/mod.ts";
import type { Store } from "../store/open.ts";
import { accuracy, type AccuracyEstimate } from "./estimate.ts";
import { tabulate } from "./marks.ts";
import { CURRENT, keyValues } from "./current.ts";
import type { Benchmark, Marks, Slice } from "./slice.ts";

/** A system's parts in one group of a benchmark. */
export interface PartsRow {
  readonly benchmark: string;
  readonly variant: string;
  readonly scope: string;
  readonly parts: Readonly<Record<keyof Parts, AccuracyEstimate>>;
}

const text = v.string();
const row = v.object({
  run: text,
  variant: text,
  seed: v.number(),
  benchmark: text,
  lang: text,
  operation: text,
  operands: text,
  sum: text,
});

/** In the order of benchmarks, variants and groups; empty where no item has a worked solution. */
export async function readParts(db: Store, slice: Slice): Promise<PartsRow[]> {
  const marks = (part: keyof Parts) =>
    `string_agg(coalesce(${part}::INT::VARCHAR, '.'), '' ORDER BY item) AS ${part}`;
  const rows = await db.rows(
    row,
    `WITH answer AS (
       SELECT run.run, variant, seed, benchmark, lang, item, ${PARTS.join(", ")}
       FROM sample JOIN run USING (run) WHERE ${CURRENT} AND operation IS NOT NULL)
     SELECT run::VARCHAR AS run, variant, seed, benchmark, lang, ${PARTS.map(marks).join(", ")}
     FROM (SELECT DISTINCT run, variant, seed, benchmark, lang FROM answer)
       JOIN (SELECT DISTINCT benchmark, item FROM answer) USING (benchmark)
       LEFT JOIN answer USING (run, variant, seed, benchmark, lang, item)
     GROUP BY ALL ORDER BY benchmark, variant, seed, lang, run`,
    keyValues(slice),
  );
  const items = await db.rows(
    v.object({ benchmark: text, item: text }),
    `SELECT DISTINCT benchmark, item FROM sample JOIN run USING (run) WHERE ${CURRENT} AND operation IS NOT NULL
     ORDER BY benchmark, item`,
    keyValues(slice),
  );
  const itemsOf = Map.groupBy(items, ({ benchmark }) => benchmark);
  return slice.benchmarks.flatMap((benchmark) => {
    const own = itemsOf.get(benchmark.id)?.map(({ item }) => item);
    return own === undefined ? [] : rowsOf(slice, benchmark, own, rows);
  });
}

function rowsOf(
  slice: Slice,
  { id, groups }: Benchmark,
  items: readonly string[],
  rows: readonly v.InferOutput<typeof row>[],
): PartsRow[] {
  const tables = PARTS.map((part) => tabulate(rows.map((one): Marks => ({ ...one, marks: one[part] })), id));
  return slice.variants.flatMap(({ name: variant }) =>
    groups.flatMap(({ name: scope, languages }): PartsRow[] => {
      const found = PARTS.flatMap((part, i) => {
        const estimate = accuracy({ marks: tables[i]!.get(variant) ?? new Map(), languages, items });
        return estimate ? [[part, estimate] as const] : [];
      });
      if (found.length < PARTS.length) return [];
      return [{ benchmark: id, variant, scope, parts: Object.fromEntries(found) as PartsRow["parts"] }];
    })
  );
}
