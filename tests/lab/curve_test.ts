/** Learning curves on their way from a training's folder to the run's record. */
import { deepStrictEqual, strictEqual } from "node:assert/strict";
import { join } from "node:path";
import type { StepDefinition } from "../../lib/lab/experiment/types.ts";
import { artifactDir } from "../../lib/lab/record/artifact.ts";
import { readCurve } from "../../lib/lab/record/curve.ts";
import { labPaths } from "../../lib/lab/record/paths.ts";
import { runStep } from "../../lib/lab/run/step.ts";
import { withFolder } from "./_lab.ts";
import { hostAt } from "./_steps.ts";

/** A step that leaves these losses, or none. */
function training(losses: readonly number[]): StepDefinition<string, null> {
  return {
    id: "fit",
    version: 1,
    module: import.meta.url,
    label: (name) => name,
    run(_, { dir }) {
      const rows = losses.map((loss, step) => `${step},${loss},0.1,1\n`);
      if (losses.length > 0) {
        Deno.writeTextFileSync(join(dir, "loss.csv"), `step,loss,lr,grad_norm\n${rows.join("")}`);
      }
      return Promise.resolve(null);
    },
  };
}

Deno.test("a step that trained keeps its curve, which comes with it from the cache and outlives its folder", async () => {
  await withFolder(async (folder) => {
    const paths = labPaths(folder);
    const host = hostAt(paths, "a process", []);
    const step = training([3, 2, 1]);
    const { entry: made } = await runStep(step, "align", host);
    const { entry: cached } = await runStep(step, "align", host);
    deepStrictEqual([made.reused, cached.reused, made.label], [false, true, "align"]);
    strictEqual(cached.curve, made.curve);
    Deno.removeSync(artifactDir(paths, made.key), { recursive: true });
    const windows = readCurve(paths, made);
    deepStrictEqual(windows.map(({ updates, loss, lr }) => [updates, loss, lr]), [[1, 3, 0.1], [2, 2, 0.1], [
      3,
      1,
      0.1,
    ]]);
  });
});

Deno.test("a step that trained nothing has no curve", async () => {
  await withFolder(async (folder) => {
    const paths = labPaths(folder);
    const { entry } = await runStep(training([]), "ask", hostAt(paths, "a process", []));
    strictEqual("curve" in entry, false);
    deepStrictEqual(readCurve(paths, entry), []);
  });
});
