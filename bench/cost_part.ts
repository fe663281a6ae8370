/**
 * One training of `deno task bench cost`, in a process of its own, so that its memory is its own: takes the case as JSON and
 * prints what it came to.
 * @module
 */
import { join } from "node:path";
import { resourceUsage } from "node:process";
import { atLeast } from "../lib/checked.ts";
import { engineOf } from "../lib/engine/mod.ts";
import { usedByPython } from "../lib/engine/torch/python.ts";
import { openLlm } from "../lib/model/llm.ts";
import { writeNdjson } from "../lib/ndjson.ts";
import { stream } from "../lib/random.ts";
import type { CostCase, CostComputing, CostMeasured } from "./cost.ts";

const [request] = atLeast(Deno.args, 1);
const { model, one, compute }: { model: string; one: CostCase; compute: CostComputing } = JSON.parse(request);
const folder = Deno.makeTempDirSync();
try {
  const random = stream(1, "bench", "cost");
  const { config: { vocab_size } } = openLlm(model);
  const ids = (count: number) => Array.from({ length: count }, () => random.int(0, vocab_size - 1));
  const examples = join(folder, "examples.ndjson");
  const half = one.length / 2;
  // The last token of a target is written, not read.
  const rows = one.steps * one.batch_size;
  writeNdjson(
    examples,
    Array.from({ length: rows }, () => ({ text: null, ids: ids(half), target: ids(half + 1) })),
  );
  const [dir, checkpointDir] = atLeast(["out", "checkpoints"].map((name) => join(folder, name)), 2);
  for (const path of [dir, checkpointDir]) Deno.mkdirSync(path);
  let tokens_per_second = NaN;
  await engineOf(compute).fit({
    model: { llm: model, states: null },
    trains: [one.trains],
    training: { steps: one.steps, lr: 1e-5, schedule: "constant", warmup_ratio: 0, weight_decay: 0.01 },
    examples,
    order: Array.from(
      { length: one.steps },
      (_, step) => Array.from({ length: one.batch_size }, (_, i) => step * one.batch_size + i),
    ),
  }, {
    dir,
    checkpointDir,
    runtime: compute,
    progress(_done, _total, _note, measured) {
      tokens_per_second = measured?.tokensPerSecond ?? NaN;
    },
  });
  const { peak_bytes, device_bytes } = usedByPython();
  // The lab's own engine works in this process.
  const bytes = device_bytes ?? (peak_bytes > 0 ? peak_bytes : resourceUsage().maxRSS * 1024);
  const measured: CostMeasured = { bytes, tokens_per_second };
  Deno.stdout.writeSync(new TextEncoder().encode(JSON.stringify(measured)));
} finally {
  Deno.removeSync(folder, { recursive: true });
}
