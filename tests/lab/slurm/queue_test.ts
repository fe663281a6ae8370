/** What Slurm's words mean to the lab, and what a site file may say. */
import { deepStrictEqual, match, strictEqual, throws } from "node:assert/strict";
import { join } from "node:path";
import {
  type Job,
  mostAlive,
  readQueue,
  squeueArguments,
  stateOf,
} from "../../../lib/lab/run/slurm/queue.ts";
import { readSite } from "../../../lib/lab/run/slurm/site.ts";
import { UserError } from "../../../lib/errors.ts";
import { withFolder } from "../_lab.ts";

const job: Job = { job: "7", id: "lift.x_0", state: "", reason: "None", exit: 0, nodes: "n1" };
const means = (state: string, more: Partial<Job> = {}, printed = "") =>
  stateOf({ ...job, state, ...more }, () => printed);

Deno.test("every state of Slurm is waiting, running or an end in words, with what may help", () => {
  for (const state of ["PENDING", "CONFIGURING", "REQUEUED", "REQUEUE_HOLD"]) {
    strictEqual(means(state).kind, "waiting");
  }
  for (const state of ["RUNNING", "COMPLETING", "SUSPENDED", "STAGE_OUT"]) {
    strictEqual(means(state).kind, "running");
  }
  const ends: [string, Partial<Job>, string, string | undefined][] = [
    ["COMPLETED", {}, "ended without a result on n1", "again"],
    ["FAILED", { exit: 7 << 8, reason: "NonZeroExitCode" }, "ended with exit code 7 on n1", "again"],
    ["FAILED", { exit: 9, reason: "JobLaunchFailure" }, "was killed by signal 9 on n1", "again"],
    ["NODE_FAIL", {}, "lost its node on n1", "again"],
    ["PREEMPTED", {}, "was preempted on n1", "again"],
    ["TIMEOUT", { exit: 15 }, "reached its time limit on n1", "again"],
    ["OUT_OF_MEMORY", { exit: 0 }, "ran out of memory on n1", "memory"],
    ["CANCELLED", {}, "was cancelled", undefined],
    ["SOMETHING_NEW", { exit: 256 }, "ended with exit code 1 on n1", "again"],
  ];
  for (const [state, more, how, remedy] of ends) {
    const found = means(state, more);
    strictEqual(found.kind, "ended");
    deepStrictEqual([found.kind === "ended" && found.how, found.kind === "ended" && found.remedy], [
      how,
      remedy,
    ]);
  }
  match(JSON.stringify(means("PENDING", { reason: "DependencyNeverSatisfied" })), /will never begin/);
  // Some clusters report no more than a signal.
  const printed = "slurmstepd: error: Detected 1 oom_kill event in StepId=7.batch";
  match(JSON.stringify(means("FAILED", { exit: 9 }, printed)), /ran out of memory/);
});

Deno.test("readQueue() takes columns by their width: names and reasons with spaces stay whole", () => {
  const format = squeueArguments(["lift.x"]).at(-1)!.slice("--Format=".length).split(",");
  const cells = ["17", "3", "lift.x", "PENDING", "Nodes required for job are DOWN", "0", ""];
  const line = cells.map((cell, at) => cell.padEnd(Number(format[at]!.split(":")[1]))).join("");
  deepStrictEqual(readQueue(`${line}\n\n`), [{
    job: "17_3",
    id: "lift.x_3",
    state: "PENDING",
    reason: "Nodes required for job are DOWN",
    exit: 0,
    nodes: "",
  }]);
  deepStrictEqual(readQueue(""), []);
});

Deno.test("mostAlive() of several with one name: one that runs, then one that waits; of none nothing is known", () => {
  const ended = { kind: "ended", how: "x" } as const;
  strictEqual(mostAlive([ended, { kind: "waiting" }, { kind: "running" }]).kind, "running");
  strictEqual(mostAlive([ended, { kind: "waiting" }]).kind, "waiting");
  strictEqual(mostAlive([]).kind, "unknown");
});

Deno.test("a site file's mistakes are said in one line that names the file and the choice", async () => {
  await withFolder((folder) => {
    const path = join(folder, "slurm.json");
    const wrong = (text: string, message: RegExp): void => {
      Deno.writeTextFileSync(path, text);
      throws(() => readSite(path), (error: Error) => {
        match(error.message, message);
        return error instanceof UserError && error.message.includes(path);
      });
    };
    wrong("{", /^Cannot use the site file ".*": it is no JSON: /);
    wrong('{"partion": "gpu"}', /: unknown key "partion": did you mean "partition"\?/);
    wrong('{"poll_s": "often"}', /: poll_s: .*number/);
    wrong('{"setup": ["a\\nb"]}', /: setup: expected one line/);
    wrong("[]", /Cannot use the site file/);
    Deno.writeTextFileSync(path, '{"partition": "gpu", "time": "12:00:00"}');
    deepStrictEqual([readSite(path).partition, readSite(path).restarts], ["gpu", 3]);
    strictEqual(readSite(join(folder, "none.json")).poll_s, 10);
    return Promise.resolve();
  });
});
