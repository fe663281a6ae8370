/**
 * Checking a configuration object against a valibot schema, with an error that names the field and its source.
 * @module
 */
import * as v from "valibot";
import { UserError } from "../errors.ts";

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
