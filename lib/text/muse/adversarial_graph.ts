/**
 * One step of the adversarial game as one graph: `dis_steps` SGD steps of the discriminator, one of the mapping, and the
 * pull of the mapping towards an orthogonal matrix, W <- (1 + beta) W - beta (W W^T) W (Lample et al. 2018, Equation 7;
 * MUSE `src/trainer.py`: dis_step, mapping_step, orthogonalize).
 * @module
 */
import { atLeast } from "../../checked.ts";
import {
  add,
  bceWithLogits,
  concat,
  constant,
  dropout,
  grad,
  input,
  leakyRelu,
  matmul,
  mean,
  mul,
  reshape,
  slice,
  sub,
  type Tensor,
} from "../../tensor/mod.ts";
import type { Adversarial } from "./adversarial_settings.ts";

/** Slope of the discriminator's leaky ReLU for negative numbers (MUSE `src/models.py`). */
const SLOPE = 0.2;

/** Parameters of the discriminator by name, with how many inputs a unit of their layer has. */
export function discriminatorShapes(
  dim: number,
  { dis_layers, dis_hidden }: Pick<Adversarial, "dis_layers" | "dis_hidden">,
): Record<string, { shape: number[]; inputs: number }> {
  const widths = [dim, ...Array<number>(dis_layers).fill(dis_hidden), 1];
  return Object.fromEntries(
    widths.slice(1).flatMap((width, i) => [
      [`dis.${i}.weight`, { shape: [widths[i]!, width], inputs: widths[i]! }],
      [`dis.${i}.bias`, { shape: [width], inputs: widths[i]! }],
    ]),
  );
}

/**
 * The outputs `next.mapping`, `next.dis.*` and `dis_loss` (float32 [], mean over the discriminator's steps). Inputs: the
 * parameters, `source` and `target` float32 [(dis_steps + 1) batch, dim], `keep` bool [dis_steps 2 batch, dim],
 * `map.lr` float32 [].
 */
export function adversarialStep(dim: number, settings: Adversarial): Record<string, Tensor> {
  const { batch_size, dis_steps, dis_dropout, dis_smooth, lr, map_beta } = settings;
  const rows = (dis_steps + 1) * batch_size;
  const [source, target] = atLeast(["source", "target"].map((name) => input(name, [rows, dim])), 2);
  const keep = input("keep", [dis_steps * 2 * batch_size, dim], "bool");
  const mapping = input("mapping", [dim, dim]);
  let discriminator: Record<string, Tensor> = Object.fromEntries(
    Object.entries(discriminatorShapes(dim, settings)).map(([name, { shape }]) => [name, input(name, shape)]),
  );
  // 1 says source, 0 target.
  const labels = Float32Array.from(
    { length: 2 * batch_size },
    (_, i) => i < batch_size ? 1 - dis_smooth : dis_smooth,
  );
  const truth = constant(labels, [2 * batch_size]);
  const inverted = constant(labels.map((y) => 1 - y), [2 * batch_size]);
  const wordsOf = (step: number) => {
    const from = step * batch_size;
    const mapped = matmul(slice(source, 0, from, batch_size), mapping, { transB: true });
    return concat([mapped, slice(target, 0, from, batch_size)], 0);
  };

  const losses: Tensor[] = [];
  for (let step = 0; step < dis_steps; step++) {
    const kept = slice(keep, 0, step * 2 * batch_size, 2 * batch_size);
    const words = dropout(wordsOf(step), kept, dis_dropout);
    const loss = mean(bceWithLogits(logitsOf(discriminator, words), truth));
    losses.push(reshape(loss, [1]));
    const names = Object.keys(discriminator);
    const gradients = grad(loss, names.map((name) => discriminator[name]!));
    discriminator = Object.fromEntries(
      names.map((name, i) => [name, sub(discriminator[name]!, mul(gradients[i]!, lr))]),
    );
  }

  const loss = mean(bceWithLogits(logitsOf(discriminator, wordsOf(dis_steps)), inverted));
  const [gradient] = atLeast(grad(loss, [mapping]), 1);
  const moved = sub(mapping, mul(gradient, input("map.lr", [])));
  return {
    "next.mapping": orthogonalized(moved, map_beta),
    ...Object.fromEntries(Object.entries(discriminator).map(([name, tensor]) => [`next.${name}`, tensor])),
    dis_loss: mean(concat(losses, 0)),
  };
}

/** W a little closer to an orthogonal matrix. */
export function orthogonalized(w: Tensor, beta: number): Tensor {
  const cube = matmul(matmul(w, w, { transB: true }), w);
  return sub(mul(w, 1 + beta), mul(cube, beta));
}

/** How much the discriminator takes each word for a source word: words [n, dim] -> logits [n]. */
function logitsOf(discriminator: Readonly<Record<string, Tensor>>, words: Tensor): Tensor {
  const layers = Object.keys(discriminator).length / 2;
  let x = words;
  for (let layer = 0; layer < layers; layer++) {
    const [weight, bias] = atLeast(
      ["weight", "bias"].map((part) => discriminator[`dis.${layer}.${part}`]!),
      2,
    );
    x = add(matmul(x, weight), bias);
    if (layer < layers - 1) x = leakyRelu(x, SLOPE);
  }
  return reshape(x, [words.shape[0]!]);
}
