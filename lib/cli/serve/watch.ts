/**
 * Follows the runs of a lab by what their processes leave in their folders, as the lab itself does, and writes nothing.
 * @module
 */
import { exists } from "../../files.ts";
import type { Benchmark } from "../../lab/experiment/types.ts";
import type { LabPaths } from "../../lab/record/paths.ts";
import { decodeChecked, decodeRecord } from "../../lab/record/record.ts";
import { experimentOfRun } from "../../lab/plan/prepare.ts";
import type { FailureRecord } from "../../lab/record/records.ts";
import { type Found, messageReader, readResult } from "../../lab/run/attempt.ts";
import { openAttempts } from "../../lab/run/left_behind.ts";
import type { WorkerMessage, WorkerRequest } from "../../lab/run/messages.ts";
import { sliceName } from "../../results/slice.ts";
import { timestamp } from "../../lab/record/provenance.ts";
import type { LiveEnd, LiveRun } from "../../report/client/live_data.ts";
import { groupAccuracies, numbersInWords } from "../experiment/first_numbers.ts";
import { secondsLeft, type Start } from "../terminal/pace.ts";

/** A run without the page that it has in the site, which is the server's business. */
export type WatchedRun = Omit<LiveRun, "page">;
export type WatchedEnd = Omit<LiveEnd, "page"> & { readonly slice: string };

/** What one look found. */
export interface Seen {
  readonly runs: readonly WatchedRun[];
  /** New since the last look. */
  readonly begun: readonly WatchedRun[];
  readonly ended: readonly WatchedEnd[];
}

/** An attempt that is followed. */
interface Followed {
  readonly run: string;
  readonly attempt: Found["attempt"];
  readonly request: WorkerRequest;
  readonly executor: string;
  readonly news: () => WorkerMessage[];
  step: { readonly name: string; readonly at: number; readonly since: number } | null;
  steps: number;
  first: Start | undefined;
  last: (WorkerMessage & { readonly type: "progress" }) | undefined;
  /** Of all losses of the step one in `every`. */
  losses: number[];
  every: number;
  told: number;
  heard: number | null;
}

/** Begins to watch. @returns a function that looks once */
export function watchRuns(paths: LabPaths): () => Seen {
  const followed = new Map<string, Followed>();
  return function look() {
    const now = performance.now();
    const begun: string[] = [];
    const there = new Set<string>();
    for (const found of openAttempts(paths)) {
      const { attempt: { id } } = found;
      if (!followed.has(id)) {
        begun.push(id);
        followed.set(id, begin(found));
      }
      there.add(id);
      hear(followed.get(id)!, now);
    }
    const ended = [...followed].filter(([id]) => !there.has(id)).flatMap(([id, one]) => {
      followed.delete(id);
      return one.request.until === undefined ? [endOf(paths, one)] : [];
    });
    const shown = [...followed].map(([id, one]) => shownOf(id, one, now));
    return { runs: shown, begun: shown.filter(({ id }) => begun.includes(id)), ended };
  };
}

function begin({ run, attempt, request, handle }: Found): Followed {
  return {
    ...{ run, attempt, request, executor: handle?.executor ?? "local", news: messageReader(attempt) },
    ...{
      step: null,
      steps: 0,
      first: undefined,
      last: undefined,
      losses: [],
      every: 1,
      told: 0,
      heard: null,
    },
  };
}

/** Takes in what its processes have told since the last look. */
function hear(one: Followed, now: number): void {
  for (const message of one.news()) {
    one.heard = now;
    if (message.type === "step") {
      const { step, label } = message;
      one.steps += 1;
      one.step = { name: label === undefined ? step : `${step} ${label}`, at: one.steps, since: now };
      one.first = one.last = undefined;
      Object.assign(one, { losses: [], every: 1, told: 0 });
    } else if (message.type === "progress") {
      one.last = message;
      if (message.loss !== undefined) keepLoss(one, message.loss);
    }
  }
  // Of what was told before nobody knows when: the pace counts from here.
  if (one.last) one.first ??= { done: one.last.done, at: now };
}

/** Points of a curve that a card has room for. */
const MOST_LOSSES = 200;

/** Evenly over the step: where there are too many, every second one goes, and of those to come too. */
function keepLoss(one: Followed, loss: number): void {
  if (one.told++ % one.every === 0) one.losses.push(loss);
  if (one.losses.length <= MOST_LOSSES) return;
  one.losses = one.losses.filter((_, at) => at % 2 === 0);
  one.every *= 2;
}

function shownOf(id: string, one: Followed, now: number): WatchedRun {
  const { run, request: { spec, until }, executor, step, last, losses, first, heard } = one;
  const { variant, seed, scale, world, runtime: { engine } } = spec;
  return {
    ...{ id, experiment: experimentOfRun(run), variant, seed, scale, world, engine, executor },
    isPart: until !== undefined,
    // A queue's run may end while no lab follows it.
    isOver: executor !== "local" && readResult(one.attempt) !== undefined,
    step: step && { ...step, since: (now - step.since) / 1000 },
    done: last?.done ?? null,
    total: last?.total ?? null,
    note: last?.note ?? null,
    loss: last?.loss ?? null,
    losses,
    tokensPerSecond: last?.tokensPerSecond ?? null,
    left: secondsLeft(first, last, now) ?? null,
    silent: heard === null ? null : (now - heard) / 1000,
  };
}

/** What came of a run whose folder is gone: its record or its failure is written before. */
function endOf(paths: LabPaths, { run, request: { spec } }: Followed): WatchedEnd {
  const { variant, seed, scale, world } = spec;
  const experiment = experimentOfRun(run);
  const end = {
    id: run,
    name: `${experiment}, ${variant}, seed ${seed}`,
    at: timestamp(),
    slice: sliceName({ experiment, world, scale }),
  };
  const [done, failed] = [paths.runs, paths.failed].map((folder) => `${folder}/${run}.json`) as [
    string,
    string,
  ];
  if (exists(done)) {
    const record = decodeRecord(Deno.readTextFileSync(done), done);
    const benchmarks = JSON.parse(record.ingredients.other.benchmarks ?? "[]") as Benchmark[];
    return {
      ...end,
      ending: "done",
      note: numbersInWords(groupAccuracies(paths, record, benchmarks)).join("; "),
    };
  }
  if (!exists(failed)) return { ...end, ending: "stopped", note: "" };
  const { message } = decodeChecked(Deno.readTextFileSync(failed), failed) as FailureRecord;
  return { ...end, ending: "failed", note: message.split("\n")[0]! };
}
