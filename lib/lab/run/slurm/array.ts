/**
 * Job arrays: which runs go into one, and the script that Slurm starts for each of them.
 * @module
 */
import { join } from "node:path";
import { writeFileAtomic } from "../../../files.ts";
import { hashJson } from "../../../hash.ts";
import type { LabPaths } from "../../record/paths.ts";
import type { Work } from "../executor.ts";
import { workerArguments } from "../worker_command.ts";
import type { Site } from "./site.ts";

/** Works that Slurm gets by one command. */
export interface JobArray {
  /** As no other array is called. */
  readonly name: string;
  readonly folder: string;
  readonly works: readonly Work[];
}

/** Works that need the same and wait for the same, in their order, at most `longest` together. */
export function intoArrays(paths: LabPaths, works: readonly Work[], longest: number): JobArray[] {
  const groups = Map.groupBy(
    works,
    ({ experiment, resources, after }) => hashJson([experiment, { ...resources }, [...after].sort()]),
  );
  return [...groups.values()].flatMap((group) =>
    Array.from({ length: Math.ceil(group.length / longest) }, (_, at): JobArray => {
      const works = group.slice(at * longest, (at + 1) * longest);
      const name = `lift.${works[0]!.experiment}.${crypto.randomUUID().slice(-12)}`;
      return { name, folder: join(paths.slurm, name), works };
    })
  );
}

/** What Slurm prints on an element, beside what its process prints. */
export function printedFile(folder: string, place: number | string): string {
  return join(folder, `${place}.log`);
}

/** Writes the array's script, its list, and a command for each of its works. @returns the script */
export function writeArray({ folder, works }: JobArray, site: Site): string {
  const list = join(folder, "list.txt");
  writeFileAtomic(list, works.map(({ attempt }) => `${attempt.folder}\n`).join(""));
  for (const work of works) writeFileAtomic(commandFile(work), commandOf(work));
  const script = join(folder, "script.sh");
  writeFileAtomic(
    script,
    [
      "#!/bin/bash",
      "# Runs of LinguaLIFT Lab, one an element. Slurm may start an element twice: each process has its own folder.",
      ...site.setup,
      `attempt=$(sed -n "$((SLURM_ARRAY_TASK_ID + 1))p" ${quote(list)})`,
      `exec bash "$attempt/${COMMAND}" "$SLURM_JOB_ID.\${SLURM_RESTART_COUNT:-0}"`,
      "",
    ].join("\n"),
  );
  return script;
}

const COMMAND = "command.sh";

function commandFile({ attempt }: Work): string {
  return join(attempt.folder, COMMAND);
}

/** In place of the shell, so that Slurm's signals reach it. */
function commandOf(work: Work): string {
  const line = [Deno.execPath(), ...workerArguments(work)].map(quote).join(" ");
  return `exec ${line} "$1" </dev/null >>${quote(work.attempt.log)} 2>&1\n`;
}

function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

/** Options of sbatch. @param after ids of jobs that have to end before */
export function sbatchArguments(
  { name, folder, works }: JobArray,
  site: Site,
  { after, atOnce }: { after: readonly string[]; atOnce: number | undefined },
): string[] {
  const { nodes, cpus, gpus, memory } = works[0]!.resources;
  const megabytes = memory === null ? (site.memory_gb ?? 0) * 1000 : Math.ceil(memory / 2 ** 20);
  const own = {
    "job-name": name,
    array: `0-${works.length - 1}${atOnce === undefined ? "" : `%${atOnce}`}`,
    output: printedFile(folder, "%a"),
    "open-mode": "append",
    partition: site.partition,
    account: site.account,
    qos: site.qos,
    time: site.time,
    nodes: String(nodes),
    "ntasks-per-node": "1",
    "cpus-per-task": String(Math.ceil(cpus / nodes)),
    mem: megabytes === 0 ? undefined : `${Math.ceil(megabytes / nodes)}M`,
    "gpus-per-node": gpus === 0 ? undefined : String(Math.ceil(gpus / nodes)),
    dependency: after.length === 0 ? undefined : `afterany:${after.join(":")}`,
  };
  const options = Object.entries(own).flatMap(([key, value]) =>
    value === undefined ? [] : [`--${key}=${value}`]
  );
  return ["--parsable", "--requeue", ...options, ...site.sbatch];
}
