/**
 * Elementwise arithmetic with broadcasting (numpy's rules). A number stands for a float32 scalar.
 * @module
 */
import { broadcastShapes, type Shape } from "../dims.ts";
import { describe, op, requireDType, scalar, type Tensor } from "../tensor.ts";
import { sumTo } from "./broadcast.ts";

/** Operand of an elementwise op. */
export type Operand = Tensor | number;

/** Both operands as tensors, and the shape that they broadcast to. @throws {TypeError} when they do not fit. */
export function broadcast(opName: string, a: Operand, b: Operand): { a: Tensor; b: Tensor; shape: Shape } {
  const [x, y] = [toTensor(a), toTensor(b)];
  if (x.dtype !== y.dtype) {
    throw new TypeError(`Cannot ${opName} ${describe(x)} and ${describe(y)}: the dtypes differ`);
  }
  const shape = broadcastShapes(x.shape, y.shape);
  if (shape === undefined) {
    throw new TypeError(`Cannot ${opName} ${describe(x)} and ${describe(y)}: the shapes do not broadcast`);
  }
  return { a: x, b: y, shape };
}

function toTensor(x: Operand): Tensor {
  return typeof x === "number" ? scalar(x) : x;
}

/** a + b */
export function add(left: Operand, right: Operand): Tensor {
  const { a, b, shape } = broadcast("add", left, right);
  return op("Add", [a, b], {
    shape,
    dtype: a.dtype,
    gradient: (dy) => [sumTo(dy, a.shape), sumTo(dy, b.shape)],
  });
}

/** a - b */
export function sub(left: Operand, right: Operand): Tensor {
  const { a, b, shape } = broadcast("sub", left, right);
  return op("Sub", [a, b], {
    shape,
    dtype: a.dtype,
    gradient: (dy) => [sumTo(dy, a.shape), sumTo(neg(dy), b.shape)],
  });
}

/** a * b */
export function mul(left: Operand, right: Operand): Tensor {
  const { a, b, shape } = broadcast("mul", left, right);
  return op("Mul", [a, b], {
    shape,
    dtype: a.dtype,
    gradient: (dy) => [sumTo(mul(dy, b), a.shape), sumTo(mul(dy, a), b.shape)],
  });
}

/** a / b */
export function div(left: Operand, right: Operand): Tensor {
  const { a, b, shape } = broadcast("div", left, right);
  return op("Div", [a, b], {
    shape,
    dtype: a.dtype,
    gradient: (dy, y) => {
      const da = div(dy, b);
      return [sumTo(da, a.shape), sumTo(neg(mul(da, y)), b.shape)];
    },
  });
}

/** -x */
export function neg(x: Tensor): Tensor {
  return op("Neg", [x], { shape: x.shape, dtype: x.dtype, gradient: (dy) => [neg(dy)] });
}

/** x * x */
export function square(x: Tensor): Tensor {
  return op("Mul", [x, x], {
    shape: x.shape,
    // Mul has two inputs and they are the same tensor, so each gets half of 2 x dy.
    gradient: (dy) => [mul(dy, x), mul(dy, x)],
  });
}

/** Square root; the gradient is infinite at 0. */
export function sqrt(x: Tensor): Tensor {
  requireDType("sqrt", x, "float32");
  return op("Sqrt", [x], { shape: x.shape, gradient: (dy, y) => [div(mul(dy, 0.5), y)] });
}

/** e to the x */
export function exp(x: Tensor): Tensor {
  requireDType("exp", x, "float32");
  return op("Exp", [x], { shape: x.shape, gradient: (dy, y) => [mul(dy, y)] });
}

/** Natural logarithm */
export function log(x: Tensor): Tensor {
  requireDType("log", x, "float32");
  return op("Log", [x], { shape: x.shape, gradient: (dy) => [div(dy, x)] });
}

/** The smaller of two, elementwise; no gradient. */
export function minimum(left: Operand, right: Operand): Tensor {
  const { a, b, shape } = broadcast("minimum", left, right);
  return op("Min", [a, b], { shape, dtype: a.dtype });
}

/** The larger of two, elementwise; no gradient. */
export function maximum(left: Operand, right: Operand): Tensor {
  const { a, b, shape } = broadcast("maximum", left, right);
  return op("Max", [a, b], { shape, dtype: a.dtype });
}
