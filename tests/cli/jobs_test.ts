/** How many runs at a time there is room for, and whether there is for one. */
import { doesNotThrow, strictEqual, throws } from "node:assert/strict";
import { checkFits, type Costly, jobsThatFit } from "../../lib/cli/experiment/jobs.ts";

const GIB = 2 ** 30;
const RUNTIME = { device: "cpu", engine: "onnx", threads: 1 };

/** Runs of which each has a step that takes so many bytes in each process. */
function runs(memory: readonly (number | undefined)[], runtime: object = RUNTIME) {
  return memory.map((bytes) => ({
    resolved: {
      method: bytes === undefined ? {} : { costs: () => [{ step: "fit align", bytes }] },
      recipe: {},
    },
    spec: { runtime, variant: "Large" },
  })) as unknown as Costly[];
}

Deno.test("runs at a time: one a core, fewer where the largest of them needs the memory, never none", () => {
  const machine = { bytes: 16 * GIB, cores: 4 };
  strictEqual(jobsThatFit(runs([undefined, undefined]), machine), 4);
  strictEqual(jobsThatFit(runs([0, 100]), { ...machine, bytes: 5 * GIB }), 2);
  strictEqual(jobsThatFit(runs([1, 6 * GIB, undefined]), machine), 2);
  strictEqual(jobsThatFit(runs([9 * GIB]), machine), 1);
  strictEqual(jobsThatFit(runs([99 * GIB]), machine), 1);
  strictEqual(jobsThatFit([], machine), 4);
  strictEqual(jobsThatFit(runs([3 * GIB], { ...RUNTIME, engine: "torch", processes: 2 }), machine), 2);
  strictEqual(
    jobsThatFit(runs([undefined, undefined], { ...RUNTIME, engine: "torch", device: "cuda" }), machine),
    1,
  );
});

Deno.test("a run that has not the memory is refused before it begins, with the estimate and what to change", () => {
  const room = Deno.systemMemoryInfo().total;
  doesNotThrow(() => checkFits(runs([undefined, 0, 0.9 * room])));
  throws(() => checkFits(runs([0, 1.1 * room])), {
    name: "UserError",
    message:
      /^Cannot train "Large" here: fit align takes about [\d.]+ GiB of memory, of which there are [\d.]+ GiB /,
  });
  // Several processes share a machine's memory.
  const two = { ...RUNTIME, engine: "torch", processes: 2 };
  throws(() => checkFits(runs([0.6 * room], two)), /in each process, .* lower --micro-batch/);
});
