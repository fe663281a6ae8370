/**
 * `deno task serve`: the report on 127.0.0.1, drawn anew while experiments go on, with a page of the runs that are under
 * way. It looks into the lab's folders and writes nothing there.
 * @module
 */
import { join, resolve } from "node:path";
import { setTimeout } from "node:timers/promises";
import { UserError } from "../../errors.ts";
import { exists } from "../../files.ts";
import { type LabPaths, labPaths, ROOT } from "../../lab/record/paths.ts";
import { command, parse } from "../command.ts";
import { exitWith } from "../exit.ts";
import { labOption } from "../experiment/options.ts";
import { siteOf } from "../experiment/site.ts";
import { onInterrupt } from "../terminal/interrupt.ts";
import { print, tell } from "../terminal/print.ts";
import { wholeNumber } from "../values.ts";
import { liveApp } from "./app.ts";
import { liveSite } from "./site.ts";
import { sliceName } from "../../results/slice.ts";
import { type WatchedEnd, type WatchedRun, watchRuns } from "./watch.ts";

const EXAMPLES = `
Examples:
  deno task serve                     http://127.0.0.1:8420/
  deno task serve --port 0            at any free port
  deno task serve --lab .lab/try      another lab
`;

/** How often the lab is looked at, in ms. */
const LOOK_MS = 500;
/** Runs that have ended and are still shown. */
const MOST_ENDED = 50;

/** Serves until it is asked to stop. @returns the exit code, 0 then: that is how a server ends */
async function serveMain(args: readonly string[]): Promise<number> {
  const program = command("serve", "Serves the report on 127.0.0.1, with the runs that are under way")
    .option("--port <n>", "where; 0 for any that is free", portNumber, 8420)
    .addOption(labOption())
    .addHelpText("after", EXAMPLES);
  const parsed = parse<{ port: number; lab: string }>(program, args);
  if (!parsed) return 0;
  const stop = new AbortController();
  const stopListening = onInterrupt(stop, () => {});
  try {
    await serve(labPaths(resolve(parsed.options.lab)), parsed.options.port, stop.signal);
    return 0;
  } finally {
    stop.abort();
    stopListening();
  }
}

/** Serves a lab. @throws {UserError} when the port cannot be had */
async function serve(paths: LabPaths, wanted: number, signal: AbortSignal): Promise<void> {
  let answer: (request: Request) => Response | Promise<Response> = () => new Response(null, { status: 503 });
  await using server = listen(wanted, (request) => answer(request));
  const { port } = server.addr;
  const written = siteOf(paths);
  // No two servers of a machine have one port.
  const aside = join(ROOT, "reports", `live-${port}`);
  await using site = liveSite({ database: paths.database, written, aside }, { say: print, signal });
  const look = watchRuns(paths);
  let runs: readonly WatchedRun[] = [], ended: readonly WatchedEnd[] = [];
  const pageOf = (slice: string): string | null => {
    const [folder, page] = [site.folder(), `experiments/${slice}.html`];
    return folder !== undefined && exists(join(folder, page)) ? page : null;
  };
  answer = liveApp({
    folder: site.folder,
    version: site.version,
    port: () => port,
    say: tell,
    state: () => ({
      version: site.version(),
      drawing: site.drawing(),
      runs: runs.map((run) => ({ ...run, page: pageOf(sliceName(run)) })),
      ended: ended.map(({ slice, ...end }) => ({ ...end, page: pageOf(slice) })),
    }),
  }).fetch;
  print(
    `http://127.0.0.1:${port}/ has the report, http://127.0.0.1:${port}/live.html the runs; Ctrl-C ends it`,
  );
  while (!signal.aborted) {
    site.look();
    const seen = look();
    runs = seen.runs;
    ended = [...seen.ended, ...ended].slice(0, MOST_ENDED);
    for (const { experiment, variant, seed } of seen.begun) {
      print(`${experiment}, ${variant}, seed ${seed}: begins`);
    }
    for (const { name, ending, note } of seen.ended) print(`${name}: ${ending}${note && `, ${note}`}`);
    await setTimeout(LOOK_MS, undefined, { signal }).catch(() => {/* the loop sees it */});
  }
}

/** On this machine's own address alone. */
function listen(port: number, answer: (request: Request) => Response | Promise<Response>) {
  try {
    return Deno.serve({ hostname: "127.0.0.1", port, onListen: () => {} }, answer);
  } catch (error) {
    const why = error instanceof Deno.errors.AddrInUse
      ? "another program has it"
      : error instanceof Deno.errors.PermissionDenied
      ? "the system keeps it for its administrator"
      : undefined;
    if (why === undefined) throw error;
    throw new UserError(
      `Cannot serve at port ${port}: ${why}; name another, or --port 0 for any that is free`,
      {
        cause: error,
      },
    );
  }
}

function portNumber(text: string): number {
  const port = wholeNumber("--port", 0)(text);
  if (port <= 65535) return port;
  throw new UserError(`Cannot use "${text}" for --port: expected at most 65535`);
}

if (import.meta.main) await exitWith(() => serveMain(Deno.args));
