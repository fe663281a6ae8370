/**
 * Runs as child processes of this one. They end with it: a worker whose standard input closes stops at once.
 * @module
 */
import { toLines } from "./lines.ts";
import type { Executor, Handle, State, Work } from "./executor.ts";
import { workerCommand } from "./worker_command.ts";

/** How long workers have to stop by themselves after an interrupt, in ms. */
const GRACE_MS = 3000;

interface Started extends Handle {
  readonly child: Deno.ChildProcess;
  readonly input: WritableStreamDefaultWriter<Uint8Array>;
  state: State;
  timer?: ReturnType<typeof setTimeout>;
}

/** An executor of its own for each start of the lab. */
export function localExecutor(): Executor {
  const started = new Map<string, Started>();

  function start(work: Work): Handle {
    const child = workerCommand(work).spawn();
    const own: Started = {
      id: `${child.pid}`,
      child,
      input: child.stdin.getWriter(),
      state: { kind: "running" },
    };
    started.set(own.id, own);
    void watch(own, work);
    return own;
  }

  return {
    name: "local",
    isQueue: false,
    patience: { look: 50, result: 0 },
    restarts: 0,
    submit: (work) => Promise.resolve(work.map(start)),
    poll: (handles) => Promise.resolve(new Map(handles.map(({ id }) => [id, stateOf(started.get(id))]))),
    async cancel(handles) {
      for (const { id } of handles) {
        const own = started.get(id);
        if (own === undefined || own.state.kind === "ended") continue;
        own.timer ??= setTimeout(() => own.child.kill("SIGKILL"), GRACE_MS);
        await own.input.write(new TextEncoder().encode("stop\n")).catch(() => {
          // It is gone already; its status tells.
        });
      }
    },
  };
}

function stateOf(started: Started | undefined): State {
  return started?.state ?? { kind: "unknown" };
}

/** Keeps what it prints and how it ends. */
async function watch(own: Started, { attempt }: Work): Promise<void> {
  const { child } = own;
  const log = Deno.openSync(attempt.log, { create: true, append: true });
  const keep = async (stream: ReadableStream<Uint8Array>): Promise<void> => {
    for await (const line of toLines(stream)) log.writeSync(new TextEncoder().encode(`${line}\n`));
  };
  const [status] = await Promise.all([child.status, keep(child.stdout), keep(child.stderr)]);
  log.close();
  clearTimeout(own.timer);
  await own.input.close().catch(() => {/* closed by its end */});
  const how = status.signal ? `was killed by ${status.signal}` : `ended with exit code ${status.code}`;
  own.state = { kind: "ended", how };
}
