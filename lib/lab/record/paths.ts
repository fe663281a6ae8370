/**
 * Where the lab keeps things. `.lab/runs` and `.lab/objects` are the truth; everything else can be made again.
 * @module
 */
import { join, relative } from "node:path";

/** The repository's root folder. */
export const ROOT = join(import.meta.dirname!, "..", "..", "..");

/** Folders and files of one lab. */
export interface LabPaths {
  readonly root: string;
  /** Run records, append-only. */
  readonly runs: string;
  /** Last failure of a run that has no record, by run id. */
  readonly failed: string;
  /** Answers, prompts, declarations, closures and diffs by SHA-256, append-only. */
  readonly objects: string;
  /** Finished steps by key. */
  readonly artifacts: string;
  /** What an interrupted step left to resume from, by key. */
  readonly checkpoints: string;
  /** Steps in the making; only the holder of a step's lock touches its folder. */
  readonly tmp: string;
  readonly locks: string;
  /** Tries at runs that are under way: requests, messages, results. */
  readonly jobs: string;
  /** What Slurm was given: scripts, lists, what it printed. */
  readonly slurm: string;
  /** What could not be read, set aside for a look. */
  readonly quarantine: string;
  /** Verdicts on claims, one file an experiment, scale and world. */
  readonly claims: string;
  readonly cache: string;
  readonly database: string;
}

export function labPaths(root: string): LabPaths {
  const at = (name: string): string => join(root, name);
  return {
    root,
    runs: at("runs"),
    failed: at("failed"),
    objects: at("objects"),
    artifacts: at("artifacts"),
    checkpoints: at("checkpoints"),
    tmp: at("tmp"),
    locks: at("locks"),
    jobs: at("jobs"),
    slurm: at("slurm"),
    quarantine: at("quarantine"),
    claims: at("claims"),
    cache: at("cache"),
    database: at("lab.duckdb"),
  };
}

/** A path as it is written in records: relative to the repository, with forward slashes. */
export function repositoryPath(path: string): string {
  return relative(ROOT, path).replaceAll("\\", "/");
}
