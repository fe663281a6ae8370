/** The training loop on one parameter, where every number can be checked by hand. */
import { deepStrictEqual, rejects, strictEqual } from "node:assert/strict";
import { join } from "node:path";
import { train } from "../../lib/engine/onnx/train.ts";
import { withFolder } from "../model/_models.ts";
import { LOOP, readSteps, TRAINING } from "./_loop.ts";
import { stepContext } from "../method/_tiny.ts";

Deno.test("train() feeds batches 0, 1, 2, ... once each, though it makes them ahead", async () => {
  await withFolder(async (folder) => {
    const asked: number[] = [];
    const context = stepContext(folder);
    const batch = (step: number) => (asked.push(step), LOOP.batch(step));
    await train({ ...LOOP, batch }, context);
    deepStrictEqual(asked, [...Array(TRAINING.steps).keys()]);
    deepStrictEqual(readSteps(context.dir).map(([step]) => step), asked);
  });
});

Deno.test("train() gives the same bytes whether a batch comes at once or later", async () => {
  await withFolder(async (folder) => {
    const late = (step: number) =>
      new Promise<ReturnType<typeof LOOP.batch>>((resolve) => setTimeout(() => resolve(LOOP.batch(step)), 3));
    const one = await train(LOOP, stepContext(folder));
    deepStrictEqual(await train({ ...LOOP, batch: late }, stepContext(folder)), one);
  });
});

Deno.test("train() fails with the error of a batch that cannot be made, and after the step before it", async () => {
  await withFolder(async (folder) => {
    const done: number[] = [];
    const context = stepContext(folder, { progress: (n) => void done.push(n) });
    const batch = (step: number) => {
      if (step === 2) throw new RangeError("no batch 2");
      return LOOP.batch(step);
    };
    await rejects(train({ ...LOOP, batch }, context), /no batch 2/);
    deepStrictEqual(done, [1, 2]);
  });
});

Deno.test("train() refuses a loss that is not finite and names the step", async () => {
  await withFolder(async (folder) => {
    const batch = (step: number) => LOOP.batch(step === 3 ? Infinity : step);
    await rejects(train({ ...LOOP, batch }, stepContext(folder)), /The loss is .* at step 3; lower lr/);
  });
});

Deno.test("train() interrupted twice, at other steps than its checkpoints, ends in the same bytes and losses", async () => {
  await withFolder(async (folder) => {
    const training = { ...TRAINING, steps: 450 };
    const whole = stepContext(folder);
    const expected = await train({ ...LOOP, training }, whole);

    const { checkpointDir } = stepContext(folder);
    const first: number[] = [];
    for (const end of [333, 444]) {
      const progress = (n: number) => {
        if (n === end) throw new Error("Interrupted");
        first.push(n);
      };
      await rejects(
        train({ ...LOOP, training }, stepContext(folder, { checkpointDir, progress })),
        /Interrupted/,
      );
    }
    deepStrictEqual([first[331], first[332]], [332, 201]); // the second start goes on from the checkpoint
    const last: number[] = [];
    const resumed = stepContext(folder, { checkpointDir, progress: (n) => void last.push(n) });
    deepStrictEqual(await train({ ...LOOP, training }, resumed), expected);
    strictEqual(last[0], 401);
    strictEqual(
      Deno.readTextFileSync(join(resumed.dir, "loss.csv")),
      Deno.readTextFileSync(join(whole.dir, "loss.csv")),
    );
  });
});
