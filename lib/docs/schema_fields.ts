/**
 * The fields of a recipe's schema, with what each allows.
 * @module
 */
import type { BaseIssue, BaseSchema } from "valibot";

type Schema = BaseSchema<unknown, unknown, BaseIssue<unknown>>;
/** What valibot's schemas have, as far as it is asked here. */
interface Shape extends Schema {
  readonly entries?: Readonly<Record<string, Shape>>;
  readonly wrapped?: Shape;
  readonly item?: Shape;
  readonly pipe?: readonly Shape[];
  /** Of a union. */
  readonly options?: readonly unknown[];
  readonly requirement?: unknown;
}

export interface SchemaField {
  readonly path: string;
  readonly allowed: string;
}

/** All leaves in order, and the objects that may be left out (`null`) before their leaves. */
export function schemaFields(schema: Schema, path = ""): SchemaField[] {
  const shape = schema as Shape;
  if (shape.entries) {
    return Object.entries(shape.entries).flatMap(([name, field]) =>
      schemaFields(field, path === "" ? name : `${path}.${name}`)
    );
  }
  if (shape.type === "nullable" && shape.wrapped?.entries) {
    return [{ path, allowed: "null, or the fields below" }, ...schemaFields(shape.wrapped, path)];
  }
  const objects = shape.type === "union" ? (shape.options as Shape[]).filter(({ entries }) => entries) : [];
  return [{ path, allowed: allowed(shape) }, ...objects.flatMap((option) => schemaFields(option, path))];
}

function allowed(shape: Shape): string {
  switch (shape.type) {
    case "nullable":
      return `${allowed(shape.wrapped!)}, null`;
    case "picklist":
      return (shape.options as string[]).map((option) => `\`${option}\``).join(", ");
    case "union":
      return (shape.options as Shape[]).map((option) => option.entries ? "the fields below" : allowed(option))
        .join(", or ");
    case "array":
      return `${bound(shape, "min_length") === 1 ? "one or more" : "any"} of ${allowed(shape.item!)}`;
    case "string":
      return "text";
    case "boolean":
      return "`true`, `false`";
    case "number":
      return number(shape);
  }
  throw new TypeError(
    `Cannot describe a schema of type "${shape.type}": add it to lib/docs/schema_fields.ts`,
  );
}

function number(shape: Shape): string {
  const kind = shape.pipe?.some(({ type }) => type === "integer") ? "whole number" : "number";
  const [least, most] = [bound(shape, "min_value"), bound(shape, "max_value")];
  const [above, below] = [bound(shape, "gt_value"), bound(shape, "lt_value")];
  const limits = [
    ...(above === undefined ? [] : [`above ${above}`]),
    ...(least === undefined ? [] : [`from ${least}`]),
    ...(most === undefined ? [] : [`to ${most}`]),
    ...(below === undefined ? [] : [`below ${below}`]),
  ];
  return [kind, ...limits].join(" ");
}

function bound(shape: Shape, type: string): unknown {
  return shape.pipe?.find((action) => action.type === type)?.requirement;
}
