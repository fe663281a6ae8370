/**
 * Activation functions.
 * @module
 */
import { float, op, requireDType, type Tensor, withGradient } from "../tensor.ts";
import { add, exp, log, mul, neg, sub } from "./arithmetic.ts";
import { less, where } from "./compare.ts";

/** 1 / (1 + exp(-x)) */
export function sigmoid(x: Tensor): Tensor {
  requireDType("sigmoid", x, "float32");
  return op("Sigmoid", [x], { shape: x.shape, gradient: (dy, y) => [mul(dy, mul(y, sub(1, y)))] });
}

/** Hyperbolic tangent */
export function tanh(x: Tensor): Tensor {
  requireDType("tanh", x, "float32");
  return op("Tanh", [x], { shape: x.shape, gradient: (dy, y) => [mul(dy, sub(1, mul(y, y)))] });
}

/** x where x > 0, else slope x; at 0 the gradient is the slope. */
export function leakyRelu(x: Tensor, slope: number): Tensor {
  requireDType("leakyRelu", x, "float32");
  return op("LeakyRelu", [x], {
    shape: x.shape,
    attributes: { alpha: float(slope) },
    gradient: (dy) => [where(less(0, x), dy, mul(dy, slope))],
  });
}

/** max(x, 0); at 0 the gradient is 0. */
export function relu(x: Tensor): Tensor {
  requireDType("relu", x, "float32");
  return op("Relu", [x], { shape: x.shape, gradient: (dy) => [where(less(0, x), dy, 0)] });
}

/** x sigmoid(x), also called swish. */
export function silu(x: Tensor): Tensor {
  const s = sigmoid(x);
  const y = mul(x, s);
  // s + x s (1 - s) = s + y (1 - s) = s + y - y s
  return withGradient("silu", [x], y, (dy) => [mul(dy, add(s, mul(y, sub(1, s))))]);
}

/** x Phi(x), the exact GELU (arXiv:1606.08415 section 2), with the error function. */
export function gelu(x: Tensor): Tensor {
  requireDType("gelu", x, "float32");
  return op("Gelu", [x], {
    shape: x.shape,
    gradient: (dy) => {
      const cdf = mul(add(op("Erf", [mul(x, Math.SQRT1_2)], { shape: x.shape }), 1), 0.5);
      const density = mul(exp(mul(mul(x, x), -0.5)), 1 / Math.sqrt(2 * Math.PI));
      return [mul(dy, add(cdf, mul(x, density)))];
    },
  });
}

/** 0.5 x (1 + tanh(sqrt(2/pi) (x + 0.044715 x^3))), the tanh approximation of GELU ("gelu_new"). */
export function geluTanh(x: Tensor): Tensor {
  requireDType("geluTanh", x, "float32");
  return op("FastGelu", [x], {
    shape: x.shape,
    domain: "com.microsoft",
    // 0.5 (1 + tanh u) is s = sigmoid(2 u), so y = x s and dy/dx = s + y r (1 - s) = y r + s (1 - y r), where
    // r = d(2 u)/dx = c (1 + 3 k x^2) and 2 u = x (r + 2 c) / 3.
    gradient: (dy, y) => {
      const c = 2 * Math.sqrt(2 / Math.PI);
      const r = add(mul(mul(x, x), 3 * 0.044715 * c), c);
      const s = sigmoid(mul(x, add(mul(r, 1 / 3), 2 * c / 3)));
      const yr = mul(y, r);
      return [mul(dy, add(mul(sub(1, yr), s), yr))];
    },
  });
}

/** log(1 + exp(x)), computed as max(x, 0) + log(1 + exp(-|x|)) so that it cannot overflow. */
export function softplus(x: Tensor): Tensor {
  requireDType("softplus", x, "float32");
  const magnitude = op("Abs", [x], { shape: x.shape });
  const y = add(op("Relu", [x], { shape: x.shape }), log(add(exp(neg(magnitude)), 1)));
  return withGradient("softplus", [x], y, (dy) => [mul(dy, sigmoid(x))]);
}

/** log sigmoid(x) = -softplus(-x) */
export function logSigmoid(x: Tensor): Tensor {
  return neg(softplus(neg(x)));
}
