/**
 * Runs the lab's command line as a user would, in folders of its own, and takes digests of what it leaves.
 * @module
 */
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import * as v from "valibot";
import { isFilledFolder } from "../../lib/files.ts";
import { canonicalJson, hashJson, sha256 } from "../../lib/hash.ts";
import { filesBelow } from "../../lib/lab/code/closure.ts";
import { labPaths, ROOT } from "../../lib/lab/record/paths.ts";
import { decodeChecked } from "../../lib/lab/record/record.ts";
import { readRecords } from "../../lib/lab/record/records.ts";
import { openStore, type Store } from "../../lib/store/open.ts";
import { TABLES } from "../../lib/store/schema.ts";

export const FIXTURES = join(ROOT, "tests", "lab", "fixtures");

/** How a command ended. */
export interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Arguments that start an entry point of the lab. */
export function labArgs(entry: string, args: readonly string[]): string[] {
  return [
    "run",
    "-q",
    "-A",
    `--config=${join(ROOT, "deno.json")}`,
    join(ROOT, "lib/cli", entry),
    ...args,
  ];
}

/** `deno task experiment` on the toy experiments, with results in `lab`. */
export function experimentArgs(
  lab: string,
  args: readonly string[],
  experiments = join(FIXTURES, "experiments"),
): string[] {
  return labArgs("experiment/task.ts", [...args, "--no-report", "--lab", lab, "--experiments", experiments]);
}

/** Runs Deno with these arguments to its end. */
export async function deno(args: readonly string[]): Promise<Ended> {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), { args: [...args], stdin: "null" })
    .output();
  const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
  return { code, stdout: text(stdout), stderr: text(stderr) };
}

/** Calls `use` with a fresh folder, which is removed afterwards. */
export async function withFolder(use: (folder: string) => Promise<void>): Promise<void> {
  const folder = Deno.makeTempDirSync({ prefix: "lab" });
  try {
    await use(folder);
  } finally {
    await removeInUse(folder);
  }
}

/** How long what a test has killed may still write, in ms: a run's process ends when it sees that its lab is gone. */
const ENDING_MS = 10_000;

/** Removes a folder into which processes that are ending may still write. */
export async function removeInUse(folder: string): Promise<void> {
  for (const start = performance.now();;) {
    try {
      return Deno.removeSync(folder, { recursive: true });
    } catch (error) {
      if (!isFilledFolder(error) || performance.now() - start > ENDING_MS) throw error;
      await new Promise((done) => setTimeout(done, 100));
    }
  }
}

/** A copy of the toy method and experiments that a test may edit; it imports the real lab. */
export function copyFixtures(folder: string): { experiments: string; method: string } {
  const experiments = join(folder, "experiments");
  Deno.mkdirSync(experiments, { recursive: true });
  const root = pathToFileURL(ROOT).href;
  const copy = (from: string, to: string): void => {
    const text = Deno.readTextFileSync(join(FIXTURES, from));
    Deno.writeTextFileSync(to, text.replace(/"(?:\.\.\/)+lib\//g, `"${root}/lib/`));
  };
  copy("toy_method.ts", join(folder, "toy_method.ts"));
  copy("experiments/toy.ts", join(experiments, "toy.ts"));
  copy("experiments/toy_failing.ts", join(experiments, "toy_failing.ts"));
  return { experiments, method: join(folder, "toy_method.ts") };
}

/** Replaces text in a file; the text must be there. */
export function edit(path: string, from: string, to: string): void {
  const text = Deno.readTextFileSync(path);
  if (!text.includes(from)) throw new Error(`"${from}" is not in "${path}"`);
  Deno.writeTextFileSync(path, text.replaceAll(from, to));
}

/** Columns that say when and how long, not what. */
const TIMES = new Set(["started", "finished", "wall_s", "cpu_s", "peak_bytes", "reused"]);

/** Everything in the store but times and provenance, in order. */
export async function storeDigest(store: Store): Promise<Record<string, string>> {
  const digest: Record<string, string> = {};
  for (const { name, columns } of TABLES) {
    if (name === "provenance") continue;
    const kept = columns.map((column) => column.name).filter((column) => !TIMES.has(column));
    // The seal is of times and provenance too.
    const from = name === "meta" ? "meta WHERE key <> 'seal'" : name;
    const rows = await store.rows(v.any(), `SELECT ${kept.join(", ")} FROM ${from} ORDER BY ALL`);
    digest[name] = `${rows.length} ${hashJson(rows)}`;
  }
  return digest;
}

/** What a lab's folder holds, times and provenance aside: records, artifacts, answers, tables. */
export async function labDigest(lab: string): Promise<Record<string, string>> {
  const paths = labPaths(lab);
  const digest: Record<string, string> = {};
  const problems: string[] = [];
  for (const [id, record] of readRecords(paths, (problem) => problems.push(problem))) {
    const steps = record.steps.map(({ wall_s: _w, cpu_s: _c, reused: _r, ...rest }) => rest);
    const { wall_s: _w, cpu_s: _c, peak_bytes: _p, started: _s, finished: _f, provenance: _v, ...rest } =
      record;
    digest[`run ${id}`] = hashJson({ ...rest, steps });
    for (const { key, answers, prompts } of record.steps) {
      for (const path of filesBelow(join(paths.artifacts, key))) {
        const isRecord = path.endsWith("step.json");
        digest[`artifact ${key} ${path.slice(paths.artifacts.length + 66)}`] = isRecord
          ? stepDigest(path)
          : fileHash(path);
      }
      for (const { object } of [...answers, ...prompts]) {
        digest[`object ${object}`] = fileHash(join(paths.objects, object));
      }
    }
  }
  if (problems.length > 0) throw new Error(problems.join("\n"));
  using store = await openStore(paths.database, "read");
  Object.assign(digest, await storeDigest(store));
  return digest;
}

function stepDigest(path: string): string {
  const { wall_s: _w, cpu_s: _c, ...rest } = decodeChecked(Deno.readTextFileSync(path), path) as Record<
    string,
    unknown
  >;
  return sha256(canonicalJson(rest));
}

function fileHash(path: string): string {
  return sha256(Deno.readFileSync(path));
}
