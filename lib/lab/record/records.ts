/**
 * The run records on disk: reading them all, setting torn ones aside, knowing which one counts for each slot.
 * @module
 */
import { exists, removeIfThere, writeFileAtomic } from "../../files.ts";
import { join } from "node:path";
import { quarantine } from "./artifact.ts";
import type { LabPaths } from "./paths.ts";
import { slotOf } from "../plan/prepare.ts";
import {
  decodeChecked,
  decodeRecord,
  encodeRecord,
  RECORD_VERSION,
  type RunRecord,
  TornRecord,
} from "./record.ts";

/** The last failure of a run that has no record. */
export interface FailureRecord {
  readonly format: "lingualift-failure";
  readonly version: number;
  readonly id: string;
  readonly experiment: string;
  readonly experiment_version: number;
  readonly variant: string;
  readonly seed: number;
  readonly scale: string;
  readonly world: string;
  readonly method: string;
  readonly method_version: number;
  readonly identity: string;
  readonly started: string;
  readonly finished: string;
  readonly wall_s: number;
  readonly message: string;
  readonly stack: string;
}

/** All readable records by id, in order of id; torn ones are moved to quarantine and told. */
export function readRecords(paths: LabPaths, onDamage: (message: string) => void): Map<string, RunRecord> {
  return new Map(readAll(paths, paths.runs, onDamage, decodeRecord));
}

/** All failures by id. */
export function readFailures(
  paths: LabPaths,
  onDamage: (message: string) => void,
): Map<string, FailureRecord> {
  return new Map(
    readAll(paths, paths.failed, onDamage, (text, path) => decodeChecked(text, path) as FailureRecord),
  );
}

function readAll<T>(
  paths: LabPaths,
  folder: string,
  onDamage: (message: string) => void,
  decode: (text: string, path: string) => T,
): [string, T][] {
  if (!exists(folder)) return [];
  const names = [...Deno.readDirSync(folder)].map((entry) => entry.name).filter((name) =>
    name.endsWith(".json")
  );
  return names.sort().flatMap((name) => {
    const path = join(folder, name);
    try {
      return [[name.slice(0, -".json".length), decode(Deno.readTextFileSync(path), path)] as [string, T]];
    } catch (error) {
      if (!(error instanceof TornRecord)) throw error;
      const place = quarantine(paths, path);
      if (place) onDamage(`${error.message}; set aside as "${place}"`);
      return [];
    }
  });
}

/** Writes the record that makes a run finished. */
export function writeRecord(paths: LabPaths, record: RunRecord): void {
  writeFileAtomic(join(paths.runs, `${record.id}.json`), encodeRecord(record));
  removeIfThere(join(paths.failed, `${record.id}.json`));
}

export function writeFailure(
  paths: LabPaths,
  failure: Omit<FailureRecord, "format" | "version">,
): void {
  const record: FailureRecord = { ...failure, format: "lingualift-failure", version: RECORD_VERSION };
  writeFileAtomic(join(paths.failed, `${failure.id}.json`), encodeRecord(record));
}

/**
 * Which record counts for each slot: the one chosen last if a choice was written down (going back to earlier code
 * makes an earlier record count again), else the one finished last.
 */
export function currentRuns(paths: LabPaths, records: ReadonlyMap<string, RunRecord>): Map<string, string> {
  const current = new Map<string, string>();
  for (const record of records.values()) {
    const slot = slotOf(record);
    const other = records.get(current.get(slot) ?? "");
    if (!other || other.finished < record.finished) current.set(slot, record.id);
  }
  for (const [slot, id] of Object.entries(readChoices(paths))) {
    if (records.has(id)) current.set(slot, id);
  }
  return current;
}

/** Makes these runs count for their slots. */
export function chooseRuns(
  paths: LabPaths,
  records: ReadonlyMap<string, RunRecord>,
  ids: readonly string[],
): void {
  const current = currentRuns(paths, records);
  const wrong = ids.map((id) => records.get(id)!).filter((record) =>
    current.get(slotOf(record)) !== record.id
  );
  if (wrong.length === 0) return;
  const choices = { ...readChoices(paths) };
  for (const record of wrong) choices[slotOf(record)] = record.id;
  writeFileAtomic(choicesPath(paths), encodeRecord(choices));
}

function choicesPath(paths: LabPaths): string {
  return join(paths.root, "choices.json");
}

function readChoices(paths: LabPaths): Record<string, string> {
  const path = choicesPath(paths);
  if (!exists(path)) return {};
  try {
    return decodeChecked(Deno.readTextFileSync(path), path) as Record<string, string>;
  } catch (error) {
    // Choices can be made again: the next start of the experiment chooses.
    if (error instanceof TornRecord && quarantine(paths, path)) return {};
    throw error;
  }
}
