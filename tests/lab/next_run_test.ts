/**
 * Which run comes next where several go on side by side.
 * @module
 */
import { deepStrictEqual, equal } from "node:assert/strict";
import { nextRun } from "../../lib/lab/run/next_run.ts";

function queueOf(runs: Readonly<Record<string, readonly string[]>>) {
  const traces = new Map(
    Object.entries(runs).map(([id, keys]) => [id, {
      steps: keys.map((key) => ({ step: "s", key, cached: false })),
    }]),
  );
  return { queue: Object.keys(runs).map((id) => ({ id })), traces };
}

Deno.test("nextRun() passes over runs that would wait for a step under way", () => {
  const { queue, traces } = queueOf({ a: ["align", "transfer"], b: ["align", "other"], c: ["mono"] });
  equal(nextRun(queue, { traces, making: new Set() })?.id, "a");
  equal(nextRun(queue, { traces, making: new Set(["align"]) })?.id, "c");
  deepStrictEqual(queue, [{ id: "b" }]);
});

Deno.test("nextRun() takes the first where each would wait, and nothing from an empty queue", () => {
  const { queue, traces } = queueOf({ a: ["x"], b: ["x"] });
  const making = new Set(["x"]);
  equal(nextRun(queue, { traces, making })?.id, "a");
  equal(nextRun(queue, { making })?.id, "b");
  equal(nextRun(queue, { traces, making }), undefined);
});
