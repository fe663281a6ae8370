/**
 * Scores over the commits of their baselines, as `deno task history --json` writes them: the report may not run git, so
 * that it is handed their file.
 * @module
 */
import * as v from "valibot";
import { UserError } from "../errors.ts";

const SCHEMA = v.array(v.object({
  slice: v.string(),
  benchmark: v.string(),
  variant: v.string(),
  scope: v.string(),
  metric: v.string(),
  points: v.array(v.object({
    id: v.pipe(v.string(), v.regex(/^[0-9a-f]{40,64}$/)),
    date: v.pipe(v.string(), v.isoTimestamp()),
    subject: v.string(),
    value: v.number(),
    interval: v.nullable(v.object({ low: v.number(), high: v.number() })),
  })),
}));

/** A score over its commits, oldest first; those at which it was as before are left out. Shares, not percent. */
export type ScoreHistory = v.InferOutput<typeof SCHEMA>[number];

/** Of every slice its scores. @throws {UserError} when the file cannot be read or is something else */
export function readHistory(path: string): ReadonlyMap<string, readonly ScoreHistory[]> {
  const { output, issues } = v.safeParse(SCHEMA, parsed(path));
  if (issues) {
    const at = issues[0].path?.map(({ key }) => key).join(".");
    throw new UserError(
      `Cannot read "${path}": it has no history of scores (${at ? `${at}: ` : ""}${issues[0].message}); ` +
        "write it with `deno task -q history --json`",
    );
  }
  return Map.groupBy(output, ({ slice }) => slice);
}

function parsed(path: string): unknown {
  try {
    return JSON.parse(Deno.readTextFileSync(path));
  } catch (error) {
    if (error instanceof SyntaxError) return undefined; // says the schema
    if (!(error instanceof Deno.errors.NotFound || error instanceof Deno.errors.IsADirectory)) throw error;
    throw new UserError(
      `Cannot read "${path}": there is no such file; write it with \`deno task -q history --json\``,
      { cause: error },
    );
  }
}
