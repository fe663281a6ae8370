/**
 * Drawing the report while a lab is at work: from a copy of the store, since a run's numbers cannot be written into a store
 * that someone reads, and in a thread of its own.
 * @module
 */
import { DuckDBInstance } from "@duckdb/node-api";
import { exists, removeIfThere } from "../../files.ts";
import { isHeldElsewhere } from "../../store/open.ts";

/** What to draw, and where to. */
export interface Drawing {
  readonly store: string;
  readonly out: string;
}

/** What came of it. */
export type Drawn = { readonly pages: number } | { readonly problem: string };

/**
 * Copies the store whole, while nobody writes it. Nothing else in this process may have it open: locks of files belong to
 * processes.
 * @returns false where another process writes it now
 */
export async function copyStore(from: string, to: string): Promise<boolean> {
  let held: DuckDBInstance;
  try {
    held = await DuckDBInstance.create(from, { access_mode: "READ_ONLY" });
  } catch (error) {
    if (isHeldElsewhere(error)) return false;
    // A file that is no store: what draws from the copy says what is wrong with it.
    held = await DuckDBInstance.create(":memory:");
  }
  try {
    removeIfThere(`${to}.wal`);
    Deno.copyFileSync(from, to);
    if (exists(`${from}.wal`)) Deno.copyFileSync(`${from}.wal`, `${to}.wal`);
    return true;
  } finally {
    held.closeSync();
  }
}

/** Draws. @param signal ends it at once, with whatever it has begun left there */
export function drawAside(drawing: Drawing, signal: AbortSignal): Promise<Drawn> {
  const { promise, resolve } = Promise.withResolvers<Drawn>();
  const worker = new Worker(import.meta.resolve("./draw_worker.ts"), { type: "module" });
  worker.onmessage = ({ data }: MessageEvent<Drawn>) => resolve(data);
  worker.onerror = (event) => {
    event.preventDefault();
    resolve({ problem: event.message });
  };
  signal.addEventListener("abort", () => resolve({ problem: "stopped" }), { once: true });
  worker.postMessage(drawing);
  return promise.finally(() => worker.terminate());
}
