/** `deno task runs`: what a lab holds, as rows. */
import { deepStrictEqual, match, ok, strictEqual } from "node:assert/strict";
import { join } from "node:path";
import { runRows } from "../../../lib/cli/runs.ts";
import { labPaths } from "../../../lib/lab/record/paths.ts";
import { attemptIn, openTry } from "../../../lib/lab/run/attempt.ts";
import { lock } from "../../../lib/lab/run/lock.ts";
import { writeFileAtomic } from "../../../lib/files.ts";
import { deno, experimentArgs, labArgs, withFolder } from "../_lab.ts";

Deno.test("deno task runs shows what is done with its score and changes, what failed and why, and what runs", async () => {
  await withFolder(async (lab) => {
    await deno(experimentArgs(lab, ["toy", "--scale", "smoke"]));
    await deno(experimentArgs(lab, ["toy_failing", "--scale", "smoke"]));
    const paths = labPaths(lab);
    const rows = await runRows(paths, join(lab, "slurm.json"));
    const [failed, done] = ["failed", "done"].map((state) => rows.filter((row) => row.state === state));
    ok(failed!.length > 0 && failed!.every(({ note, score }) => note !== "" && score === null));
    ok(done!.length > 1 && done!.every(({ score, wall_s }) => score !== null && wall_s !== null));
    deepStrictEqual(done!.find(({ variant }) => variant === "small lr")!.changed["transfer.lr"], "0.0005");
    deepStrictEqual(done!.find(({ variant }) => variant === "Toy")!.changed, {});
    // A try without a result is running while its lab is at work, and nothing once it is not.
    const attempt = attemptIn(join(paths.jobs, "toy~Toy~s9~smoke~mini~abc", "one"));
    const spec = { variant: "Toy", seed: 9, scale: "smoke", world: "mini", runtime: { engine: "onnx" } };
    writeFileAtomic(attempt.request, JSON.stringify({ spec }));
    openTry(attempt, "a process").send({ type: "progress", step: "fit", done: 3, total: 10 });
    strictEqual((await runRows(paths, join(lab, "slurm.json"))).length, rows.length);
    const held = await lock(join(paths.locks, "lab"), "a test");
    const [running] = await runRows(paths, join(lab, "slurm.json"));
    held.release();
    deepStrictEqual([running!.state, running!.experiment, running!.seed, running!.note], [
      "running",
      "toy",
      9,
      "fit 3/10",
    ]);
    const { code, stdout } = await deno(labArgs("runs.ts", ["toy", "--lab", lab]));
    strictEqual(code, 0);
    match(stdout, /^state +experiment +variant .*\ndone +toy /);
    ok(!stdout.includes("toy_failing"));
    const wide = await deno(labArgs("runs.ts", ["toy", "--wide", "--lab", lab]));
    match(wide.stdout, /small lr .* sums \d+\.\d, more \d+\.\d; transfer\.lr = 0\.0005$/m);
    const none = await deno(labArgs("runs.ts", ["no_such", "--lab", lab]));
    match(none.stdout, /^No runs in ".*" of no_such$/m);
  });
});
