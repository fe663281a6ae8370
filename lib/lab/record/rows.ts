/**
 * Records as rows of the store's small tables: runs, recipes, settings, provenance, inputs, steps, steps' own scores, verdicts, and
 * the declarations that tables are drawn from.
 * @module
 */
import { canonicalJson } from "../../hash.ts";
import { numberOf, type Value } from "../../store/append.ts";
import type { ScopeRow } from "../../store/samples.ts";
import type { Closure } from "../code/closure.ts";
import { readCurve } from "./curve.ts";
import { getJson } from "./objects.ts";
import type { LabPaths } from "./paths.ts";
import type { Declaration, RunRecord } from "./record.ts";
import type { FailureRecord } from "./records.ts";
import type { VerdictFile } from "./verdicts.ts";

/** Rows by table. */
export type Rows = Record<string, (readonly Value[])[]>;

/** A run as its small tables hold it. */
export function runRows(paths: LabPaths, record: RunRecord): Rows {
  const run = numberOf(record.id);
  const closure = getJson<Closure>(paths, record.ingredients.code);
  const files = (kind: string, of: Readonly<Record<string, string>>): Value[][] =>
    Object.entries(of).map(([name, hash]) => [run, kind, name, hash]);
  return {
    run: [[
      ...identityCells(record),
      "done",
      false,
      timestamp(record.started),
      timestamp(record.finished),
      record.wall_s,
      record.cpu_s,
      record.peak_bytes,
      record.steps.flatMap((step) => step.answers).reduce((sum, { rows }) => sum + rows, 0),
      null,
    ]],
    recipe: record.recipe.map(({ path, value, by }) => [run, path, value, by]),
    setting: Object.entries(record.ingredients.other).map(([name, value]) => [run, name, value]),
    provenance: Object.entries(record.provenance).map(([key, value]) => [run, key, value]),
    input: [
      ...files("code", closure.code),
      ...files("data", closure.data),
      ...files("package", closure.packages),
      ...record.inputs.map(({ name, hash }) => [run, "data", name, hash]),
    ],
    step: record.steps.map((
      s,
      at,
    ) => [run, at, s.step, s.label ?? null, s.version, s.key, s.reused, s.wall_s, s.cpu_s]),
    curve: record.steps.flatMap((step, position) =>
      readCurve(paths, step).map((
        { updates, loss, lr, grad_norm },
      ) => [run, position, updates, loss, lr, grad_norm])
    ),
    score: record.steps.flatMap((step) =>
      step.scores.map((s) => [
        run,
        s.benchmark,
        "other",
        s.scope,
        s.metric,
        s.n ?? null,
        s.k ?? null,
        s.value,
        s.estimator,
      ])
    ),
  };
}

/** A failed run's row. */
export function failureRow(failure: FailureRecord): Value[] {
  return [
    ...identityCells(failure),
    "failed",
    false,
    timestamp(failure.started),
    timestamp(failure.finished),
    failure.wall_s,
    0,
    0,
    0,
    failure.message.split("\n")[0]!,
  ];
}

function identityCells(run: RunRecord | FailureRecord): Value[] {
  return [
    numberOf(run.id),
    run.id,
    run.experiment,
    run.scale,
    run.world,
    run.experiment_version,
    run.variant,
    run.seed,
    run.method,
    run.method_version,
    run.identity,
  ];
}

/** "2026-01-31T12:00:00.000Z" as DuckDB's TIMESTAMP takes it. */
function timestamp(iso: string): string {
  return iso.replace("T", " ").replace("Z", "");
}

/** The tables that a declaration fills. */
export function declarationRows(
  key: readonly [experiment: string, scale: string, world: string],
  declaration: Declaration,
): Rows {
  return {
    experiment: [[
      ...key,
      declaration.version,
      declaration.title,
      declaration.abstract,
      declaration.method,
      declaration.baseName,
      canonicalJson(declaration.paper),
      canonicalJson(declaration.paperRows),
      canonicalJson(declaration.knockouts ?? {}),
      canonicalJson(declaration.figures),
    ]],
    variant: declaration.variants.map((
      v,
      at,
    ) => [...key, at, v.name, v.method, canonicalJson(v.patch), v.facts ? canonicalJson(v.facts) : null]),
    benchmark: declaration.benchmarks.map((
      b,
      at,
    ) => [...key, at, b.id, b.title, b.unit, b.against ?? null, b.note ?? null]),
    scope: scopeRows(declaration).map((row) => [...key, ...row]),
  };
}

/** Rows (benchmark, group, its position, language, its position); "avg" last. */
export function scopeRows(declaration: Declaration): ScopeRow[] {
  return declaration.benchmarks.flatMap(({ id, languages, groups }) =>
    [...Object.entries(groups), ["avg", languages] as const].flatMap(([group, langs], position) =>
      langs.map((lang): ScopeRow => [
        id,
        group,
        position,
        lang,
        languages.indexOf(lang),
      ])
    )
  );
}

/** Rows of the table `claim`. */
export function verdictRows({ experiment, scale, world, seeds, claims }: VerdictFile): Value[][] {
  return claims.map((claim, at) => [
    experiment,
    scale,
    world,
    at,
    claim.id,
    claim.sentence,
    claim.source,
    claim.verdict,
    claim.because,
    canonicalJson(claim.numbers),
    seeds,
  ]);
}
