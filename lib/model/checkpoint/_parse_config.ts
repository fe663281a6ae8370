/**
 * Checking a configuration object against a valibot schema and a list of fields, with errors that name field and source.
 * @module
 */
import * as v from "valibot";
import { UserError } from "../../errors.ts";

/** The value as the schema describes it. @throws {UserError} with every faulty field in one line. */
export function parseConfig<const Schema extends v.GenericSchema>(
  schema: Schema,
  value: unknown,
  source: string,
): v.InferOutput<Schema> {
  const result = v.safeParse(schema, value);
  if (result.success) return result.output;
  const faults = result.issues.map((issue) => {
    const field = v.getDotPath(issue);
    return `${field === null ? "it" : `"${field}"`} is ${issue.received}, expected ${
      issue.expected ?? "another value"
    }`;
  });
  throw new UserError(`Cannot use ${source}: ${faults.join("; ")}`);
}

/** The fields that a configuration may have. */
export interface KnownFields {
  /** Those that are read, and those that have no effect on results. */
  readonly any: ReadonlySet<string>;
  /** Those that are computed for one value only. */
  readonly only?: Readonly<Record<string, unknown>>;
}

/**
 * Refuses every field that is not known: a field that is passed over may be one that changes the results. `null` stands
 * for "not given" in these files, so a field that is null is passed over.
 * @throws {UserError} naming the fields, their values and the source in one line
 */
export function checkFields(value: unknown, { any, only = {} }: KnownFields, source: string): void {
  const isStray = ([name, value]: [string, unknown]) =>
    value !== null && value !== undefined && !any.has(name) &&
    !(Object.hasOwn(only, name) && JSON.stringify(value) === JSON.stringify(only[name]));
  const stray = Object.entries(value ?? {}).filter(isStray);
  if (stray.length === 0) return;
  const named = stray.map(([name, value]) => `${JSON.stringify(name)} is ${shorten(JSON.stringify(value))}`);
  throw new UserError(
    `Cannot use ${source}: ${named.join(" and ")}, which is not supported and could change the results; ` +
      "take it out of the file if the model does not depend on it",
  );
}

function shorten(text: string): string {
  return text.length <= 60 ? text : `${text.slice(0, 57)}...`;
}
