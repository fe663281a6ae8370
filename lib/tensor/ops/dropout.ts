/**
 * Dropout with masks that are fed: they come from a named random stream of the host, so that a training can be repeated
 * and resumed exactly, on any device.
 * @module
 */
import { Tensor as OrtTensor } from "onnxruntime-common";
import type { Stream } from "../../random.ts";
import { requireDType, scalar, type Tensor } from "../tensor.ts";
import type { Value } from "../value.ts";
import { mul } from "./arithmetic.ts";
import { where } from "./compare.ts";

/**
 * x / (1 - probability) where `keep` is true, else 0 (arXiv:1207.0580, scaled so that the expectation stays).
 * @param keep bool, broadcasts to x; from `dropoutMask`
 */
export function dropout(x: Tensor, keep: Tensor, probability: number): Tensor {
  requireDType("drop out of", x, "float32");
  requireDType("drop out by", keep, "bool");
  requireProbability(probability);
  return where(keep, mul(x, 1 / (1 - probability)), scalar(0));
}

/** A bool value, each element false with the given probability; moves the stream on by the number of elements. */
export function dropoutMask(source: Stream, probability: number, shape: readonly number[]): Value {
  requireProbability(probability);
  const mask = new Uint8Array(shape.reduce((a, b) => a * b, 1));
  for (let i = 0; i < mask.length; i++) mask[i] = source.uniform() < probability ? 0 : 1;
  return new OrtTensor("bool", mask, shape);
}

function requireProbability(probability: number): void {
  if (!(probability >= 0 && probability < 1)) {
    throw new TypeError(`A dropout probability must be at least 0 and below 1, not ${probability}`);
  }
}
