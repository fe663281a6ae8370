/** What becomes of three runs in Slurm's queue of which one, then all are cancelled. @module */
import { labPaths } from "../../../lib/lab/record/paths.ts";
import { newAttempt } from "../../../lib/lab/run/attempt.ts";
import type { Work } from "../../../lib/lab/run/executor.ts";
import { openExecutor } from "../../../lib/lab/run/executors.ts";
import type { WorkerRequest } from "../../../lib/lab/run/messages.ts";

/** The states of all before, after the second is cancelled, and after all are. */
export async function statesOfCancelled(lab: string, site: string): Promise<string[][]> {
  const paths = labPaths(lab);
  const executor = openExecutor("slurm", { paths, site, jobs: undefined, say: () => {} });
  const works = ["a", "b", "c"].map((run): Work => ({
    ...{ experiment: "toy", run, name: run, isPart: false, after: [] },
    attempt: newAttempt(paths, run, {} as WorkerRequest),
    permissions: { read: [], write: [], run: [] },
    resources: { nodes: 1, cpus: 1, gpus: 0, memory: null },
  }));
  const handles = await executor.submit(works);
  const states = async () => {
    const found = await executor.poll(handles);
    return handles.map(({ id }) => found.get(id)!.kind);
  };
  const before = await states();
  await executor.cancel([handles[1]!]);
  const between = await states();
  await executor.cancel(handles);
  return [before, between, await states()];
}
