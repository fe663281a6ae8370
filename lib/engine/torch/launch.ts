/**
 * Several Python processes that train together, under torchrun: a process that dies takes the others with it, and all
 * begin again once from the last checkpoint. On several nodes of a Slurm job srun starts a torchrun on each.
 * @module
 */
import { hostname } from "node:os";
import { join, resolve } from "node:path";
import { endChild } from "../../child.ts";
import { writeFileAtomic } from "../../files.ts";
import type { Compute, FitContext } from "../engine.ts";
import { checked, converse, type Reply, startPython, type Watch } from "./python.ts";

/** How often they begin again; a new launcher each time, whose store knows nothing of who has died. */
const RESTARTS = 1;

/** Does a request in `processes` processes; the first one's messages are theirs. */
export async function launch(
  request: unknown,
  { runtime, checkpointDir }: Pick<FitContext, "runtime" | "checkpointDir">,
  watch: Watch,
): Promise<Reply> {
  const file = join(resolve(checkpointDir), "request.json");
  writeFileAtomic(file, JSON.stringify(request));
  for (let restarts = 0;; restarts++) {
    const { reply, complaint } = await once(file, runtime, watch);
    // What a person must mend is not mended by beginning again; that a process lost another one may be.
    const isFinal = reply?.message.type === "done" || reply?.message.user === true;
    if (isFinal || restarts === RESTARTS) return checked(reply, complaint, file);
  }
}

/** One launch: its answer, or what it said where there is none. */
async function once(
  file: string,
  runtime: Compute,
  watch: Watch,
): Promise<{ reply: Reply | undefined; complaint: string }> {
  const { processes = 1, nodes = 1 } = runtime;
  const torchrun = [
    "-m",
    "torch.distributed.run",
    ...nodes === 1 ? ["--standalone"] : rendezvous(nodes),
    `--nproc-per-node=${processes / nodes}`,
    "-m",
    "lingualift_torch",
    file,
  ];
  const child = nodes === 1
    ? startPython(runtime, torchrun, "null")
    : startPython({ program: "srun" }, [...srunOptions(nodes), runtime.program!, ...torchrun], "null");
  const conversation = converse(child);
  let reply: Reply | undefined;
  try {
    for (let next = await conversation.next(); next !== undefined; next = await conversation.next()) {
      if (next.message.type === "progress") watch(next.message);
      else reply = next;
      if (reply !== undefined) break;
    }
  } finally {
    // torchrun ends its processes when it is asked to end.
    await endChild(child, "SIGTERM");
  }
  return { reply, complaint: reply === undefined ? await conversation.complaint() : "" };
}

/** One torchrun a node, of all processors and the memory that the job has there; one that fails ends the others. */
function srunOptions(nodes: number): string[] {
  return ["--quiet", `--nodes=${nodes}`, `--ntasks=${nodes}`, "--ntasks-per-node=1", "--kill-on-bad-exit=1"];
}

/** They meet at the node that this process runs on, at a port of no other run. */
function rendezvous(nodes: number): string[] {
  const [port] = crypto.getRandomValues(new Uint16Array(1));
  return [
    `--nnodes=${nodes}`,
    "--rdzv-backend=c10d",
    `--rdzv-endpoint=${hostname()}:${PORTS.from + port! % PORTS.count}`,
    `--rdzv-id=${crypto.randomUUID()}`,
  ];
}

/** Where systems give none out by themselves. */
const PORTS = { from: 20_000, count: 10_000 } as const;
