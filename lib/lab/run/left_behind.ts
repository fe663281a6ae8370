/**
 * What earlier starts of the lab left: what was killed is cleared away, what a queue goes on with is kept.
 * @module
 */
import { join } from "node:path";
import { UserError } from "../../errors.ts";
import { ageOf, clearTree, exists, namesIn } from "../../files.ts";
import type { DecidedRun } from "../plan/decide.ts";
import { filesBelow } from "../code/closure.ts";
import type { LabPaths } from "../record/paths.ts";
import { allAttempts, attemptFolders, type Found, readHandle, removeAttempt } from "./attempt.ts";
import { isHeld } from "./lock.ts";

/**
 * What writes nothing for so long is dead, in ms: workers say every few seconds that they are there, and a network drive
 * shows it a minute later. Where two labs were let in at once, each spares what the other is at.
 */
const SILENT_MS = 120_000;

/** Clears away attempts that nobody waits for, steps half made, and checkpoints of steps that are there. */
export function sweep(paths: LabPaths): void {
  const kept = new Set<string>();
  for (const { attempt } of attemptFolders(paths)) {
    if (readHandle(attempt) !== undefined || !isSilent(attempt.folder)) kept.add(attempt.id);
    else removeAttempt(paths, attempt);
  }
  for (const name of namesIn(paths.tmp)) {
    if (!kept.has(name) && isSilent(join(paths.tmp, name))) clearTree(join(paths.tmp, name));
  }
  // An array is named in the handles of its runs.
  const handles = allAttempts(paths).map(({ handle }) => handle?.id ?? "");
  for (const name of namesIn(paths.slurm)) {
    const folder = join(paths.slurm, name);
    if (isSilent(folder) && !handles.some((id) => id.startsWith(`${name}_`))) clearTree(folder);
  }
  for (const key of namesIn(paths.checkpoints)) {
    if (exists(join(paths.artifacts, key, "step.json"))) clearTree(join(paths.checkpoints, key));
  }
}

/** @throws {UserError} when another executor has some of these runs */
export function checkElsewhere(paths: LabPaths, runs: readonly DecidedRun[], executor: string): void {
  const ids = new Set(runs.map(({ id }) => id));
  const others = allAttempts(paths).flatMap(({ run, handle }) =>
    ids.has(run) && handle !== undefined && handle.executor !== executor
      ? [{ run, executor: handle.executor }]
      : []
  );
  const [other] = others;
  if (other === undefined) return;
  const count = new Set(others.map(({ run }) => run)).size;
  throw new UserError(
    `Cannot run: ${
      count === 1 ? "one of these runs is" : `${count} of these runs are`
    } with ${other.executor}; ` +
      `follow with --executor ${other.executor}, or end with --executor ${other.executor} --cancel`,
  );
}

/** What is under way: what a queue has, and, while a lab is at work here, what its own processes do. */
export function openAttempts(paths: LabPaths): Found[] {
  const isAtWork = isHeld(`${paths.locks}/lab`);
  // Of a lab that was killed nothing goes on.
  return allAttempts(paths).filter(({ handle, attempt }) =>
    handle !== undefined || (isAtWork && !isSilent(attempt.folder))
  );
}

/** Whether nothing has come into a folder for so long that nobody can be at work there. */
export function isSilent(folder: string): boolean {
  return [folder, ...filesBelow(folder)].every((path) => (ageOf(path) ?? 0) > SILENT_MS);
}
