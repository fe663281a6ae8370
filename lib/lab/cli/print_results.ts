/**
 * What `deno task experiment` prints at the end: the table and the verdicts, or both as JSON.
 * @module
 */
import * as v from "valibot";
import { exists } from "../../files.ts";
import { type Found, headerOf } from "../discover.ts";
import type { LabPaths } from "../paths.ts";
import type { DecidedRun } from "../plan.ts";
import { variantNames } from "../recipe.ts";
import { openStore } from "../../store/open.ts";
import type { Verdict } from "../types.ts";
import { VERDICT_WORDS, verdictTitle } from "../verdict_words.ts";
import { wrap } from "./wrap.ts";
import { formatTable, groupCells, seedsIn } from "./table.ts";
import { print } from "../../cli/print.ts";

const CLAIM_ROW = v.object({
  claim: v.string(),
  sentence: v.string(),
  source: v.string(),
  verdict: v.picklist(Object.keys(VERDICT_WORDS) as Verdict[]),
  because: v.string(),
});

/** Said with every table of that scale. */
const SMOKE =
  "Scale smoke only checks that every part runs: its models are far too small to score, and its numbers and " +
  "verdicts mean nothing. Leave out --scale smoke for results.";

/** Prints the results of the experiments that these runs belong to. */
export async function printResults(
  paths: LabPaths,
  { runs, failed, json }: {
    runs: readonly DecidedRun[];
    failed: readonly { readonly name: string; readonly error: string }[];
    json: boolean;
  },
): Promise<void> {
  const tables = new Map(runs.map(({ experiment, spec }) => {
    const key = { experiment: experiment.id, scale: spec.scale, world: spec.world };
    return [JSON.stringify(key), { ...key, title: experiment.title }];
  }));
  const out: unknown[] = [];
  using store = exists(paths.database) ? await openStore(paths.database, "read") : undefined;
  for (const { title, ...key } of tables.values()) {
    const cells = store ? await groupCells(store, key) : [];
    const claims = store
      ? await store.rows(
        CLAIM_ROW,
        `SELECT claim, sentence, source, verdict, because FROM claim
         WHERE experiment = $experiment AND scale = $scale AND world = $world ORDER BY position`,
        { ...key },
      )
      : [];
    const worded = claims.map((claim) => ({ ...claim, verdict: VERDICT_WORDS[claim.verdict] }));
    out.push({ ...key, title, cells, claims: worded });
    if (json) continue;
    const seeds = store ? await seedsIn(store, key) : [];
    print(`\n${wrap(`${title} (${[key.experiment, key.scale, key.world, seedList(seeds)].join(", ")})`)}\n`);
    if (key.scale === "smoke") print(`${wrap(SMOKE)}\n`);
    print(cells.length > 0 ? formatTable(cells) : "No results yet");
    if (claims.length > 0) print("");
    for (const { verdict, sentence, source, because } of claims) {
      print(wrap(`${verdictTitle(verdict)}: ${sentence} (${source})`));
      print(wrap(because, "    "));
    }
  }
  if (json) {
    const list = runs.map(({ id, done }) => ({ id, done }));
    print(JSON.stringify({ experiments: out, runs: list, failed }, null, 2));
  }
}

function seedList(seeds: readonly number[]): string {
  return seeds.length === 0 ? "no seed yet" : `${seeds.length === 1 ? "seed" : "seeds"} ${seeds.join(", ")}`;
}

/** `--list`: every experiment with its title, variants and first line of its abstract. */
export function printList(found: readonly Found[], json: boolean): void {
  if (json) {
    const list = found.map(({ experiment, file }) => ({
      id: experiment.id,
      version: experiment.version,
      title: experiment.title,
      variants: variantNames(experiment),
      benchmarks: experiment.benchmarks,
      worldBenchmarks: experiment.worldBenchmarks ?? {},
      paper: experiment.paper ?? {},
      abstract: headerOf(file),
    }));
    print(JSON.stringify(list, null, 2));
    return;
  }
  for (const { experiment } of found) {
    print(`${experiment.id}: ${experiment.title}\n    ${variantNames(experiment).join(" | ")}`);
  }
}
