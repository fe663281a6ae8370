/** How many runs at a time there is room for. */
import { strictEqual } from "node:assert/strict";
import { jobsThatFit } from "../../lib/cli/experiment/jobs.ts";
import type { PreparedRun } from "../../lib/lab/plan/prepare.ts";

const GIB = 2 ** 30;

/** Runs of which each takes so many bytes. */
function runs(...memory: (number | undefined)[]) {
  return memory.map((bytes) => ({
    resolved: { method: bytes === undefined ? {} : { memory: () => bytes }, recipe: {} },
    spec: {},
  })) as unknown as Pick<PreparedRun, "resolved" | "spec">[];
}

Deno.test("runs at a time: one a core, fewer where the largest of them needs the memory, never none", () => {
  const machine = { bytes: 16 * GIB, cores: 4 };
  strictEqual(jobsThatFit(runs(undefined, undefined), machine), 4);
  strictEqual(jobsThatFit(runs(0, 100), { ...machine, bytes: 5 * GIB }), 2);
  strictEqual(jobsThatFit(runs(1, 6 * GIB, undefined), machine), 2);
  strictEqual(jobsThatFit(runs(9 * GIB), machine), 1);
  strictEqual(jobsThatFit(runs(99 * GIB), machine), 1);
  strictEqual(jobsThatFit([], machine), 4);
});
