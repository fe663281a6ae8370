/**
 * Verdicts on an experiment's claims, kept as one small file an experiment, scale and world in `.lab/claims`, so that
 * the database can be rebuilt without the experiments' code.
 * @module
 */
import { exists, writeFileAtomic } from "../files.ts";
import { hashJson } from "../hash.ts";
import { join } from "node:path";
import { quarantine } from "./artifact.ts";
import type { LabPaths } from "./paths.ts";
import { decodeChecked, encodeRecord, TornRecord } from "./record.ts";
import { type AnyExperiment, claimsOf } from "./recipe.ts";
import { loadResults } from "./store/results.ts";
import { openStore } from "../store/open.ts";
import type { Finding } from "./types.ts";

/** All claims of one experiment at one scale in one world. */
export interface VerdictFile {
  readonly format: "lingualift-verdicts";
  readonly experiment: string;
  readonly scale: string;
  readonly world: string;
  /** Hash of the runs and the code it was judged on. */
  readonly judged: string;
  readonly seeds: string;
  readonly claims:
    readonly (Finding & { readonly id: string; readonly sentence: string; readonly source: string })[];
}

/** All verdict files in order of name; torn ones are set aside, since they can be made again. */
export function readVerdicts(paths: LabPaths, onDamage: (message: string) => void): VerdictFile[] {
  if (!exists(paths.claims)) return [];
  const names = [...Deno.readDirSync(paths.claims)].map((entry) => entry.name).filter((n) =>
    n.endsWith(".json")
  );
  return names.sort().flatMap((name) => {
    const path = join(paths.claims, name);
    try {
      return [decodeChecked(Deno.readTextFileSync(path), path) as VerdictFile];
    } catch (error) {
      if (!(error instanceof TornRecord)) throw error;
      const place = quarantine(paths, path);
      if (place) onDamage(`${error.message}; set aside as "${place}"`);
      return [];
    }
  });
}

/** What is judged and on what. */
export interface Judgement {
  readonly scale: string;
  readonly world: string;
  /** Ids of the runs that count, with their seeds. */
  readonly runs: readonly { readonly id: string; readonly seed: number }[];
  /** Hash of the experiment module's code closure: changed claims are judged again. */
  readonly code: string;
}

/** Judges the claims on what the store holds, unless that was done already. @returns whether it wrote something */
export async function judgeClaims(
  paths: LabPaths,
  experiment: AnyExperiment,
  { scale, world, runs, code }: Judgement,
): Promise<boolean> {
  const judged = hashJson([code, runs.map(({ id }) => id).sort()]);
  const path = join(paths.claims, `${experiment.id}~${scale}~${world}.json`);
  const before = readVerdicts(paths, () => {}).find((file) =>
    file.experiment === experiment.id && file.scale === scale && file.world === world
  );
  if (before?.judged === judged) return false;
  using store = await openStore(paths.database, "read");
  const results = await loadResults(store, { experiment, scale, world });
  const file: VerdictFile = {
    format: "lingualift-verdicts",
    experiment: experiment.id,
    scale,
    world,
    judged,
    seeds: [...new Set(runs.map(({ seed }) => seed))].sort((a, b) => a - b).join(","),
    claims: claimsOf(experiment, world).map((claim) => ({
      id: claim.id,
      sentence: claim.sentence,
      source: claim.source,
      ...claim.check(results),
    })),
  };
  writeFileAtomic(path, encodeRecord(file));
  return true;
}
