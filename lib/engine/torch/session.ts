/**
 * The Python process that this process asks: started when it is first needed, one request at a time, and gone with this
 * one. Several processes may be asked at once (`processes`), each of which has the whole model.
 * @module
 */
import type { Compute } from "../engine.ts";
import { checked, type Conversation, converse, type Reply, startPython, type Watch } from "./python.ts";

/** A Python process that takes requests. */
export interface Session {
  /** Asks, and waits for the answer; requests of others wait for it. */
  ask(
    method: string,
    fields: Readonly<Record<string, unknown>>,
    options?: { payload?: Uint8Array<ArrayBuffer>; watch?: Watch },
  ): Promise<Reply>;
}

const sessions = new Map<string, Session>();

/** The session of this program with this number; it stays until the end of this process. */
export function sessionOf({ program }: Pick<Compute, "program">, number = 0): Session {
  const name = `${program} ${number}`;
  const known = sessions.get(name);
  if (known !== undefined) return known;
  const opened = openSession({ program });
  sessions.set(name, opened);
  return opened;
}

interface Running {
  readonly child: Deno.ChildProcess;
  readonly input: WritableStreamDefaultWriter<Uint8Array>;
  readonly conversation: Conversation;
}

function openSession(compute: Pick<Compute, "program">): Session {
  let running: Running | undefined;
  let turn: Promise<unknown> = Promise.resolve();

  async function started(): Promise<Running> {
    if (running !== undefined) return running;
    const child = startPython(compute, ["-m", "lingualift_torch"], "piped");
    const conversation = converse(child);
    running = { child, input: child.stdin.getWriter(), conversation };
    const reply = await conversation.next();
    if (reply === undefined) await gone(conversation);
    return running;
  }

  /** Its process has ended by itself: the next request starts another one. */
  async function gone(conversation: Conversation): Promise<never> {
    running = undefined;
    checked(undefined, await conversation.complaint(), "");
    throw new TypeError("internal: an ended process answered");
  }

  async function kill(): Promise<void> {
    if (running === undefined) return;
    const { child, input } = running;
    running = undefined;
    child.kill("SIGKILL");
    await child.status;
    await input.close().catch(() => {/* broken with its process */});
  }

  async function ask(
    method: string,
    fields: Readonly<Record<string, unknown>>,
    { payload = new Uint8Array(0), watch = () => {} }: { payload?: Uint8Array<ArrayBuffer>; watch?: Watch } =
      {},
  ): Promise<Reply> {
    const { child, input, conversation } = await started();
    // Only while it is asked does it keep this process.
    child.ref();
    const head = JSON.stringify({ ...fields, method, bytes: payload.length });
    await input.write(new TextEncoder().encode(`${head}\n`)).catch(() => {/* its end is seen below */});
    if (payload.length > 0) await input.write(payload).catch(() => {});
    for (;;) {
      const reply = await conversation.next();
      if (reply === undefined) return await gone(conversation);
      if (reply.message.type !== "progress") {
        child.unref();
        // After a fault of its own it ends.
        if (reply.message.type === "failed" && reply.message.user !== true) running = undefined;
        return checked(reply, "", `${child.pid}`);
      }
      try {
        watch(reply.message);
      } catch (error) {
        // An interrupt: what it was doing is not worth waiting for.
        await kill();
        throw error;
      }
    }
  }

  return {
    ask(...request) {
      const mine = turn.then(() => ask(...request));
      turn = mine.catch(() => {/* told to whoever asked */});
      return mine;
    },
  };
}
