/**
 * Finished steps on disk: `.lab/artifacts/<key>/` with the step's files and `step.json`, its completion record, written
 * last. A folder without a whole record, or whose files have other sizes than recorded, is set aside and made again. Two
 * machines may make the same step: the first one's folder stays, and the other one's is compared with it.
 * @module
 */
import { ageOf, exists, isFilledFolder, writeFileAtomic } from "../../files.ts";
import { canonicalJson, sha256File } from "../../hash.ts";
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
  /** Object: its learning curve, where it trained something. */
  readonly curve?: string;
  readonly wall_s: number;
  readonly cpu_s: number;
}

/** Where a step's artifact lies. */
export function artifactDir(paths: LabPaths, key: string): string {
  return join(paths.artifacts, key);
}

/** Another machine may see a folder this long before all that is in it, in ms: what NFS keeps of a listing. */
const YOUNG_MS = 120_000;

/** How often, and how far apart in ms, what is young is looked at again. */
const LOOKS = { count: 3, apart: 100 } as const;

/**
 * The record of a finished step, or undefined when there is none; a damaged one is set aside and reported. One that was
 * made just now is left where it is: who makes it again finds out (`storeArtifact`).
 */
export function loadArtifact(
  paths: LabPaths,
  key: string,
  onDamage: (message: string) => void,
): StepRecord | undefined {
  const dir = artifactDir(paths, key);
  if (!exists(dir)) return undefined;
  for (let look = 1;; look++) {
    const damage = inspect(paths, dir);
    if (typeof damage !== "string") return damage;
    const isYoung = (ageOf(dir) ?? 0) < YOUNG_MS;
    if (!isYoung) setAside(paths, dir, damage, onDamage);
    if (!isYoung || look === LOOKS.count) return undefined;
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, LOOKS.apart);
  }
}

function setAside(
  paths: LabPaths,
  dir: string,
  damage: string,
  onDamage: (message: string) => void,
): void {
  const place = quarantine(paths, dir);
  if (place) onDamage(`${damage}; set aside as "${place}", the step runs again`);
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
 * Completes the step whose files lie in `made`: writes the record last, then moves the folder to its place. Where another
 * process was quicker, its folder counts, and one that is damaged gives way.
 * @returns the record that counts
 */
export function storeArtifact(
  paths: LabPaths,
  made: string,
  record: Omit<StepRecord, "format" | "files">,
  onDamage: (message: string) => void,
): StepRecord {
  const files = filesBelow(made).map((path) => {
    syncFile(path);
    return { name: relative(made, path), bytes: Deno.statSync(path).size, hash: sha256File(path) };
  });
  const whole: StepRecord = { ...record, format: STEP_FORMAT, files };
  writeFileAtomic(join(made, "step.json"), encodeRecord(whole));
  const dir = artifactDir(paths, record.key);
  for (;;) {
    try {
      Deno.renameSync(made, dir);
      return whole;
    } catch (error) {
      if (!isFilledFolder(error)) throw error;
    }
    const winner = inspect(paths, dir);
    if (typeof winner !== "string") return agree(paths, winner, { made, whole }, onDamage);
    setAside(paths, dir, winner, onDamage);
  }
}

/** What was there first counts. Other bytes of the same step are kept and told: a step that is not repeatable. */
function agree(
  paths: LabPaths,
  winner: StepRecord,
  { made, whole }: { made: string; whole: StepRecord },
  onDamage: (message: string) => void,
): StepRecord {
  const [theirs, ours] = [outcomes(winner), outcomes(whole)];
  const names = [...new Set([...theirs.keys(), ...ours.keys()])];
  const other = names.filter((name) => theirs.get(name) !== ours.get(name));
  if (other.length === 0) {
    Deno.removeSync(made, { recursive: true });
    return winner;
  }
  const place = quarantine(paths, made);
  onDamage(
    `Step "${whole.step}" was made twice at once and is not the same (${other.slice(0, 3).join(", ")}): ` +
      `the first one counts, the other is "${place}"`,
  );
  return winner;
}

/** What a step came to, by name: what is the same whenever and wherever it is made. */
function outcomes({ value, files, answers, prompts, scores }: StepRecord): Map<string, string> {
  return new Map([
    ...files.map(({ name, hash }): [string, string] => [name, hash]),
    ["its value", canonicalJson(value)],
    ["its answers", canonicalJson([answers, prompts])],
    ["its scores", canonicalJson(scores)],
  ]);
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
