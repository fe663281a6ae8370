/**
 * Finished steps on disk: `.lab/artifacts/<key>/` with the step's files and `step.json`, its completion record, written
 * last. A folder without a whole record, or whose files have other sizes than recorded, is set aside and made again.
 * @module
 */
import { exists, writeFileAtomic } from "../../files.ts";
import { sha256File } from "../../hash.ts";
import { join, relative } from "node:path";
import { filesBelow } from "../code/closure.ts";
import type { LabPaths } from "./paths.ts";
import { decodeChecked, encodeRecord, type Ingredients, TornRecord } from "./record.ts";
import type { Ndjson } from "./answers.ts";
import { objectPath } from "./objects.ts";
import type { StepScore } from "../experiment/types.ts";

/** Version of `step.json`. Another one is treated as not there: artifacts can be made again. */
const STEP_FORMAT = 1;

/** What a finished step leaves behind. */
export interface StepRecord {
  readonly format: number;
  readonly step: string;
  readonly version: number;
  readonly key: string;
  readonly ingredients: Ingredients;
  readonly value: unknown;
  readonly files: readonly { readonly name: string; readonly bytes: number; readonly hash: string }[];
  readonly answers: readonly Ndjson[];
  readonly prompts: readonly Ndjson[];
  readonly scores: readonly StepScore[];
  readonly wall_s: number;
  readonly cpu_s: number;
}

/** Where a step's artifact lies. */
export function artifactDir(paths: LabPaths, key: string): string {
  return join(paths.artifacts, key);
}

/** The record of a finished step, or undefined when there is none; a damaged one is set aside and reported. */
export function loadArtifact(
  paths: LabPaths,
  key: string,
  onDamage: (message: string) => void,
): StepRecord | undefined {
  const dir = artifactDir(paths, key);
  if (!exists(dir)) return undefined;
  const damage = inspect(paths, dir);
  if (typeof damage !== "string") return damage;
  const place = quarantine(paths, dir);
  if (place) onDamage(`${damage}; set aside as "${place}", the step runs again`);
  return undefined;
}

function inspect(paths: LabPaths, dir: string): StepRecord | string {
  const path = join(dir, "step.json");
  try {
    const record = decodeChecked(Deno.readTextFileSync(path), path) as StepRecord;
    if (record.format !== STEP_FORMAT) return `Step "${dir}" has format ${record.format}, not ${STEP_FORMAT}`;
    for (const { name, bytes } of record.files) {
      const file = join(dir, name);
      if (!exists(file) || Deno.statSync(file).size !== bytes) return `File "${file}" is damaged or gone`;
    }
    for (const { object } of [...record.answers, ...record.prompts]) {
      if (!exists(objectPath(paths, object))) return `Answers "${objectPath(paths, object)}" are gone`;
    }
    return record;
  } catch (error) {
    if (error instanceof TornRecord) return error.message;
    if (error instanceof Deno.errors.NotFound) return `Step "${dir}" has no completion record`;
    throw error;
  }
}

/**
 * Completes the step whose files lie in `made`: writes the record last, then moves the folder to its place. Only the
 * holder of the step's lock may call it.
 */
export function storeArtifact(
  paths: LabPaths,
  made: string,
  record: Omit<StepRecord, "format" | "files">,
): StepRecord {
  const files = filesBelow(made).map((path) => {
    syncFile(path);
    return { name: relative(made, path), bytes: Deno.statSync(path).size, hash: sha256File(path) };
  });
  const whole: StepRecord = { ...record, format: STEP_FORMAT, files };
  writeFileAtomic(join(made, "step.json"), encodeRecord(whole));
  Deno.renameSync(made, artifactDir(paths, record.key));
  return whole;
}

function syncFile(path: string): void {
  const file = Deno.openSync(path, { read: true, write: true });
  try {
    file.syncDataSync();
  } finally {
    file.close();
  }
}

/** Moves a damaged file or folder out of the way; undefined when someone else was quicker. */
export function quarantine(paths: LabPaths, path: string): string | undefined {
  Deno.mkdirSync(paths.quarantine, { recursive: true });
  const name = relative(paths.root, path).replaceAll("/", "_");
  for (let number = 1;; number++) {
    const place = join(paths.quarantine, `${name}.${number}`);
    if (exists(place)) continue;
    try {
      Deno.renameSync(path, place);
      return place;
    } catch (error) {
      if (error instanceof Deno.errors.NotFound) return undefined;
      throw error;
    }
  }
}
