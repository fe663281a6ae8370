/**
 * Verdicts on an experiment's claims, kept as one small file an experiment, scale and world in `.lab/claims`, so that
 * the database can be rebuilt without the experiments' code.
 * @module
 */
import { exists, writeFileAtomic } from "../../files.ts";
import { join } from "node:path";
import { quarantine } from "./artifact.ts";
import type { LabPaths } from "./paths.ts";
import { decodeChecked, encodeRecord, TornRecord } from "./record.ts";
import type { Finding } from "../experiment/types.ts";

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

/** Keeps verdicts in place of those that were there. */
export function writeVerdicts(paths: LabPaths, file: VerdictFile): void {
  const name = `${file.experiment}~${file.scale}~${file.world}.json`;
  writeFileAtomic(join(paths.claims, name), encodeRecord(file));
}
