/**
 * The benchmark's GPT over `lib/tensor`: pre-norm, learned positions, tanh GELU, no biases, untied head; the model of
 * bench/peers/pytorch.py, from the same weights.
 * @module
 */
import { atLeast } from "../lib/checked.ts";
import {
  add,
  attention,
  constant,
  crossEntropy,
  gather,
  geluTanh,
  input,
  layerNorm,
  matmul,
  reshape,
  split,
  type Tensor,
  transpose,
} from "../lib/tensor/mod.ts";
import type { TrainWorkload } from "./workload.ts";

/** Hidden units of a feed-forward layer that are computed together. */
const BLOCK = 256;

/** The training loss as a trace: inputs `ids` and `targets`, int32 [B, length], and the parameters by name. */
export function gptLoss(w: TrainWorkload, parameters: Readonly<Record<string, Tensor>>): Tensor {
  const { width: d, heads, layers, length } = w;
  const batch = "B";
  const ids = input("ids", [batch, length], "int32");
  const targets = input("targets", [batch, length], "int32");
  const mask = constant(
    Float32Array.from({ length: length * length }, (_, i) => i % length > Math.floor(i / length) ? -1e9 : 0),
    [length, length],
  );
  const byHead = (x: Tensor): Tensor =>
    transpose(reshape(x, [batch, length, heads, d / heads]), [0, 2, 1, 3]);
  let x = add(gather(parameters.embedding!, ids), parameters.position!);
  for (let layer = 0; layer < layers; layer++) {
    const p = (name: string): Tensor => parameters[`layers.${layer}.${name}`]!;
    const normed = layerNorm(x, p("norm1"));
    const [q, k, v] = atLeast(["q", "k", "v"].map((name) => byHead(matmul(normed, p(name)))), 3);
    const mixed = transpose(attention(q, k, v, { mask }), [0, 2, 1, 3]);
    x = add(x, matmul(reshape(mixed, [batch, length, d]), p("out")));
    x = add(x, feedForward(layerNorm(x, p("norm2")), p("up"), p("down")));
  }
  const logits = matmul(layerNorm(x, parameters.norm!), parameters.head!);
  return crossEntropy(logits, targets);
}

/**
 * gelu(x up) down, a block of hidden units at a time: the blocks stay in the second-level cache, and rows of 1024
 * floats, at which ONNX Runtime's matrix product halves its speed (see `padUnaliased`), do not come about.
 */
function feedForward(x: Tensor, up: Tensor, down: Tensor): Tensor {
  const blocks = Array<number>((up.shape[1] as number) / BLOCK).fill(BLOCK);
  const [ups, downs] = [split(up, blocks, 1), split(down, blocks, 0)];
  return ups.map((part, i) => matmul(geluTanh(matmul(x, part)), downs[i]!)).reduce((sum, y) => add(sum, y));
}
