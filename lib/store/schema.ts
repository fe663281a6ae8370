/**
 * The tables and views of `.lab/lab.duckdb`, readable with any DuckDB client. Versioned: an older file is rebuilt from the run
 * records, a newer one refused. One row per answer in `sample`. Text keys are plain names; runs are numbered by the
 * first 52 bits of the SHA-256 of their id, so that a rebuilt file has the same numbers.
 * @module
 */
import { must } from "../checked.ts";

/** Raise with every change of a table or view. */
export const SCHEMA_VERSION = 8;

/** A column of a table, with what it holds. */
export interface Column {
  readonly name: string;
  readonly type: string;
  readonly comment: string;
}

/** A table, with what its rows are. */
export interface Table {
  readonly name: string;
  readonly comment: string;
  readonly columns: readonly Column[];
}

function table(name: string, comment: string, columns: Record<string, readonly [string, string]>): Table {
  return {
    name,
    comment,
    columns: Object.entries(columns).map(([column, [type, text]]) => ({ name: column, type, comment: text })),
  };
}

const RUN = ["BIGINT NOT NULL", "run.run"] as const;

/** Experiment, scale and world together name a slice; its declaration is that of the latest run. */
const SLICE = {
  experiment: ["VARCHAR NOT NULL", "id of the experiment, its file's name"],
  scale: ["VARCHAR NOT NULL", "smoke, demo, micro, small or full"],
  world: ["VARCHAR NOT NULL", "where text and benchmarks came from"],
} as const;

export const TABLES: readonly Table[] = [
  table("meta", "Facts about this file", {
    key: ["VARCHAR NOT NULL", "schema_version, written_by, seal (lib/store/seal.ts)"],
    value: ["VARCHAR NOT NULL", "its value"],
  }),
  table("experiment", "One row per experiment, scale and world that has a run", {
    ...SLICE,
    version: ["INTEGER NOT NULL", "version of the experiment"],
    title: ["VARCHAR NOT NULL", "its title"],
    abstract: ["VARCHAR NOT NULL", "header comment of its module"],
    method: ["VARCHAR NOT NULL", "method of the base"],
    base_name: ["VARCHAR NOT NULL", "the base's name among the variants"],
    paper: ["JSON NOT NULL", "benchmark id -> id of the paper's table"],
    paper_rows: ["JSON NOT NULL", "variant -> row name in the paper's table where it differs"],
    knockouts: [
      "JSON NOT NULL",
      "variant -> {without_states, without_tokens}: the variants that ask its system without one of the two",
    ],
    figures: ["JSON NOT NULL", "name -> Vega-Lite specification without data"],
  }),
  table("variant", "Rows of an experiment's table; the base is position 0", {
    ...SLICE,
    position: ["INTEGER NOT NULL", "order in the table"],
    variant: ["VARCHAR NOT NULL", "its name"],
    method: ["VARCHAR NOT NULL", "its method"],
    patch: ["JSON NOT NULL", "list of {path, from, to}: what differs from the base; empty for the base"],
    facts: [
      "JSON",
      "{reads, prompts, parallel, tries}: how the system is asked and what was tried of it; NULL in older records",
    ],
  }),
  table("benchmark", "Benchmarks of an experiment, in table order", {
    ...SLICE,
    position: ["INTEGER NOT NULL", "order in the table"],
    benchmark: ["VARCHAR NOT NULL", "its id"],
    title: ["VARCHAR NOT NULL", "its name in print"],
    unit: ["VARCHAR NOT NULL", "what an item id stands for: the unit of clustering"],
    against: ["VARCHAR", "a benchmark of the same items that each system is compared with"],
    note: ["VARCHAR", "what one must know to judge its numbers"],
  }),
  table(
    "scope",
    "Languages of a benchmark and the groups they belong to; a language is in as many rows as groups",
    {
      ...SLICE,
      benchmark: ["VARCHAR NOT NULL", "benchmark.benchmark"],
      grp: ["VARCHAR NOT NULL", "LR, MR, HR, ..., and avg for all languages"],
      grp_position: ["INTEGER NOT NULL", "order of the groups, avg last"],
      lang: ["VARCHAR NOT NULL", "language code"],
      lang_position: ["INTEGER NOT NULL", "order of the languages"],
    },
  ),
  table("run", "One row per run record; ask for `current` to leave out superseded ones", {
    run: ["BIGINT NOT NULL", "number of the run: first 52 bits of sha256(run_id)"],
    run_id: ["VARCHAR NOT NULL", "name of its record in .lab/runs"],
    ...SLICE,
    experiment_version: ["INTEGER NOT NULL", "version of the experiment then"],
    variant: ["VARCHAR NOT NULL", "variant.variant"],
    seed: ["INTEGER NOT NULL", "seed of every named random stream"],
    method: ["VARCHAR NOT NULL", "method id"],
    method_version: ["INTEGER NOT NULL", "method version"],
    identity: ["VARCHAR NOT NULL", "SHA-256 of recipe, code, data and what else changes bytes"],
    status: ["VARCHAR NOT NULL", "done or failed"],
    current: ["BOOLEAN NOT NULL", "the one that counts for its experiment, variant, seed, scale and world"],
    started: ["TIMESTAMP NOT NULL", "UTC"],
    finished: ["TIMESTAMP NOT NULL", "UTC"],
    wall_s: ["DOUBLE NOT NULL", "wall time in seconds of the last attempt, cached steps not counted"],
    cpu_s: ["DOUBLE NOT NULL", "processor time in seconds of the last attempt"],
    peak_bytes: ["BIGINT NOT NULL", "peak resident memory"],
    answers: ["BIGINT NOT NULL", "rows in sample"],
    error: ["VARCHAR", "first line of the error of a failed run"],
  }),
  table("recipe", "The resolved recipe, one row per field", {
    run: RUN,
    path: ["VARCHAR NOT NULL", "transfer.lr"],
    value: ["VARCHAR NOT NULL", "as JSON"],
    set_by: ["VARCHAR NOT NULL", "base, scale or variant"],
  }),
  table("setting", "What else went into a run's identity: method, benchmarks, engine, precision, seed, ...", {
    run: RUN,
    name: [
      "VARCHAR NOT NULL",
      "method, method version, experiment version, world, benchmarks, seed, engine, ...",
    ],
    value: ["VARCHAR NOT NULL", "as text"],
  }),
  table("provenance", "Where a run comes from: commit, dirty, lock, code, device, threads, versions, cpu", {
    run: RUN,
    key: ["VARCHAR NOT NULL", "commit, dirty, diff, lock, code, os, cpu, deno, package:NAME, ..."],
    value: ["VARCHAR NOT NULL", "as text"],
  }),
  table("input", "Files a run read: committed code and data, and external inputs", {
    run: RUN,
    kind: ["VARCHAR NOT NULL", "code, data or package"],
    name: ["VARCHAR NOT NULL", "path in the repository, name of the input, or package@version"],
    hash: ["VARCHAR NOT NULL", "SHA-256, or the lock file's integrity"],
  }),
  table("step", "Steps of a run in order; the same key means the same bytes", {
    run: RUN,
    position: ["INTEGER NOT NULL", "order in the run"],
    step: ["VARCHAR NOT NULL", "step id"],
    label: ["VARCHAR", "tells steps of one kind apart: align, transfer; NULL where there is one"],
    version: ["INTEGER NOT NULL", "step version"],
    key: ["VARCHAR NOT NULL", "content key, name of its folder in .lab/artifacts"],
    reused: ["BOOLEAN NOT NULL", "taken from the cache"],
    wall_s: ["DOUBLE NOT NULL", "seconds when it was computed"],
    cpu_s: ["DOUBLE NOT NULL", "processor seconds when it was computed"],
  }),
  table("curve", "Learning curves: means over windows of updates, at most 200 a step that trained", {
    run: RUN,
    position: ["INTEGER NOT NULL", "step.position"],
    updates: ["INTEGER NOT NULL", "updates done at the window's end"],
    loss: ["DOUBLE NOT NULL", "mean training loss"],
    lr: ["DOUBLE", "mean learning rate; NULL where the training did not write it, as the committed models'"],
    grad_norm: ["DOUBLE", "mean norm of the gradient before clipping; NULL as lr"],
  }),
  table("sample", "Every answer of every item", {
    run: RUN,
    benchmark: ["VARCHAR NOT NULL", "benchmark id"],
    lang: ["VARCHAR NOT NULL", "language code"],
    item: [
      "VARCHAR NOT NULL",
      "problem id, the same in every language; texts alike but for numbers share what is before #",
    ],
    prompt_hash: ["VARCHAR NOT NULL", "prompt.prompt_hash"],
    output: ["VARCHAR NOT NULL", "what the model wrote, untrusted text"],
    extracted: ["VARCHAR", "what the extraction rule found; NULL when nothing"],
    gold: ["VARCHAR NOT NULL", "the right answer"],
    correct: ["BOOLEAN NOT NULL", "whether extracted counts as gold"],
    operation: [
      "BOOLEAN",
      "whether its equations have the gold solution's operators; NULL, as the next two, where the item has no worked solution",
    ],
    operands: ["BOOLEAN", "whether its equations take the numbers that the gold solution's take"],
    sum: ["BOOLEAN", "whether it has equations and the arithmetic of each is right"],
    kind: ["VARCHAR", "what sort of problem the item is; NULL where it has none, and in older records"],
    mistake: [
      "VARCHAR",
      "none, sum, step, given, operation, operands or other (lib/metric/mistake.ts); NULL where the answer is right",
    ],
  }),
  table("prompt", "Texts that models saw, once each", {
    prompt_hash: ["VARCHAR NOT NULL", "first 16 hex digits of the SHA-256 of the text"],
    text: ["VARCHAR NOT NULL", "untrusted text"],
  }),
  table(
    "score",
    "Accuracy of answers and of their parts per language and group, and scores that steps computed themselves",
    {
      run: RUN,
      benchmark: ["VARCHAR NOT NULL", "benchmark id"],
      kind: ["VARCHAR NOT NULL", "lang, group or other"],
      scope: ["VARCHAR NOT NULL", "language code or group name"],
      metric: ["VARCHAR NOT NULL", "accuracy, operation, operands, sum, loss, top1, ..."],
      n: ["BIGINT", "answers; NULL where it is no proportion"],
      k: ["BIGINT", "correct answers"],
      value: [
        "DOUBLE NOT NULL",
        "accuracy and parts: k / n for a language, mean over its languages for a group, in [0, 1]",
      ],
      estimator: ["VARCHAR NOT NULL", "how it was computed, for instance acc|mean=lang|v1"],
    },
  ),
  table("paper_cell", "The paper's tables as printed", {
    table_id: ["VARCHAR NOT NULL", "table-14"],
    caption: ["VARCHAR NOT NULL", "its caption"],
    row_position: ["INTEGER NOT NULL", "order of the rows"],
    row: ["VARCHAR NOT NULL", "row as printed"],
    column_position: ["INTEGER NOT NULL", "order of the columns"],
    col: ["VARCHAR NOT NULL", "column as printed"],
    printed: ["VARCHAR NOT NULL", "the printed string, trailing zeros kept"],
    value: ["DOUBLE", "as a number, NULL where it is none"],
    n: ["INTEGER", "items behind it, NULL where unknown"],
  }),
  table("claim", "Conclusions of the paper and what our answers say about them", {
    ...SLICE,
    position: ["INTEGER NOT NULL", "order in the experiment"],
    claim: ["VARCHAR NOT NULL", "claim id"],
    sentence: ["VARCHAR NOT NULL", "the conclusion"],
    source: ["VARCHAR NOT NULL", "where the paper says so"],
    verdict: ["VARCHAR NOT NULL", "supported, contradicted, not resolvable or not run"],
    because: ["VARCHAR NOT NULL", "one sentence with the numbers, a line a part"],
    numbers: ["JSON NOT NULL", "the numbers by name"],
    seeds: ["VARCHAR NOT NULL", "seeds of the current runs it was checked on, comma-separated"],
  }),
];

/** A query with a name, for whoever reads the store from outside. */
interface View {
  readonly name: string;
  readonly comment: string;
  /** Its columns: where each comes from, and what it is where that is not said there. */
  readonly columns: readonly { readonly name: string; readonly from: string; readonly comment?: string }[];
  /** What follows "SELECT ..." */
  readonly rest: string;
}

/** A column by its place, "run.seed": of the same name, with the same comment. */
const same = (from: string) => ({ name: from.split(".")[1]!, from });

/** Their columns' names stay; a table's may change with the schema's version. */
export const VIEWS: readonly View[] = [
  {
    name: "answers",
    comment: "Every answer that counts: of the current runs that are done, with what was asked and how",
    columns: [
      ...["experiment", "scale", "world", "variant", "seed", "method"].map((name) => same(`run.${name}`)),
      ...["benchmark", "lang", "item"].map((name) => same(`sample.${name}`)),
      { name: "prompt", from: "prompt.text", comment: "what the model saw, untrusted text" },
      ...["output", "extracted", "gold", "correct", "operation", "operands", "sum"].map((name) =>
        same(`sample.${name}`)
      ),
      same("run.run_id"),
    ],
    rest: `FROM sample JOIN run ON run.run = sample.run
      LEFT JOIN prompt ON prompt.prompt_hash = sample.prompt_hash
      WHERE run.current AND run.status = 'done'`,
  },
];

/** Statements that make an empty store, with a comment on every table, view and column. */
export function createStatements(): string[] {
  return [
    ...TABLES.flatMap(({ name, comment, columns }) => [
      `CREATE TABLE ${name} (${columns.map((c) => `${c.name} ${c.type}`).join(", ")})`,
      `COMMENT ON TABLE ${name} IS ${quote(comment)}`,
      ...columns.map((c) => `COMMENT ON COLUMN ${name}.${c.name} IS ${quote(c.comment)}`),
    ]),
    ...VIEWS.flatMap(({ name, comment, columns, rest }) => [
      `CREATE VIEW ${name} AS SELECT ${columns.map((c) => `${c.from} AS ${c.name}`).join(", ")} ${rest}`,
      `COMMENT ON VIEW ${name} IS ${quote(comment)}`,
      ...columns.map((c) =>
        `COMMENT ON COLUMN ${name}.${c.name} IS ${quote(c.comment ?? columnOf(c.from).comment)}`
      ),
    ]),
  ];
}

/** A table's column by its place, "run.seed". */
export function columnOf(from: string): Column {
  const [table, column] = from.split(".");
  return must(TABLES.find(({ name }) => name === table)?.columns.find(({ name }) => name === column), from);
}

/** An SQL string literal. */
export function quote(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** Number of a run in the store. */
export function runNumber(sha256OfRunId: string): number {
  return parseInt(sha256OfRunId.slice(0, 13), 16);
}
