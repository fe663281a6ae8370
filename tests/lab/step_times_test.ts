/**
 * Where the time of a store's runs went.
 * @module
 */
import { deepStrictEqual, match, throws } from "node:assert/strict";
import { stepTimes } from "../../bench/step_times.ts";
import { UserError } from "../../lib/errors.ts";
import { labPaths } from "../../lib/lab/record/paths.ts";
import { readRecords } from "../../lib/lab/record/records.ts";
import { deno, experimentArgs, withFolder } from "./_lab.ts";

Deno.test("stepTimes() counts a step that runs share once, under the run that made it", async () => {
  await withFolder(async (folder) => {
    throws(() => stepTimes(labPaths(folder), false), UserError);
    await deno(experimentArgs(folder, ["toy"]));
    const paths = labPaths(folder);
    const steps = [...readRecords(paths, () => {}).values()].flatMap((record) => record.steps);
    const made = JSON.parse(stepTimes(paths, true)) as { cpu_s: number }[];
    const once = new Map(steps.map(({ key, cpu_s }) => [key, cpu_s]));
    deepStrictEqual(made.map(({ cpu_s }) => cpu_s).sort(), [...once.values()].sort());
    match(stepTimes(paths, false), new RegExp(`all +${once.size} `));
  });
});
