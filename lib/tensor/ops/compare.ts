/**
 * Comparisons and selection: masks. None of the comparisons has a gradient; `where` passes it on to the side taken.
 * @module
 */
import { broadcastShapes } from "../dims.ts";
import { describe, op, requireDType, scalar, type Tensor } from "../tensor.ts";
import { broadcast, mul, type Operand } from "./arithmetic.ts";
import { cast } from "./cast.ts";
import { sumTo } from "./broadcast.ts";

function comparison(type: string, opName: string, left: Operand, right: Operand): Tensor {
  const { a, b, shape } = broadcast(opName, left, right);
  return op(type, [a, b], { shape, dtype: "bool" });
}

/** a = b, bool */
export function equal(a: Operand, b: Operand): Tensor {
  return comparison("Equal", "compare", a, b);
}

/** a < b, bool */
export function less(a: Operand, b: Operand): Tensor {
  return comparison("Less", "compare", a, b);
}

/** a <= b, bool */
export function lessOrEqual(a: Operand, b: Operand): Tensor {
  return comparison("LessOrEqual", "compare", a, b);
}

/** Both, bool */
export function and(a: Tensor, b: Tensor): Tensor {
  return comparison("And", "combine", a, b);
}

/** Not, bool */
export function not(a: Tensor): Tensor {
  requireDType("negate", a, "bool");
  return op("Not", [a], { shape: a.shape, dtype: "bool" });
}

/** `a` where `condition` is true, else `b`; all three broadcast. */
export function where(condition: Tensor, left: Operand, right: Operand): Tensor {
  requireDType("choose by", condition, "bool");
  const { a, b, shape: both } = broadcast("choose between", left, right);
  const shape = broadcastShapes(condition.shape, both);
  if (shape === undefined) {
    throw new TypeError(
      `Cannot choose by ${describe(condition)} among [${both.join(", ")}]: the shapes do not broadcast`,
    );
  }
  return op("Where", [condition, a, b], {
    shape,
    dtype: a.dtype,
    gradient: (dy) => {
      const chosen = cast(condition, "float32");
      return [undefined, sumTo(mul(dy, chosen), a.shape), sumTo(where(condition, scalar(0), dy), b.shape)];
    },
  });
}
