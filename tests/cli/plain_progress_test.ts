/** Progress where lines do not move: what it says of the time left. */
import { deepStrictEqual } from "node:assert/strict";
import { pathToFileURL } from "node:url";
import { join } from "node:path";
import { ROOT } from "../../lib/lab/record/paths.ts";

/** A run by a clock of its own: `at` is in seconds. */
const SCRIPT = `
import { openProgress } from ${
  JSON.stringify(pathToFileURL(join(ROOT, "lib/cli/terminal/progress.ts")).href)
};
let now = 0;
performance.now = () => 1000 * now;
const progress = openProgress({ total: 1 });
const at = (seconds, done) => {
  now = seconds;
  progress.progress("a", { step: "fit", done, total: 100 });
};
progress.began("a", { name: "A", short: "A" });
progress.step("a", "fit", "fit align: runs");
for (const [seconds, done] of [[100, 1], [120, 21], [199, 100]]) at(seconds, done);
progress.step("a", "fit", "fit transfer: runs");
// A training that goes on from its 40th step.
for (const [seconds, done] of [[300, 40], [330, 50]]) at(seconds, done);
`;

Deno.test("the time left is by a step's own pace: not the last one's of its kind, and not of what was done before", async () => {
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "-q", "-A", "--config", join(ROOT, "deno.json"), "-"],
    ...{ stdin: "piped", stdout: "null", stderr: "piped" },
  }).spawn();
  const input = child.stdin.getWriter();
  await input.write(new TextEncoder().encode(SCRIPT));
  await input.close();
  const stderr = new TextDecoder().decode((await child.output()).stderr);
  deepStrictEqual(stderr.trimEnd().split("\n").slice(1), [
    "  fit align: runs",
    "  fit 21/100, 79 s left",
    "  fit 100/100",
    "  fit transfer: runs",
    "  fit 50/100, 3 min left",
  ]);
});
