/**
 * Writes the page of all runs, and for each slice a data file of what went into its runs, for a reader who compares two.
 * @module
 */
import { plural } from "../format.ts";
import { hashJson } from "../hash.ts";
import { readFacts, readRuns, type RunRow, SHARES } from "../results/read_runs.ts";
import type { Facts, RunFacts } from "../results/run_diff.ts";
import { sliceName } from "../results/slice.ts";
import type { Store } from "../store/open.ts";
import type { KnownRuns } from "./client/data.ts";
import { writeScript } from "./evidence.ts";
import type { FrameProps } from "./html/frame.tsx";
import { RunsPage } from "./html/runs.tsx";

/** What the page is written from, and how. */
interface RunsInput {
  readonly db: Store;
  /** The site's folder. */
  readonly out: string;
  /** Names of the slices that have a page. */
  readonly slices: ReadonlySet<string>;
  readonly writePage: (path: string, props: Omit<FrameProps, "path" | "languages">) => void;
}

/** Writes `runs.html` and `evidence/runs/`. @returns the hash of the runs, so that a stale page is known */
export async function writeRuns({ db, out, slices, writePage }: RunsInput): Promise<string> {
  const runs = await readRuns(db);
  const hash = hashJson(runs);
  writePage("runs.html", {
    title: "Runs · LinguaLIFT Lab",
    foot: `${plural(runs.length, "run")} of the store. SHA-256: ${hash}`,
    scripts: ["assets/runs.js"],
    children: RunsPage({ runs, slices }),
  });
  const known = runs.filter(({ state }) => state !== "failed");
  for (const [name, own] of Map.groupBy(known, sliceName)) {
    const facts = await readFacts(db, own.map(({ run }) => run));
    writeScript(out, `evidence/runs/${name}.js`, knownRuns(own, facts));
  }
  return hash;
}

/** Hash of the rows that the page would be drawn from now. */
export async function runsHash(db: Store): Promise<string> {
  return hashJson(await readRuns(db));
}

/** What runs share is written once. */
function knownRuns(runs: readonly RunRow[], facts: ReadonlyMap<string, RunFacts>): KnownRuns {
  const sets = new Map<string, number>(), keys = new Map<string, number>();
  const place = (all: Map<string, number>, value: unknown): number => {
    const text = JSON.stringify(value);
    if (!all.has(text)) all.set(text, all.size);
    return all.get(text)!;
  };
  const described = runs.map(({ id, run, state }) => {
    const { recipe, settings, data, code, packages, provenance, scores } = facts.get(run)!;
    return [id, {
      isCurrent: state === "done",
      facts: [recipe, settings, data, code, packages, provenance].map((set) => place(sets, set)),
      scores: scores.map(({ benchmark, scope, metric, value }) =>
        [place(keys, [benchmark, scope, metric]), value] as const
      ),
    }] as const;
  });
  return {
    sets: [...sets.keys()].map((text): Facts => JSON.parse(text)),
    scores: [...keys.keys()].map((text) => JSON.parse(text)),
    shares: SHARES,
    runs: Object.fromEntries(described),
  };
}
