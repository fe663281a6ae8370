/**
 * Where the time of a store's runs went: seconds of every step that was made, by kind of step and by experiment, and the
 * longest steps. A step that several runs share counts once, for the first that has it.
 * @module
 */
import { loadArtifact } from "../lib/lab/record/artifact.ts";
import type { LabPaths } from "../lib/lab/record/paths.ts";
import { readRecords } from "../lib/lab/record/records.ts";
import { UserError } from "../lib/errors.ts";
import { table } from "./table.ts";

/** A step that was made. */
interface Made {
  readonly experiment: string;
  readonly variant: string;
  /** Its id, and the stage, model or benchmark that it is for. */
  readonly step: string;
  readonly wall_s: number;
  readonly cpu_s: number;
}

/** Fields of a step's input that say what it is for. */
const NAMES = ["name", "model", "asked.items"] as const;

/** Steps in the table of the longest. */
const LONGEST = 12;

/** The time of a store as tables or JSON. @throws {UserError} when it has no runs */
export function stepTimes(paths: LabPaths, json: boolean): string {
  const made = stepsOf(paths);
  if (made.length === 0) throw new UserError(`There are no finished runs in "${paths.root}"`);
  if (json) return JSON.stringify(made, null, 2);
  const all = sums(made, () => "all");
  const head = (name: string) => [name, "steps", "processor s", "wall s", "share %"];
  const rows = (groups: ReadonlyMap<string, Sum>) =>
    [...groups].sort(([, a], [, b]) => b.cpu - a.cpu).map(([name, { count, cpu, wall }]) => [
      name,
      String(count),
      cpu.toFixed(0),
      wall.toFixed(0),
      (100 * cpu / all.get("all")!.cpu).toFixed(1),
    ]);
  const longest = made.toSorted((a, b) => b.cpu_s - a.cpu_s).slice(0, LONGEST);
  return [
    table(head("step"), [...rows(sums(made, ({ step }) => step)), ...rows(all)]),
    table(head("experiment"), rows(sums(made, ({ experiment }) => experiment))),
    table(
      ["longest", "processor s", "wall s"],
      longest.map(({ experiment, variant, step, cpu_s, wall_s }) => [
        `${experiment} / ${variant}: ${step}`,
        cpu_s.toFixed(0),
        wall_s.toFixed(0),
      ]),
    ),
  ].join("\n\n");
}

function stepsOf(paths: LabPaths): Made[] {
  const notice = () => {};
  // In the order in which they ended: who shares a step comes after who made it.
  const records = [...readRecords(paths, notice).values()].sort((a, b) => a.finished < b.finished ? -1 : 1);
  const made = new Map<string, Made>();
  for (const { experiment, variant, steps } of records) {
    for (const { step, key, wall_s, cpu_s, reused } of steps) {
      if (reused && made.has(key)) continue;
      const fields = loadArtifact(paths, key, notice)?.ingredients.fields ?? {};
      const name = NAMES.map((field) => fields[field]).find((text) => text !== undefined);
      const label = name === undefined ? step : `${step} ${JSON.parse(name)}`;
      made.set(key, { experiment, variant, step: label, wall_s, cpu_s });
    }
  }
  return [...made.values()];
}

interface Sum {
  readonly count: number;
  readonly cpu: number;
  readonly wall: number;
}

function sums(made: readonly Made[], by: (step: Made) => string): Map<string, Sum> {
  const groups = new Map<string, Sum>();
  for (const step of made) {
    const { count, cpu, wall } = groups.get(by(step)) ?? { count: 0, cpu: 0, wall: 0 };
    groups.set(by(step), { count: count + 1, cpu: cpu + step.cpu_s, wall: wall + step.wall_s });
  }
  return groups;
}
