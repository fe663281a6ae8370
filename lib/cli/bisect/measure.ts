/**
 * A run at one commit: in a clone that borrows the repository's objects, with a lab of its own whose finished steps all
 * commits share, so that a step whose key is the same is made once. Records and the store are kept apart, since a commit
 * may refuse what a later one wrote. The user's tree, index and lab are left as they are; finished steps of that lab are
 * linked, not copied.
 * @module
 */
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { UserError } from "../../errors.ts";
import { exists, removeTree } from "../../files.ts";
import { borrowingClone, checkOut, type NamedCommit } from "../../lab/record/git_history.ts";
import { type LabPaths, labPaths } from "../../lab/record/paths.ts";
import { decodeRecord, type RunRecord, TornRecord } from "../../lab/record/record.ts";
import { filesBelow } from "../../lab/code/closure.ts";
import { childEnvironment } from "../../lab/run/child_environment.ts";
import { denoCommand } from "../../lab/run/deno_command.ts";
import { scoreIn, type ScoreName } from "./score.ts";

/** What is run at each commit. */
export interface Question {
  readonly experiment: string;
  readonly score: ScoreName;
  readonly seed: number;
  readonly scale: string;
  /** More options for `deno task experiment`. */
  readonly more: readonly string[];
}

/** The run that a commit asks for. */
export interface PlannedRun {
  readonly id: string;
  readonly world: string;
}

/** A commit's score. */
export interface Measured {
  readonly value: number;
  readonly record: RunRecord;
  /** Whether it was run here and now; else another commit has the same run. */
  readonly isRun: boolean;
}

/** A commit cannot be measured, as git bisect skips one. */
export class CannotMeasure extends UserError {
  override name = "CannotMeasure";
}

/** The clone, its lab, and the records of all commits. */
export interface Workplace {
  readonly clone: string;
  readonly paths: LabPaths;
  readonly records: string;
}

/** What commits share of a lab: named by content, or empty once a run has ended. */
const SHARED: readonly string[] = ["artifacts", "checkpoints", "objects", "locks", "tmp"];

/** Makes the clone below `folder`, and its lab with the finished steps of `lab`. */
export function openWorkplace(repository: string, folder: string, lab: LabPaths): Workplace {
  const clone = join(folder, "tree");
  borrowingClone(repository, clone);
  const paths = labPaths(join(clone, ".lab"));
  if (exists(lab.artifacts)) {
    for (const entry of Deno.readDirSync(lab.artifacts)) linkStep(lab, paths, entry.name);
  }
  const records = join(folder, "records");
  Deno.mkdirSync(records, { recursive: true });
  return { clone, paths, records };
}

/** A finished step is never written to again, so that both labs may have its files. */
function linkStep(from: LabPaths, to: LabPaths, key: string): void {
  const [old, own] = [join(from.artifacts, key), join(to.artifacts, key)];
  if (exists(own) || !exists(join(old, "step.json"))) return;
  const beside = `${own}.linking`;
  for (const file of filesBelow(old)) {
    const target = join(beside, file.slice(old.length));
    Deno.mkdirSync(join(target, ".."), { recursive: true });
    Deno.linkSync(file, target);
  }
  Deno.renameSync(beside, own);
}

/** Asks which run a commit would do. @throws {CannotMeasure} when its lab cannot say */
export async function planAt(
  { clone, paths }: Workplace,
  commit: NamedCommit,
  question: Question,
  signal: AbortSignal,
): Promise<PlannedRun> {
  checkOut(clone, commit);
  for (const { name } of exists(paths.root) ? [...Deno.readDirSync(paths.root)] : []) {
    if (!SHARED.includes(name)) removeTree(join(paths.root, name));
  }
  const out = await experimentTask(clone, [...argumentsFor(question, paths), "--plan", "--json"], signal);
  try {
    const { runs: [run] } = JSON.parse(out) as { runs: PlannedRun[] };
    if (run !== undefined) return run;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw new CannotMeasure("its plan cannot be read");
}

/** Runs what the commit that is checked out asks for, unless a run with its identity is there. */
export async function measure(
  { clone, paths, records }: Workplace,
  { id }: PlannedRun,
  question: Question,
  signal: AbortSignal,
): Promise<Measured> {
  const kept = join(records, `${id}.json`), made = join(paths.runs, `${id}.json`);
  const known = recordIn(kept);
  if (known) return { value: valueIn(paths, known, question), record: known, isRun: false };
  await experimentTask(clone, [...argumentsFor(question, paths), "--no-report"], signal);
  const record = recordIn(made);
  if (record === undefined) throw new CannotMeasure("its run left no record that this lab can read");
  Deno.renameSync(made, kept);
  return { value: valueIn(paths, record, question), record, isRun: true };
}

function valueIn(paths: LabPaths, record: RunRecord, { score }: Question): number {
  try {
    return scoreIn(paths, record, score);
  } catch (error) {
    if (error instanceof UserError) throw new CannotMeasure(error.message, { cause: error });
    throw error;
  }
}

/** Undefined where there is none, or one of another format. */
function recordIn(path: string): RunRecord | undefined {
  if (!exists(path)) return undefined;
  try {
    return decodeRecord(Deno.readTextFileSync(path), path);
  } catch (error) {
    if (error instanceof TornRecord || error instanceof UserError) return undefined;
    throw error;
  }
}

function argumentsFor({ experiment, score, seed, scale, more }: Question, paths: LabPaths): string[] {
  const run = [experiment, "--variant", score.variant, "--seeds", `${seed},`, "--scale", scale];
  return [...run, "--lab", paths.root, ...more];
}

/** `deno task experiment` as it is at the commit. @returns what it printed */
async function experimentTask(clone: string, args: readonly string[], signal: AbortSignal): Promise<string> {
  signal.throwIfAborted();
  const child = new Deno.Command(denoCommand(), {
    args: ["task", "-q", "experiment", ...args],
    cwd: clone,
    clearEnv: true,
    env: childEnvironment(),
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  // The lab there stops in order, and its same command goes on.
  const stop = () => child.kill("SIGINT");
  signal.addEventListener("abort", stop);
  const { code, stdout, stderr } = await child.output();
  signal.removeEventListener("abort", stop);
  signal.throwIfAborted();
  if (code === 0) return new TextDecoder().decode(stdout);
  throw new CannotMeasure(lastLine(new TextDecoder().decode(stderr)));
}

/** What a program said last. */
function lastLine(text: string): string {
  const lines = stripVTControlCharacters(text).split("\n").map((line) => line.trim());
  return lines.findLast((line) => line !== "") ?? "it said nothing";
}
