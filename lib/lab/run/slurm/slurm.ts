/**
 * Runs as elements of Slurm's job arrays. What is submitted is written down before; what became of it is asked by name, and
 * its result is the file that the worker leaves.
 * @module
 */
import { UserError } from "../../../errors.ts";
import { exists, removeIfThere } from "../../../files.ts";
import { plural } from "../../../format.ts";
import type { LabPaths } from "../../record/paths.ts";
import { writeHandle } from "../attempt.ts";
import type { Executor, Handle, State, Work } from "../executor.ts";
import { intoArrays, type JobArray, printedFile, sbatchArguments, writeArray } from "./array.ts";
import { type Answer, ask } from "./commands.ts";
import { type Job, mostAlive, readQueue, squeueArguments, stateOf } from "./queue.ts";
import type { Site } from "./site.ts";

/** What it needs of the lab. */
export interface SlurmOptions {
  readonly paths: LabPaths;
  readonly site: Site;
  /** Elements of an array at a time; undefined: as many as there is room for. */
  readonly atOnce: number | undefined;
  /** A line for the user. */
  readonly say: (text: string) => void;
}

/** How often a command that got no answer is tried. */
const TRIES = 3;

/** So many jobs does one scancel name. */
const CANCELLED_AT_ONCE = 200;

/** What sbatch says when the controller is busy or away: it may be asked again. */
const BUSY =
  /unable to contact|socket timed out|temporarily unable|try again|connection (refused|timed out)/i;

/** An executor for one start of the lab. */
export function slurmExecutor({ paths, site, atOnce, say }: SlurmOptions): Executor {
  const seconds = site.command_s;
  /** The job of each attempt. */
  const jobs = new Map<string, string>();
  /** What the last answer said, and the elements in it. */
  let known = new Map<string, State>();
  let alive = new Map<string, string[]>();
  let isSilent = false;

  /** The elements of these arrays, undefined when Slurm does not answer. */
  async function look(names: readonly string[]): Promise<Job[] | undefined> {
    const answer = await ask("squeue", squeueArguments(names), { seconds });
    if (answer.state === "ok") {
      if (isSilent) say("Slurm answers again");
      isSilent = false;
      return readQueue(answer.stdout);
    }
    if (!isSilent) say(`Slurm does not answer (${answer.complaint}); what was submitted goes on`);
    isSilent = true;
    return undefined;
  }

  async function longest(): Promise<number> {
    const { stdout } = await ask("scontrol", ["show", "config"], { seconds });
    return Number(stdout.match(/^MaxArraySize\s*=\s*(\d+)/m)?.[1] ?? 1001);
  }

  /** The job that Slurm has by this name although it did not say so. */
  async function found({ name }: JobArray): Promise<string | undefined> {
    return (await look([name]))?.[0]?.job.split("_")[0];
  }

  async function submitArray(array: JobArray): Promise<string> {
    const script = writeArray(array, site);
    array.works.forEach(({ attempt }, place) =>
      writeHandle(attempt, { executor: "slurm", id: `${array.name}_${place}` })
    );
    let after = [...new Set(array.works[0]!.after.flatMap((id) => jobs.get(id) ?? []))];
    let answer: Answer | undefined;
    for (let tries = 0; tries < TRIES; tries++) {
      answer = await ask("sbatch", [...sbatchArguments(array, site, { after, atOnce }), script], { seconds });
      const job = answer.state === "ok" ? answer.stdout.trim().split(";")[0] : await found(array);
      if (job) {
        for (const { attempt } of array.works) jobs.set(attempt.id, job);
        return job;
      }
      // A controller that has lost its state knows nothing of what came before.
      if (/dependency/i.test(answer.complaint)) after = [];
      else if (answer.state === "failed" && !BUSY.test(answer.complaint)) break;
    }
    for (const { attempt } of array.works) removeIfThere(attempt.handle);
    throw new UserError(`Slurm refuses the jobs: ${answer!.complaint}`);
  }

  return {
    name: "slurm",
    isQueue: true,
    patience: { look: site.poll_s * 1000, result: site.grace_s * 1000 },
    restarts: site.restarts,
    async submit(works: readonly Work[]): Promise<Handle[]> {
      const handles = new Map<string, Handle>();
      const made = intoArrays(paths, works, await longest());
      const taken: string[] = [];
      for (const array of made) {
        taken.push(await submitArray(array));
        array.works.forEach(({ attempt }, place) =>
          handles.set(attempt.id, { id: `${array.name}_${place}` })
        );
      }
      const ids = taken.slice(0, SHOWN).join(", ");
      const more = made.length > SHOWN ? ` and ${made.length - SHOWN} more` : "";
      const shared = works.filter(({ isPart }) => isPart).length;
      const what = [
        ...shared === works.length ? [] : [plural(works.length - shared, "run")],
        ...shared === 0 ? [] : [`${plural(shared, "part")} that several runs share`],
      ];
      say(`Slurm has ${what.join(" and ")}: ${made.length === 1 ? "job" : "jobs"} ${ids}${more}`);
      return works.map(({ attempt }) => handles.get(attempt.id)!);
    },
    async poll(handles) {
      const rows = await look([...new Set(handles.map(({ id }) => arrayOf(id)))]);
      if (rows !== undefined) {
        const byId = Map.groupBy(rows, ({ id }) => id);
        known = new Map();
        alive = new Map();
        for (const { id } of handles) {
          const states = (byId.get(id) ?? []).map((job) => {
            const state = stateOf(job, () => printed(paths, id));
            if (state.kind !== "ended") alive.set(id, [...alive.get(id) ?? [], job.job]);
            return state;
          });
          known.set(id, mostAlive(states));
        }
      }
      return new Map(
        handles.map(({ id }) => [id, known.get(id) ?? { kind: "waiting", why: "not known yet" }]),
      );
    },
    async cancel(handles) {
      const ids = handles.flatMap(({ id }) => alive.get(id) ?? []);
      for (let at = 0; at < ids.length; at += CANCELLED_AT_ONCE) {
        await ask("scancel", ids.slice(at, at + CANCELLED_AT_ONCE), { seconds });
      }
    },
  };
}

const SHOWN = 5;

function arrayOf(id: string): string {
  return id.slice(0, id.lastIndexOf("_"));
}

/** The end of what Slurm printed on an element. */
function printed({ slurm }: LabPaths, id: string): string {
  const file = printedFile(`${slurm}/${arrayOf(id)}`, id.slice(id.lastIndexOf("_") + 1));
  return exists(file) ? Deno.readTextFileSync(file).slice(-4000) : "";
}
