/**
 * Options that several of the lab's commands have.
 * @module
 */
import { Option } from "commander";
import { join } from "node:path";
import { choice, positive } from "../values.ts";
import { UserError } from "../../errors.ts";
import { EXECUTORS } from "../../lab/run/executors.ts";
import { EXPERIMENTS } from "../../lab/experiment/discover.ts";
import { ROOT } from "../../lab/record/paths.ts";
import { SCALES } from "../../lab/experiment/types.ts";

/** Where results are kept. */
export function labOption(): Option {
  return new Option("--lab <folder>", "where results are kept, below .lab or reports").default(
    join(ROOT, ".lab"),
    ".lab",
  ).env(
    "LINGUALIFT_LAB",
  );
}

/** Runs at a time; without it as many as `jobsThatFit`. */
export function jobsOption(): Option {
  return new Option(
    "--jobs <n>",
    "runs at a time (default: one a core, as far as the memory reaches; of a queue all)",
  )
    .argParser(positive("--jobs"));
}

/** Where runs are done. */
export function executorOption(): Option {
  return new Option("--executor <name>", `where runs are done: ${EXECUTORS.join(", ")} (docs/slurm.md)`)
    .argParser(choice("executor", EXECUTORS)).default(EXECUTORS[0]);
}

/** What the cluster asks of jobs. */
export function siteOption(): Option {
  return new Option("--site <file>", "what the cluster asks of jobs: partition, account, time, modules")
    .env("LINGUALIFT_SITE").default(join(ROOT, "slurm.json"), "slurm.json");
}

/**
 * Threads a run. One by default: two runs of a thread each do more than one of two threads, and some trainings come to
 * other bytes with another number, so that it must not depend on the machine.
 */
export function threadsOption(): Option {
  return new Option("--threads <n>", "threads a run; other numbers may give other bytes")
    .argParser(positive("--threads")).default(1);
}

/** Where experiments are found. */
export function experimentsOption(): Option {
  return new Option("--experiments <folder>", "where experiments are found").default(
    EXPERIMENTS,
    "experiments",
  );
}

export const scaleOption = choice("scale", SCALES);

/** "3" is seeds 1 to 3, "1,2,5" is a list, "4-6" a range. A count of three digits is refused: it is a seed meant as one. */
export function seedsOption(text: string): number[] {
  const range = text.match(/^(\d{1,9})-(\d{1,9})$/);
  const span = (from: number, to: number): number[] =>
    Array.from({ length: to - from + 1 }, (_, at) => from + at);
  if (/^[1-9]\d?$/.test(text)) return span(1, Number(text));
  if (/^[1-9]\d{2,3}$/.test(text)) {
    throw new UserError(
      `Cannot use "${text}" for --seeds: a single number is a count of seeds; for the seed ${text} write "${text},", ` +
        `for as many seeds "1-${text}"`,
    );
  }
  if (/^\d{1,9}(,\d{1,9})+,?$|^\d{1,9},$/.test(text)) {
    return [...new Set(text.split(",").filter((part) => part !== "").map(Number))].sort((a, b) => a - b);
  }
  if (range) {
    const [from, to] = [Number(range[1]), Number(range[2])];
    if (from <= to && to - from < 10_000) return span(from, to);
  }
  throw new UserError(
    `Cannot use "${text}" for --seeds: expected a count ("3" is 1, 2, 3), a list ("1,2,5") or a range ("4-6")`,
  );
}
