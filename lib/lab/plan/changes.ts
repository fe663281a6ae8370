/**
 * Fields in which two flattened trees differ. Imports nothing, so that a page of the report says of two runs what the
 * lab says of them.
 * @module
 */

/** A field in which two trees differ; "" stands for "not there". */
export interface FieldChange {
  readonly path: string;
  readonly from: string;
  readonly to: string;
}

/**
 * Fields in which two flattened trees differ, in order of path. A part that is switched off or on as a whole
 * ("transfer" from an object to null) is one change.
 */
export function changes(
  before: Readonly<Record<string, string>>,
  after: Readonly<Record<string, string>>,
): FieldChange[] {
  const paths = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  const out: FieldChange[] = [];
  for (const path of paths.filter((path) => before[path] !== after[path])) {
    if (out.some((change) => path.startsWith(`${change.path}.`))) continue;
    out.push({ path, from: leafOrTree(before, path), to: leafOrTree(after, path) });
  }
  return out;
}

/** The JSON at a path of a flattened tree, whether a leaf or everything below; "" when there is neither. */
function leafOrTree(flat: Readonly<Record<string, string>>, path: string): string {
  if (path in flat) return flat[path]!;
  const below = Object.keys(flat).filter((key) => key.startsWith(`${path}.`));
  return below.length === 0
    ? ""
    : `{${below.map((key) => `${key.slice(path.length + 1)}: ${flat[key]}`).join(", ")}}`;
}
