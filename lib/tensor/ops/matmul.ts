/**
 * Matrix products. One ONNX operator with the transpositions and the scale inside: `MatMul`, or ONNX Runtime's
 * `FusedMatMul` where something is transposed or scaled.
 * @module
 */
import { broadcastShapes, dimProduct } from "../dims.ts";
import { describe, float, op, requireDType, type Tensor } from "../tensor.ts";
import { sumTo } from "./broadcast.ts";
import { reshape } from "./shape.ts";

/** `transA`: use the last two axes of `a` swapped, likewise `transB`; `alpha` scales the product. */
export interface MatmulOptions {
  readonly transA?: boolean | undefined;
  readonly transB?: boolean | undefined;
  readonly alpha?: number | undefined;
}

/**
 * alpha a b over the last two axes: [..., m, k] times [..., k, n] gives [..., m, n]; leading axes broadcast.
 * @throws {TypeError} when the inner sizes or the leading axes differ
 */
export function matmul(a: Tensor, b: Tensor, options: MatmulOptions = {}): Tensor {
  const { transA = false, transB = false, alpha = 1 } = options;
  requireDType("matmul", a, "float32");
  requireDType("matmul", b, "float32");
  if (a.shape.length < 2 || b.shape.length < 2) {
    throw new TypeError(`Cannot matmul ${describe(a)} and ${describe(b)}: both need two axes at least`);
  }
  const [m, k] = transA ? [a.shape.at(-1)!, a.shape.at(-2)!] : [a.shape.at(-2)!, a.shape.at(-1)!];
  const [k2, n] = transB ? [b.shape.at(-1)!, b.shape.at(-2)!] : [b.shape.at(-2)!, b.shape.at(-1)!];
  const batch = broadcastShapes(a.shape.slice(0, -2), b.shape.slice(0, -2));
  if (k !== k2 || batch === undefined) {
    const why = k !== k2 ? `the inner sizes ${k} and ${k2} differ` : "the leading axes do not broadcast";
    throw new TypeError(`Cannot matmul ${describe(a)} and ${describe(b)}: ${why}`);
  }
  const plain = !transA && !transB && alpha === 1;
  return op(plain ? "MatMul" : "FusedMatMul", [a, b], {
    shape: [...batch, m, n],
    domain: plain ? "" : "com.microsoft",
    attributes: plain ? {} : { transA: Number(transA), transB: Number(transB), alpha: float(alpha) },
    gradient: (dy) => [
      sumTo(
        transA
          ? matmul(b, dy, { transA: transB, transB: true, alpha })
          : matmul(dy, b, { transB: !transB, alpha }),
        a.shape,
      ),
      gradientOfB(a, b, dy, { transA, transB, alpha }),
    ],
  });
}

/** A weight [k, n] under many rows sees them as one matrix, so that its gradient is one product and not a sum of many. */
function gradientOfB(a: Tensor, b: Tensor, dy: Tensor, { transA, transB, alpha }: MatmulOptions): Tensor {
  if (b.shape.length === 2 && a.shape.length > 2 && !transA) {
    const [rows, grads] = [flattenRows(a), flattenRows(dy)];
    return transB
      ? matmul(grads, rows, { transA: true, alpha })
      : matmul(rows, grads, { transA: true, alpha });
  }
  const db = transB
    ? matmul(dy, a, { transA: true, transB: transA, alpha })
    : matmul(a, dy, { transA: !transA, alpha });
  return sumTo(db, b.shape);
}

/** [..., d] as [rows, d]. */
function flattenRows(x: Tensor): Tensor {
  return reshape(x, [dimProduct(x.shape.slice(0, -1)), x.shape.at(-1)!]);
}
