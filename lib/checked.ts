/**
 * Values that must be there: each function hands back what it was given, with the type that says so, or stops with an
 * error of the lab's own. A value that a person gives is checked where it is read, with an error that they can act on.
 * @module
 */

/** A list whose first `N` values are there. */
export type AtLeast<T, N extends number, Found extends T[] = []> = Found["length"] extends N
  ? [...Found, ...T[]]
  : AtLeast<T, N, [...Found, T]>;

/**
 * The list itself, whose first `count` values are there, so that they can be taken by name.
 *
 * @example
 * ```ts
 * import { atLeast } from "./checked.ts";
 * import { strictEqual } from "node:assert";
 * const [rows, columns] = atLeast([2, 3], 2);
 * strictEqual(rows * columns, 6);
 * ```
 */
export function atLeast<T, N extends number>(values: readonly T[], count: N): AtLeast<T, N> {
  if (!hasAtLeast(values, count)) throw new RangeError(`internal: ${values.length} values, needs ${count}`);
  return values as AtLeast<T, N>;
}

/** Whether the first `count` values of a list are there. */
export function hasAtLeast<T, N extends number>(
  values: readonly T[],
  count: N,
): values is readonly T[] & AtLeast<T, N> {
  return values.length >= count;
}

/** The record itself, which has a value of each of these names. */
export function having<T, K extends string>(
  record: Readonly<Record<string, T>>,
  ...names: K[]
): Record<K, T> {
  for (const name of names) must(record[name], name);
  return record as Record<K, T>;
}

/** The value itself, which is there; `what` names it in the error. */
export function must<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new RangeError(`internal: "${what}" is not there`);
  return value;
}
