/**
 * Several Python processes that train together, under torchrun: a process that dies takes the others with it, and all
 * begin again once from the last checkpoint.
 * @module
 */
import { join, resolve } from "node:path";
import { writeFileAtomic } from "../../files.ts";
import type { FitContext } from "../engine.ts";
import { checked, converse, type Reply, startPython, type Watch } from "./python.ts";

const RESTARTS = 1;

/** Does a request in `processes` processes; the first one's messages are theirs. */
export async function launch(
  request: unknown,
  { runtime, checkpointDir }: Pick<FitContext, "runtime" | "checkpointDir">,
  watch: Watch,
): Promise<Reply> {
  const file = join(resolve(checkpointDir), "request.json");
  writeFileAtomic(file, JSON.stringify(request));
  const child = startPython(runtime, [
    "-m",
    "torch.distributed.run",
    "--standalone",
    `--nproc-per-node=${runtime.processes}`,
    `--max-restarts=${RESTARTS}`,
    "-m",
    "lingualift_torch",
    file,
  ], "null");
  const conversation = converse(child);
  let last: Reply | undefined;
  try {
    for (;;) {
      const reply = await conversation.next();
      if (reply === undefined) break;
      if (reply.message.type === "progress") watch(reply.message);
      else last = reply;
      // What a person must mend is not mended by beginning again.
      if (last?.message.type === "failed") break;
    }
  } finally {
    await end(child);
  }
  return checked(last, last === undefined ? await conversation.complaint() : "");
}

/** torchrun ends its processes when it is asked to end; where it has ended already there is nothing to do. */
async function end(child: Deno.ChildProcess): Promise<void> {
  try {
    child.kill("SIGTERM");
  } catch (error) {
    if (!(error instanceof TypeError || error instanceof Deno.errors.NotFound)) throw error;
  }
  await child.status;
}
