/** Runs as `deno task serve` follows them: by the messages that processes leave, of a lab here and of a queue. */
import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { join } from "node:path";
import { watchRuns } from "../../lib/cli/serve/watch.ts";
import { writeFileAtomic } from "../../lib/files.ts";
import { labPaths } from "../../lib/lab/record/paths.ts";
import { writeFailure } from "../../lib/lab/record/records.ts";
import { attemptIn, openTry, removeAttempt, writeHandle } from "../../lib/lab/run/attempt.ts";
import { lock } from "../../lib/lab/run/lock.ts";
import type { WorkerMessage } from "../../lib/lab/run/messages.ts";
import { withFolder } from "../lab/_lab.ts";

const progress = (done: number, loss: number): WorkerMessage => ({
  type: "progress",
  step: "fit",
  done,
  total: 100,
  loss,
  tokensPerSecond: 5000,
});
const begins = (step: string) =>
  ({ type: "step", step, key: step, reused: false, ingredients: {} }) as WorkerMessage;

Deno.test("a run is followed step by step, and what came of it is said when its folder goes", async () => {
  await withFolder(async (lab) => {
    const paths = labPaths(lab);
    const attempt = (run: string) => {
      const made = attemptIn(join(paths.jobs, run, crypto.randomUUID()));
      const spec = { variant: "Toy", seed: 9, scale: "smoke", world: "mini", runtime: { engine: "onnx" } };
      writeFileAtomic(made.request, JSON.stringify({ spec }));
      return made;
    };
    const local = attempt("toy~Toy~s9~smoke~mini~abc"), queued = attempt("other~Toy~s9~smoke~mini~def");
    writeHandle(queued, { executor: "slurm", id: "7_1" });
    const look = watchRuns(paths);
    // No lab is at work here: what it left does not go on. A queue goes on without one.
    deepStrictEqual(look().runs.map(({ experiment, executor, silent }) => [experiment, executor, silent]), [
      ["other", "slurm", null],
    ]);
    const held = await lock(join(paths.locks, "lab"), "a test");
    deepStrictEqual(look().begun.map(({ experiment, step }) => [experiment, step]), [["toy", null]]);

    using process = openTry(local, "a process");
    process.send(begins("pretrain"));
    process.send(begins("fit"));
    process.send(progress(1, 3.5));
    const seen = () => look().runs.find(({ experiment }) => experiment === "toy")!;
    const first = seen();
    deepStrictEqual([first.step!.name, first.step!.at, first.done, first.loss, first.left], [
      "fit",
      2,
      1,
      3.5,
      null,
    ]);
    await new Promise((done) => setTimeout(done, 50));
    for (let at = 2; at <= 50; at++) process.send(progress(at, 3.5 - at / 100));
    const later = seen();
    deepStrictEqual([later.done, later.total, later.loss, later.tokensPerSecond], [50, 100, 3, 5000]);
    strictEqual(later.losses.length, 50);
    // As long again as it took from the first to here, and a little.
    ok(later.left! > 0.04 && later.left! < 5, String(later.left));
    for (let at = 51; at <= 1050; at++) process.send(progress(at, at));
    const { losses } = seen();
    ok(losses.length > 100 && losses.length <= 200, "thinned out");
    const apart = losses.slice(-90).map((loss, at, list) => loss - (list[at - 1] ?? loss)).slice(1);
    deepStrictEqual(
      new Set(apart),
      new Set([8]),
      "as far apart at its end as anywhere: one in eight of 1,050",
    );

    // It fails, and its folder goes, as the lab takes it away; a queue's run has ended with nobody to take it in.
    openTry(queued, "elsewhere").end({ type: "prepared" });
    strictEqual(look().runs.find(({ experiment }) => experiment === "other")!.isOver, true);
    const { spec: { variant, seed, scale, world } } = JSON.parse(Deno.readTextFileSync(local.request));
    writeFailure(paths, {
      ...{
        id: "toy~Toy~s9~smoke~mini~abc",
        experiment: "toy",
        experiment_version: 1,
        variant,
        seed,
        scale,
        world,
      },
      ...{ method: "toy", method_version: 1, identity: "x", started: "", finished: "", wall_s: 1 },
      ...{ message: "it broke\nand more", stack: "" },
    });
    removeAttempt(paths, local);
    const { runs, ended } = look();
    deepStrictEqual(runs.length, 1);
    deepStrictEqual(ended.map(({ name, ending, note, slice }) => [name, ending, note, slice]), [
      ["toy, Toy, seed 9", "failed", "it broke", "toy.mini.smoke"],
    ]);
    removeAttempt(paths, queued);
    deepStrictEqual(look().ended.map(({ ending }) => ending), ["stopped"]);
    deepStrictEqual(look(), { runs: [], begun: [], ended: [] });
    held.release();
  });
});
