/**
 * Which site is served: the one that `deno task report` or an experiment has written, as long as it is not older than the
 * store, else one that is drawn aside. The written one is only read.
 * @module
 */
import { join } from "node:path";
import { UserError } from "../../errors.ts";
import { clearTree, exists, fileStamp, removeIfThere, removeTree } from "../../files.ts";
import { sha256 } from "../../hash.ts";
import { asUserError } from "../../os_errors.ts";
import type { LiveState } from "../../report/client/live_data.ts";
import { isOlder } from "../experiment/site.ts";
import { copyStore, drawAside } from "./draw.ts";

/** Where things are. */
export interface SitePlaces {
  /** The store. */
  readonly database: string;
  /** The written site. */
  readonly written: string;
  /** Folder for what is drawn here. */
  readonly aside: string;
}

/** The site that is served. */
export interface LiveSite {
  /** Its folder; undefined where there is none yet. */
  folder(): string | undefined;
  /** Tells one site from another, by the rows that it is drawn from; empty where there is none. */
  version(): string;
  drawing(): LiveState["drawing"];
  /** Draws anew where the store has changed and nobody writes it. @throws what a drawing before has ended with */
  look(): void;
  /** Ends a drawing and removes what was drawn here. */
  [Symbol.asyncDispose](): Promise<void>;
}

/** How long a store must have stayed as it is, in ms: at its end an experiment writes it more than once. */
const QUIET_MS = 2000;
/** How long someone else may take to draw the written site before this one is drawn for itself, in ms. */
const PATIENCE_MS = 60_000;

/** @param say told what was drawn, and what could not be */
export function liveSite(
  { database, written, aside }: SitePlaces,
  { say, signal }: { say: (text: string) => void; signal: AbortSignal },
): LiveSite {
  const drawn = join(aside, "site"), copy = join(aside, "lab.duckdb");
  let state: LiveState["drawing"] = { kind: "current" };
  /** What the store was like at the last look, since when, and when it was last drawn here. */
  let seen = { stamp: fileStamp(database), since: -Infinity };
  let done: string | undefined;
  let drawing: Promise<void> | undefined;
  let bug: { readonly error: unknown } | undefined;
  removeTree(aside);

  function failed(why: string): void {
    state = { kind: "failed", why: why.split("\n")[0]! };
    say(`The report could not be drawn: ${why}`);
  }

  async function draw(stamp: string): Promise<void> {
    try {
      Deno.mkdirSync(aside, { recursive: true });
      if (!await copyStore(database, copy)) return; // it is being written: at the next look
      state = { kind: "drawing" };
      const result = await drawAside({ store: copy, out: drawn }, signal);
      if (signal.aborted) return;
      done = stamp;
      if ("problem" in result) return failed(result.problem.replaceAll(copy, database));
      state = { kind: "current" };
      say(`Drawn anew: ${result.pages} pages`);
    } catch (error) {
      const known = asUserError(error, aside);
      if (!(known instanceof UserError)) throw error;
      done = stamp;
      failed(known.message);
    } finally {
      drawing = undefined;
      removeIfThere(copy);
      removeIfThere(`${copy}.wal`);
    }
  }

  const folder = () =>
    isOlder(written, database) ? [drawn, written].find((site) => exists(join(site, "index.html"))) : written;
  return {
    folder,
    version() {
      const mark = join(folder() ?? aside, "report.json");
      return exists(mark) ? sha256(Deno.readTextFileSync(mark)) : "";
    },
    drawing: () => state,
    look() {
      if (bug) throw bug.error;
      const stamp = fileStamp(database);
      if (stamp !== seen.stamp) {
        seen = { stamp, since: performance.now() };
      }
      const quiet = performance.now() - seen.since;
      if (quiet < QUIET_MS || drawing || stamp === undefined || stamp === done) return;
      if (!isOlder(written, database)) {
        state = { kind: "current" };
        return;
      }
      if (exists(`${written}.building`) && quiet < PATIENCE_MS) return;
      drawing = draw(stamp).catch((error) => void (bug = { error }));
    },
    async [Symbol.asyncDispose]() {
      await drawing;
      // The thread that was ended may still write; the next server at this port removes it.
      clearTree(aside);
    },
  };
}
