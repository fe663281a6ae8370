/** How many runs at a time there is room for, and whether there is for one. */
import { deepStrictEqual, doesNotThrow, strictEqual, throws } from "node:assert/strict";
import { type Costly, costsOf } from "../../lib/cli/experiment/costs.ts";
import { checkFits, jobsThatFit } from "../../lib/cli/experiment/jobs.ts";
import type { Place } from "../../lib/lab/experiment/types.ts";

const GIB = 2 ** 30;
const RUNTIME = { device: "cpu", engine: "onnx", threads: 1 };

/** Runs of which each has a step that takes so many bytes in each process. */
function runs(memory: readonly (number | undefined)[], runtime: object = RUNTIME) {
  return memory.map((bytes) => ({
    resolved: {
      method: bytes === undefined ? {} : { costs: () => [{ step: "fit align", bytes }] },
      recipe: {},
      variant: "Large",
    },
    experiment: { benchmarks: [] },
    spec: { runtime },
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
      /^Cannot run "Large" here: fit align takes about [\d.]+ GiB of memory, of which there are [\d.]+ GiB /,
  });
  // Several processes share a machine's memory.
  const two = { ...RUNTIME, engine: "torch", processes: 2 };
  throws(() => checkFits(runs([0.6 * room], two)), /in each process, .* lower --micro-batch/);
});

Deno.test("what a run takes is asked of its method for its benchmarks, and on a card for PyTorch there", () => {
  const asked: Place[] = [];
  const costs = (_recipe: unknown, _spec: unknown, place: Place) => {
    asked.push(place);
    return [];
  };
  const run = {
    experiment: { benchmarks: ["mgsm"] },
    resolved: { method: { costs }, recipe: {} },
    spec: { runtime: RUNTIME },
  } as unknown as Costly;
  costsOf(run);
  costsOf(run, "a100-40gb");
  deepStrictEqual(asked.map(({ benchmarks }) => benchmarks), [["mgsm"], ["mgsm"]]);
  deepStrictEqual(asked.map(({ runtime: { engine, device } }) => [engine, device]), [["onnx", "cpu"], [
    "torch",
    "cuda",
  ]]);
  strictEqual(asked[1]!.device.bytes, 40 * GIB);
});
