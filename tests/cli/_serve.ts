/**
 * `deno task serve` as a user starts it, with the permissions that it has.
 * @module
 */
import { ok } from "node:assert/strict";
import { ROOT } from "../../lib/lab/record/paths.ts";
import { toLines } from "../../lib/lab/run/lines.ts";
import type { LiveState } from "../../lib/report/client/live_data.ts";

/** A server at work. */
export interface Served {
  readonly port: number;
  /** What it has printed so far. */
  readonly lines: readonly string[];
  readonly process: Deno.ChildProcess;
  /** What its pages ask for. */
  state(): Promise<LiveState>;
  /** A page or file. */
  get(path: string): Promise<{ status: number; text: string; headers: Headers }>;
  /** Asks it to stop. @returns its exit code */
  stop(signal?: Deno.Signal): Promise<number>;
}

/** Calls `use` with a server of this lab, at a port that is free, and stops it. */
export async function withServer(lab: string, use: (served: Served) => Promise<void>): Promise<void> {
  const process = new Deno.Command(Deno.execPath(), {
    args: ["run", "-q", "--no-prompt", "-P=serve", "lib/cli/serve/task.ts", "--port", "0", "--lab", lab],
    cwd: ROOT,
    stdin: "null",
    stdout: "piped",
  }).spawn();
  const lines: string[] = [];
  const { promise: started, resolve, reject } = Promise.withResolvers<number>();
  const reading = (async () => {
    for await (const line of toLines(process.stdout)) {
      lines.push(line);
      const port = line.match(/^http:\/\/127\.0\.0\.1:(\d+)\//)?.[1];
      if (port) resolve(Number(port));
    }
    reject(new Error(`the server ended: ${lines.join("\n")}`));
  })();
  let code: number | undefined;
  const stop = async (signal: Deno.Signal = "SIGINT"): Promise<number> => {
    if (code === undefined) process.kill(signal);
    return code = (await process.status).code;
  };
  try {
    const port = await started;
    const get: Served["get"] = async (path) => {
      const response = await fetch(`http://127.0.0.1:${port}${path}`, { redirect: "manual" });
      return { status: response.status, text: await response.text(), headers: response.headers };
    };
    const state = async (): Promise<LiveState> => JSON.parse((await get("/live.json")).text);
    await use({ port, lines, process, state, get, stop });
  } finally {
    await stop();
    await reading;
  }
}

/** Waits until something holds. */
export async function until<T>(what: string, look: () => Promise<T | undefined | false>): Promise<T> {
  for (const start = performance.now(); performance.now() - start < 150_000;) {
    const found = await look();
    if (found) return found;
    await new Promise((done) => setTimeout(done, 100));
  }
  ok(false, `waited for ${what}`);
}
