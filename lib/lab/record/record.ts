/**
 * The run record: the truth about one finished run, written last, never changed. `.lab/runs/<id>.json` holds it as
 * JSON with a checksum over its canonical form, so that a torn or edited record is noticed. Large parts (answers,
 * prompts, the experiment's declaration, the diff of a dirty tree) lie in `.lab/objects/<sha256>` and are named by
 * their hash. DuckDB is only an index of these files and can be rebuilt from them at any time.
 * @module
 */
import * as v from "valibot";
import { UserError } from "../../errors.ts";
import { canonicalJson, type Json, sha256 } from "../../hash.ts";
import type { SystemFacts } from "../experiment/facts.ts";
import type { Knockouts } from "../experiment/types.ts";

/** Version of the record's format; a newer one is refused. */
export const RECORD_VERSION = 1;

const hash = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));
const count = v.pipe(v.number(), v.integer(), v.minValue(0));

/** A file in `.lab/objects`, by content. `rows` counts lines of newline-delimited JSON. */
const objectRef = v.strictObject({ object: hash, rows: count });

const stepScore = v.strictObject({
  benchmark: v.string(),
  scope: v.string(),
  metric: v.string(),
  value: v.number(),
  n: v.optional(count),
  k: v.optional(count),
  estimator: v.string(),
});

const stepEntry = v.strictObject({
  step: v.string(),
  /** Tells steps of one kind apart: "align"; absent in older records. */
  label: v.optional(v.string()),
  version: v.number(),
  key: hash,
  /** True when it came from the cache in this run. */
  reused: v.boolean(),
  /** Cost when it was computed (also when reused). */
  wall_s: v.number(),
  cpu_s: v.number(),
  answers: v.array(objectRef),
  prompts: v.array(objectRef),
  scores: v.array(stepScore),
  /** Object: the learning curve of a step that trained, see `Curve`; absent in older records. */
  curve: v.optional(hash),
});

/** What went into a run or step; two of them side by side explain why something runs again. */
export const ingredients = v.strictObject({
  /** Recipe or step input, flattened: "transfer.lr" -> "0.001" (JSON). */
  fields: v.record(v.string(), v.string()),
  /** Object: the code closure, see `Closure` in `code/closure.ts`. */
  code: hash,
  /** External input files: name -> hash. */
  inputs: v.record(v.string(), hash),
  /** Runtime options that change bytes, method id and version, and the like. */
  other: v.record(v.string(), v.string()),
});

const runRecordSchema = v.strictObject({
  format: v.literal("lingualift-run"),
  version: v.number(),
  id: v.string(),
  experiment: v.string(),
  experiment_version: v.number(),
  variant: v.string(),
  seed: v.number(),
  scale: v.string(),
  world: v.string(),
  method: v.string(),
  method_version: v.number(),
  /** Hash of the ingredients. */
  identity: hash,
  ingredients,
  /** Recipe rows in order, each with where its value comes from: "base", "scale" or "variant". */
  recipe: v.array(v.strictObject({ path: v.string(), value: v.string(), by: v.string() })),
  inputs: v.array(v.strictObject({ name: v.string(), hash, bytes: count })),
  steps: v.array(stepEntry),
  /** Object: the experiment's declaration as JSON, see `Declaration`. */
  declaration: hash,
  /** Commit, dirty, diff (object), lock, seeds, device, threads, versions, cpu, ...: text by key. */
  provenance: v.record(v.string(), v.string()),
  started: v.string(),
  finished: v.string(),
  wall_s: v.number(),
  cpu_s: v.number(),
  peak_bytes: count,
});

export type Ingredients = v.InferOutput<typeof ingredients>;
export type StepEntry = v.InferOutput<typeof stepEntry>;
export type RunRecord = v.InferOutput<typeof runRecordSchema>;

/** What the report needs to know of the experiment's module, as it was when the run finished. */
export interface Declaration {
  readonly id: string;
  readonly version: number;
  readonly title: string;
  /** The header comment of the module. */
  readonly abstract: string;
  readonly method: string;
  readonly baseName: string;
  /** In table order, the base first with an empty patch. */
  readonly variants: readonly {
    readonly name: string;
    readonly method: string;
    readonly patch: readonly { readonly path: string; readonly from: string; readonly to: string }[];
    /** Null for a method that gives none; absent in older records. */
    readonly facts?: SystemFacts | null;
  }[];
  readonly benchmarks: readonly {
    readonly id: string;
    readonly title: string;
    readonly unit: string;
    /** Absent in older records, as `note`. */
    readonly against?: string | null;
    readonly note?: string | null;
    readonly languages: readonly string[];
    readonly groups: Readonly<Record<string, readonly string[]>>;
  }[];
  readonly paper: Readonly<Record<string, string>>;
  readonly paperRows: Readonly<Record<string, string>>;
  /** Absent in older records. */
  readonly knockouts?: Readonly<Record<string, Knockouts>>;
  readonly figures: Readonly<Record<string, Json>>;
  readonly claims: readonly { readonly id: string; readonly sentence: string; readonly source: string }[];
}

/** The record's file content: canonical JSON and its checksum on one line each. */
export function encodeRecord(record: unknown): string {
  const body = canonicalJson(record);
  return `${body}\n${sha256(body)}\n`;
}

/** Why a record cannot be used. `torn` files are set aside; a newer format stops the lab. */
export class TornRecord extends Error {
  override name = "TornRecord";
}

/**
 * Reads what `encodeRecord` wrote.
 * @throws {TornRecord} when the checksum or the shape is wrong.
 * @throws {UserError} when it was written by a newer lab.
 */
export function decodeRecord(text: string, path: string): RunRecord {
  const raw = decodeChecked(text, path);
  const format = v.safeParse(v.object({ version: v.number() }), raw);
  if (format.success && format.output.version > RECORD_VERSION) {
    throw new UserError(
      `Cannot read "${path}": it has record format ${format.output.version}, this lab reads up to ${RECORD_VERSION}; ` +
        `update the repository or move the file away`,
    );
  }
  const parsed = v.safeParse(runRecordSchema, raw);
  if (!parsed.success) {
    const issue = parsed.issues[0];
    throw new TornRecord(`Malformed record "${path}": ${v.getDotPath(issue) ?? "record"}: ${issue.message}`);
  }
  return parsed.output;
}

/** The checked JSON of any record. @throws {TornRecord} when the checksum does not match. */
export function decodeChecked(text: string, path: string): unknown {
  const end = text.indexOf("\n");
  const body = text.slice(0, end);
  if (end < 0 || text.slice(end + 1) !== `${sha256(body)}\n`) {
    throw new TornRecord(`Torn record "${path}": its checksum does not match its content`);
  }
  return JSON.parse(body);
}
