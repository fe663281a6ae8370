/**
 * Drawing from the distribution that logits give.
 * @module
 */
import { constant, op, requireDType, type Tensor } from "../tensor.ts";
import { div, mul, type Operand } from "./arithmetic.ts";
import { cast } from "./cast.ts";
import { lessOrEqual } from "./compare.ts";
import { sum } from "./broadcast.ts";
import { max } from "./reduce.ts";
import { softmax } from "./softmax.ts";

/**
 * An index of the last axis drawn from softmax(logits / temperature): the first whose cumulative probability is above the
 * row's draw. No gradient passes.
 * @param logits float32 [..., classes]
 * @param draws float32 [..., 1], uniform in [0, 1 - 2^-23]
 * @param temperature above 0
 * @returns int32 [...]
 */
export function drawLast(logits: Tensor, draws: Tensor, temperature: Operand): Tensor {
  requireDType("drawLast", draws, "float32");
  const p = softmax(div(logits, temperature));
  const up = op("CumSum", [p, constant(BigInt64Array.of(BigInt(p.shape.length - 1)), [])], {
    shape: p.shape,
  });
  // Of the sum as it was rounded, so that an index is found for every draw.
  const total = max(up, { axes: [-1], keepDims: true });
  return cast(sum(cast(lessOrEqual(up, mul(draws, total)), "float32"), { axes: [-1] }), "int32");
}
