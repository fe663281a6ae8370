/**
 * What `deno task report --export` writes: the tables of the report, in rows of one number or answer each. Values are
 * those of the pages before they are rounded.
 * @module
 */
import { readingOf } from "../../results/reading.ts";
import type { Cell, Change, Effect, Results } from "../../results/table.ts";
import type { Value } from "../../store/append.ts";
import { type Column, columnOf, VIEWS } from "../../store/schema.ts";

/** A table to write: worked out of a slice's results, or a query of the store. */
export interface ExportTable {
  readonly name: string;
  readonly comment: string;
  readonly columns: readonly Column[];
  readonly from: { readonly rows: (results: Results) => readonly (readonly Value[])[] } | {
    readonly sql: string;
  };
}

/** A column of a computed table and its value in a row. */
type Field<T> = readonly [type: string, comment: string, value: (row: T, results: Results) => Value];

function computed<T>(
  name: string,
  comment: string,
  of: (results: Results) => readonly T[],
  fields: Readonly<Record<string, Field<T>>>,
): ExportTable {
  const all: Readonly<Record<string, Field<T>>> = {
    experiment: ["VARCHAR", columnOf("run.experiment").comment, (_, { slice }) => slice.experiment],
    scale: ["VARCHAR", columnOf("run.scale").comment, (_, { slice }) => slice.scale],
    world: ["VARCHAR", columnOf("run.world").comment, (_, { slice }) => slice.world],
    ...fields,
  };
  return {
    name,
    comment,
    columns: Object.entries(all).map(([name, [type, comment]]) => ({ name, type, comment })),
    from: {
      rows: (results) =>
        of(results).map((row) => Object.values(all).map(([, , value]) => value(row, results))),
    },
  };
}

/** Columns of the store as they are, "run.seed", of what follows "FROM ...". */
function stored(name: string, comment: string, columns: readonly Column[], sql: string): ExportTable {
  return { name, comment, columns, from: { sql } };
}

/** What cells and differences have alike; a cell names its languages, a difference counts them. */
type Sized =
  & Pick<Cell, "low" | "high" | "n" | "problems" | "seeds" | "covered">
  & { readonly languages: number | readonly string[] };

const INTERVAL: Readonly<Record<string, Field<Sized>>> = {
  low: ["DOUBLE", "lower end of the 95 % interval", ({ low }) => low],
  high: ["DOUBLE", "upper end", ({ high }) => high],
  n: ["BIGINT", "answers, all seeds together", ({ n }) => n],
  problems: ["BIGINT", "problems that they are of", ({ problems }) => problems],
  languages: [
    "BIGINT",
    "languages that they are of",
    ({ languages }) => typeof languages === "number" ? languages : languages.length,
  ],
  seeds: ["BIGINT", "seeds that they are of", ({ seeds }) => seeds],
  covered: [
    "BIGINT",
    "seeds whose spread the interval includes; 1: it is of problems alone",
    (row) => row.covered,
  ],
};

const DIFFERENCE: Readonly<Record<string, Field<Omit<Effect, "paper">>>> = {
  difference: ["DOUBLE", "first minus second, paired, in [-1, 1]", ({ value }) => value],
  ...INTERVAL,
  p: ["DOUBLE", "two-sided, of this difference by itself", ({ p }) => p],
  p_corrected: [
    "DOUBLE",
    "after Holm's correction over the benchmark's table",
    ({ corrected }) => corrected.p,
  ],
  corrected_of: ["BIGINT", "differences that were corrected together", ({ corrected }) => corrected.of],
  detectable: ["DOUBLE", "least true difference that 80 % of such designs detect", (row) => row.detectable],
  method: ["VARCHAR", "how interval and p were computed", ({ method }) => method],
  reading: ["VARCHAR", "the difference in words, as the page has it", (row) => readingOf(row)],
};

const COUNTED = "run.current AND run.status = 'done'";
const RUN_COLUMNS = ["run_id", "experiment", "scale", "world", "variant", "seed"].map((name) =>
  columnOf(`run.${name}`)
);
const list = (columns: readonly Column[]) => columns.map(({ name }) => name).join(", ");
const RUNS = [
  ...RUN_COLUMNS,
  ...[
    "method",
    "identity",
    "status",
    "started",
    "finished",
    "wall_s",
    "cpu_s",
    "peak_bytes",
    "answers",
    "error",
  ]
    .map((name) => columnOf(`run.${name}`)),
];
const RECIPE = [...RUN_COLUMNS, ...["path", "value", "set_by"].map((name) => columnOf(`recipe.${name}`))];
const STEP_SCORES = [
  ...RUN_COLUMNS,
  ...["benchmark", "scope", "metric", "n", "k", "value", "estimator"].map((name) =>
    columnOf(`score.${name}`)
  ),
];
const CURVES = [
  ...RUN_COLUMNS,
  ...["step.step", "step.label", "curve.updates", "curve.loss", "curve.lr", "curve.grad_norm"].map(columnOf),
];
const ANSWERS = VIEWS.filter(({ name }) => name === "answers").flatMap(({ columns }) => columns).map((
  { name, from, comment },
) => ({
  ...columnOf(from),
  name,
  ...(comment === undefined ? {} : { comment }),
}));

/** In the order in which they are written. */
export const EXPORT_TABLES: readonly ExportTable[] = [
  computed<Cell>("scores", "Accuracies with intervals: a row a cell of a page", ({ cells }) => cells, {
    benchmark: ["VARCHAR", "benchmark id", ({ benchmark }) => benchmark],
    variant: ["VARCHAR", "system, a row of the page's table", ({ variant }) => variant],
    scope: ["VARCHAR", "language code or group name", ({ scope }) => scope],
    kind: ["VARCHAR", "lang or group", ({ kind }) => kind],
    accuracy: ["DOUBLE", "mean over its languages, in [0, 1]", ({ value }) => value],
    ...INTERVAL,
    k: ["BIGINT", "right answers, all seeds together", ({ k }) => k],
    signature: ["VARCHAR", "how it was computed", ({ signature }) => signature],
    paper_percent: ["DOUBLE", "what the paper prints", ({ paper }) => paper?.value ?? null],
  }),
  computed<Effect>("effects", "What each variant changes against the base", ({ effects }) => effects, {
    benchmark: ["VARCHAR", "benchmark id", ({ benchmark }) => benchmark],
    variant: ["VARCHAR", "the first of the two", ({ variant }) => variant],
    base: ["VARCHAR", "the second of the two", (_, { slice }) => slice.baseName],
    scope: ["VARCHAR", "group name", ({ scope }) => scope],
    ...DIFFERENCE,
    paper_points: ["DOUBLE", "the paper's difference, in percentage points", ({ paper }) => paper ?? null],
  }),
  computed<Change>(
    "changes",
    "What each system gains from one benchmark to another",
    ({ changes }) => changes,
    {
      benchmark: ["VARCHAR", "the first of the two", ({ benchmark }) => benchmark],
      against: ["VARCHAR", "the second of the two, of the same items", ({ against }) => against],
      variant: ["VARCHAR", "the system", ({ variant }) => variant],
      scope: ["VARCHAR", "language code or group name", ({ scope }) => scope],
      ...DIFFERENCE,
    },
  ),
  computed("claims", "Conclusions of the paper and what holds here", ({ slice }) => slice.claims, {
    claim: ["VARCHAR", "claim id", ({ claim }) => claim],
    sentence: ["VARCHAR", "the conclusion", ({ sentence }) => sentence],
    source: ["VARCHAR", "where the paper says so", ({ source }) => source],
    verdict: ["VARCHAR", "supported, contradicted, not resolvable or not run", ({ verdict }) => verdict],
    because: ["VARCHAR", "the numbers in a sentence, a line a part", ({ because }) => because],
    seeds: ["VARCHAR", "seeds that it was checked on", ({ seeds }) => seeds],
  }),
  stored(
    "runs",
    "Runs that count, and failed ones that nothing has replaced",
    RUNS,
    `FROM run WHERE run.current`,
  ),
  stored(
    "recipe",
    "The recipe of each run that counts, a row a field",
    RECIPE,
    `FROM recipe JOIN run USING (run) WHERE ${COUNTED}`,
  ),
  stored(
    "step_scores",
    "Scores that steps computed themselves: losses, retrieval, floors",
    STEP_SCORES,
    `FROM score JOIN run USING (run) WHERE ${COUNTED} AND kind = 'other'`,
  ),
  stored(
    "curves",
    "Learning curves: means over windows of updates",
    CURVES,
    `FROM curve JOIN step USING (run, position) JOIN run USING (run) WHERE ${COUNTED}`,
  ),
  stored("answers", "Every answer that counts; texts are a model's and untrusted", ANSWERS, "FROM answers"),
].map((table) =>
  "sql" in table.from
    ? { ...table, from: { sql: `SELECT ${list(table.columns)} ${table.from.sql} ORDER BY ALL` } }
    : table
);
