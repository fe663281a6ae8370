/**
 * The smallest training: one weight that follows a target which moves with the step.
 * @module
 */
import { join } from "node:path";
import type { Loop } from "../../lib/engine/onnx/train.ts";
import { float32, input, mean, square, sub } from "../../lib/tensor/mod.ts";

export const TRAINING = {
  steps: 7,
  batch_size: 1,
  lr: 0.1,
  schedule: "cosine",
  warmup_ratio: 0.1,
  weight_decay: 0.01,
} as const;

const w = input("w", [1, 2]);

export const LOOP = {
  spec: {
    loss: mean(square(sub(w, input("wanted", [1, 2])))),
    parameters: { w },
    trainable: new Set(["w"]),
  },
  values: { w: Float32Array.of(1, -1) },
  training: TRAINING,
  batch: (step: number) => ({ wanted: float32([Math.sin(step), step], [1, 2]) }),
} satisfies Loop;

/** Rows of `loss.csv`: step and loss, and what is measured beside it. */
export function readSteps(folder: string): [number, number, ...number[]][] {
  const [header, ...lines] = Deno.readTextFileSync(join(folder, "loss.csv")).trimEnd().split("\n");
  if (!/^step,loss(,|$)/.test(header!)) throw new Error(`"${header}" is no header of loss.csv`);
  return lines.map((line) => line.split(",").map(Number) as [number, number, ...number[]]);
}
