/**
 * What a cluster asks of jobs and no recipe says: a file of the site's own.
 * @module
 */
import * as v from "valibot";
import { didYouMean, UserError } from "../../../errors.ts";
import { exists } from "../../../files.ts";

const seconds = v.pipe(v.number(), v.minValue(0));
const line = v.pipe(v.string(), v.regex(/^[^\n]*$/, "expected one line"));

const schema = v.strictObject({
  /** Options of sbatch by these names; absent: the cluster's defaults. */
  partition: v.optional(line),
  account: v.optional(line),
  qos: v.optional(line),
  /** At most for one run, as sbatch has it: "90" minutes, "12:00:00", "2-0". */
  time: v.optional(line),
  /** Memory of a run whose need nobody can tell, in GB. */
  memory_gb: v.optional(v.pipe(v.number(), v.minValue(0.1))),
  /** Further options of sbatch, as they are: "--constraint=a100". */
  sbatch: v.optional(v.array(line), []),
  /** Lines of bash before a run begins: "module load cuda/12.4". */
  setup: v.optional(v.array(line), []),
  /** How often Slurm is asked. */
  poll_s: v.optional(seconds, 10),
  /** How long a result may take to show up on another machine, and a job that Slurm has forgotten to be heard of. */
  grace_s: v.optional(seconds, 60),
  /** How long a command of Slurm may take. */
  command_s: v.optional(seconds, 60),
  /** How often a run that came to nothing through no fault of its own is submitted again. */
  restarts: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0)), 3),
});

/** A site file's content, defaults filled in. */
export type Site = v.InferOutput<typeof schema>;

const SITE_KEYS: readonly string[] = Object.keys(schema.entries);

/** Reads a site file; one that is not there is an empty one. @throws {UserError} naming what is wrong in it */
export function readSite(path: string): Site {
  const wrong = (what: string): never => {
    throw new UserError(`Cannot use the site file "${path}": ${what}; docs/slurm.md lists its keys`);
  };
  let raw: unknown = {};
  try {
    if (exists(path)) raw = JSON.parse(Deno.readTextFileSync(path));
  } catch (error) {
    if (error instanceof SyntaxError) wrong(`it is no JSON: ${error.message}`);
    throw error;
  }
  if (Array.isArray(raw)) wrong("it is a list, expected an object");
  const parsed = v.safeParse(schema, raw);
  if (parsed.success) return parsed.output;
  const { message, path: place } = parsed.issues[0];
  const key = String(place?.[0]?.key ?? "");
  if (key !== "" && !SITE_KEYS.includes(key)) wrong(`unknown key "${key}": ${didYouMean(key, SITE_KEYS)}`);
  return wrong(key === "" ? message : `${key}: ${message}`);
}
