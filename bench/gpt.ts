/**
 * The benchmark's GPT over `lib/tensor`: pre-norm, learned positions, tanh GELU, no biases, untied head; the model of
 * bench/peers/pytorch.py, from the same weights.
 * @module
 */
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
import { gptWeights, type TrainWorkload, type Weight } from "./workload.ts";

/** The weights with q, k and v of a layer side by side, as a matrix [d, 3 d] `layers.N.qkv`. */
export function packedGptWeights(w: TrainWorkload): Weight[] {
  const weights = gptWeights(w);
  return weights.flatMap((weight) => {
    if (/\.(k|v)$/.test(weight.name)) return [];
    if (!weight.name.endsWith(".q")) return [weight];
    const at = weight.name.slice(0, -2);
    const parts = ["q", "k", "v"].map((part) => weights.find(({ name }) => name === `${at}.${part}`)!.data);
    return [{ name: `${at}.qkv`, shape: [w.width, 3 * w.width], data: sideBySide(parts, w.width) }];
  });
}

/** Matrices of `columns` columns each, joined along the rows. */
function sideBySide(parts: readonly Float32Array[], columns: number): Float32Array<ArrayBuffer> {
  const width = columns * parts.length;
  return Float32Array.from({ length: parts[0].length * parts.length }, (_, i) => {
    const [row, column] = [Math.floor(i / width), i % width];
    return parts[Math.floor(column / columns)][row * columns + column % columns];
  });
}

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
  let x = add(gather(parameters.embedding, ids), parameters.position);
  for (let layer = 0; layer < layers; layer++) {
    const p = (name: string): Tensor => parameters[`layers.${layer}.${name}`];
    const [q, k, v] = split(matmul(layerNorm(x, p("norm1")), p("qkv")), [d, d, d], -1).map(byHead);
    const mixed = transpose(attention(q, k, v, { mask }), [0, 2, 1, 3]);
    x = add(x, matmul(reshape(mixed, [batch, length, d]), p("out")));
    x = add(x, matmul(geluTanh(matmul(layerNorm(x, p("norm2")), p("up"))), p("down")));
  }
  const logits = matmul(layerNorm(x, parameters.norm), parameters.head);
  return crossEntropy(logits, targets);
}
