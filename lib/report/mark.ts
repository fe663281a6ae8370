/**
 * The file by which a folder is known as a site of a report, and what the site was drawn from.
 * @module
 */
import * as v from "valibot";
import { UserError } from "../errors.ts";

/** Its name. */
export const MARK = "report.json";

const schema = v.object({
  format: v.literal("lingualift-report"),
  /** SHA-256 of the rows behind each slice. */
  slices: v.record(v.string(), v.string()),
  languages: v.nullable(v.string()),
  runs: v.string(),
});

/** @throws {UserError} for the mark of a site that another version wrote. */
export function readMark(path: string): v.InferOutput<typeof schema> {
  const mark = v.safeParse(schema, JSON.parse(Deno.readTextFileSync(path)));
  if (!mark.success) {
    throw new UserError(`Cannot check "${path}": another version wrote it; run \`deno task report\``);
  }
  return mark.output;
}
