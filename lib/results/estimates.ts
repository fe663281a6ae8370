/**
 * Every estimate of a slice, each worked out once, when it is first asked for: tables, figures, the terminal and the
 * claims read them here. A table's differences are corrected together (see README.md in this folder).
 * @module
 */
import type { Accuracy, Corrected, Difference, Results as Asked } from "../lab/experiment/results.ts";
import { holm } from "../metric/mod.ts";
import { accuracy, type AccuracyEstimate, difference, type DifferenceEstimate } from "./estimate.ts";
import { floorOf } from "./floor.ts";
import { type MarkSet, type MarkTable, tabulate } from "./marks.ts";
import type { Reading } from "./read_results.ts";
import { type Benchmark, type Items, scopesOf } from "./slice.ts";

type AccuracyOf = AccuracyEstimate & Accuracy;
type DifferenceOf = DifferenceEstimate & Difference;

/** A difference as its table has it. */
export type TableDifference = DifferenceOf & {
  readonly variant: string;
  readonly scope: string;
  readonly corrected: Corrected;
};

/** What claims ask, and the tables that it comes from. */
export interface Estimates extends Asked {
  accuracy(variant: string, benchmark: string, scope: string): AccuracyOf | undefined;
  /** The mean over languages of a benchmark that are no group of it. */
  accuracyOver(variant: string, benchmark: string, languages: readonly string[]): AccuracyOf | undefined;
  difference(variant: string, reference: string, benchmark: string, scope: string): DifferenceOf | undefined;
  /** Each variant minus the base in each group. */
  effects(benchmark: string): readonly TableDifference[];
  /** Each system minus itself on the benchmark `against`, by group and language; empty without one of the same items. */
  changes(benchmark: string): readonly TableDifference[];
}

/** Opens the estimates of a slice; works nothing out yet. */
export function estimatesOf({ slice, items, marks }: Reading): Estimates {
  const tables = new Map<string, MarkTable>();
  const benchmark = (id: string): Benchmark | undefined => slice.benchmarks.find((one) => one.id === id);

  function tableOf(id: string): MarkTable {
    const table = tables.get(id) ?? tabulate(marks, id);
    tables.set(id, table);
    return table;
  }

  function languages(id: string, scope: string): readonly string[] {
    const known = benchmark(id);
    return known === undefined ? [] : scopesOf(known).find((one) => one.scope === scope)?.languages ?? [];
  }

  function setOf(variant: string, id: string, scope: string): MarkSet {
    return {
      marks: tableOf(id).get(variant) ?? new Map(),
      languages: languages(id, scope),
      items: items[id] ?? [],
    };
  }

  function subtract(one: MarkSet, other: MarkSet, id: string): DifferenceOf | undefined {
    const found = difference(one, other);
    return found && { ...found, unit: benchmark(id)!.unit, corrected: null };
  }

  const effects = remember((id: string) =>
    corrected(
      slice.variants.filter(({ name }) => name !== slice.baseName).flatMap(({ name: variant }) =>
        (benchmark(id)?.groups ?? []).flatMap(({ name: scope }) => {
          const found = subtract(setOf(variant, id, scope), setOf(slice.baseName, id, scope), id);
          return found ? [{ variant, scope, ...found }] : [];
        })
      ),
    )
  );

  const changes = remember((id: string) => {
    const known = benchmark(id);
    const against = known?.against ?? null;
    if (!known || against === null || !isSame(items, id, against)) return [];
    return corrected(slice.variants.flatMap(({ name: variant }) =>
      scopesOf(known).flatMap(({ scope }) => {
        const found = subtract(setOf(variant, id, scope), elsewhere(variant, against, id, scope), id);
        return found ? [{ variant, scope, ...found }] : [];
      })
    ));
  });

  /** The same languages on another benchmark, whose own group of that name may hold others. */
  function elsewhere(variant: string, against: string, id: string, scope: string): MarkSet {
    return { ...setOf(variant, against, scope), languages: languages(id, scope) };
  }

  const inTable = (table: readonly TableDifference[], variant: string, scope: string) =>
    table.find((one) => one.variant === variant && one.scope === scope);

  return {
    effects,
    changes,
    languages,
    accuracyOver(variant, id, languages) {
      const found = accuracy({ ...setOf(variant, id, ""), languages });
      return found && { ...found, unit: benchmark(id)!.unit };
    },
    accuracy: remember((variant, id, scope) => {
      const found = accuracy(setOf(variant, id, scope));
      return found && { ...found, unit: benchmark(id)!.unit };
    }),
    difference: remember((variant, reference, id, scope) => {
      const known = reference === slice.baseName
        ? inTable(effects(id), variant, scope)
        : variant === slice.baseName
        ? mirrored(inTable(effects(id), reference, scope))
        : undefined;
      return known ?? subtract(setOf(variant, id, scope), setOf(reference, id, scope), id);
    }),
    change: remember((variant, id, against, scope) => {
      if (!isSame(items, id, against)) return undefined;
      const known = benchmark(id)?.against === against
        ? inTable(changes(id), variant, scope)
        : benchmark(against)?.against === id
        ? mirrored(inTable(changes(against), variant, scope))
        : undefined;
      return known ?? subtract(setOf(variant, id, scope), elsewhere(variant, against, id, scope), id);
    }),
    floor: (id, scope) => floorOf(slice, id, scope),
    score(variant, id, scope, metric) {
      const rows = slice.own.filter((row) =>
        row.variant === variant && row.benchmark === id && row.scope === scope && row.metric === metric
      );
      return rows.length > 0 ? rows.map(({ value }) => value) : undefined;
    },
  };
}

/** Second minus first: the same estimate with its sign turned. */
function mirrored<T extends DifferenceOf>(one: T | undefined): T | undefined {
  return one && { ...one, value: -one.value, low: -one.high, high: -one.low };
}

/** With Holm's correction over all of them. */
export function corrected<T extends DifferenceOf>(
  raw: readonly T[],
): (T & { readonly corrected: Corrected })[] {
  const adjusted = holm(raw.map(({ p }) => p));
  return raw.map((one, i) => ({ ...one, corrected: { p: adjusted[i], of: raw.length } }));
}

function isSame(items: Items, one: string, other: string): boolean {
  return (items[one] ?? []).length > 0 && JSON.stringify(items[one]) === JSON.stringify(items[other]);
}

/** The function with its answers kept. */
function remember<A extends string[], T>(work: (...names: A) => T): (...names: A) => T {
  const known = new Map<string, T>();
  return function remembered(...names) {
    const key = JSON.stringify(names);
    if (!known.has(key)) known.set(key, work(...names));
    return known.get(key)!;
  };
}
