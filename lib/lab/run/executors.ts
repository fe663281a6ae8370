/**
 * Where runs can be done, by name.
 * @module
 */
import { didYouMean, UserError } from "../../errors.ts";
import type { LabPaths } from "../record/paths.ts";
import type { Executor } from "./executor.ts";
import { localExecutor } from "./local.ts";
import { readSite } from "./slurm/site.ts";
import { slurmExecutor } from "./slurm/slurm.ts";

/** What an executor may need of the lab. */
export interface ExecutorOptions {
  readonly paths: LabPaths;
  /** The site's file. */
  readonly site: string;
  /** Runs at a time, where that was asked for. */
  readonly jobs: number | undefined;
  /** A line for the user. */
  readonly say: (text: string) => void;
}

const BY_NAME: Readonly<Record<string, (options: ExecutorOptions) => Executor>> = {
  local: localExecutor,
  slurm: ({ site, jobs, ...lab }) => slurmExecutor({ ...lab, site: readSite(site), atOnce: jobs }),
};

/** Their names; the first is the default. */
export const EXECUTORS: readonly string[] = Object.keys(BY_NAME);

/** An executor for one start of the lab. @throws {UserError} naming those that there are */
export function openExecutor(name: string, options: ExecutorOptions): Executor {
  const open = BY_NAME[name];
  if (open !== undefined) return open(options);
  throw new UserError(`Unknown executor "${name}": ${didYouMean(name, EXECUTORS)}`);
}
