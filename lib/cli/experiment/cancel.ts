/**
 * `--cancel`: ends what a queue goes on with.
 * @module
 */
import { plural } from "../../format.ts";
import type { DecidedRun } from "../../lab/plan/decide.ts";
import type { LabPaths } from "../../lab/record/paths.ts";
import { allAttempts, removeAttempt, writeHandle } from "../../lab/run/attempt.ts";
import { openExecutor } from "../../lab/run/executors.ts";
import { tell } from "../terminal/print.ts";

/** How long a job has to end, in ms, and how far apart looks at it are. */
const ENDING_MS = 60_000;
const LOOK_MS = 1000;

/** Ends what is under way of these runs, also where it was submitted before the code changed. */
export async function cancelRuns(
  paths: LabPaths,
  runs: readonly DecidedRun[],
  { name, site }: { name: string; site: string },
): Promise<void> {
  const executor = openExecutor(name, { paths, site, jobs: undefined, say: tell });
  const cells = new Set(runs.map(({ id }) => cellOf(id)));
  const found = allAttempts(paths).flatMap(({ run, attempt, handle }) =>
    cells.has(cellOf(run)) && handle?.executor === name ? [{ run, attempt, handle }] : []
  );
  const handles = found.map(({ handle }) => handle);
  // Before the queue is asked, which may forget some while others still end.
  for (const { attempt, handle } of found) writeHandle(attempt, { ...handle, isCancelled: true });
  for (const start = performance.now();;) {
    const states = handles.length === 0 ? new Map() : await executor.poll(handles);
    const open = handles.filter(({ id }) => ["waiting", "running"].includes(states.get(id)?.kind ?? ""));
    if (open.length === 0) break;
    await executor.cancel(open);
    if (performance.now() - start > ENDING_MS) {
      tell(`${open.length} still end; the same command looks again`);
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
  for (const { attempt } of found) removeAttempt(paths, attempt);
  const count = new Set(found.map(({ run }) => run)).size;
  tell(
    count === 0 ? `Nothing of these runs is with ${name}` : `Ended ${plural(count, "run")}`,
  );
}

/** A run's id without what its code and data make of it. */
function cellOf(id: string): string {
  return id.slice(0, id.lastIndexOf("~"));
}
