/**
 * Some rows of a matrix: the positions whose logits a loss needs.
 * @module
 */
import { atLeast } from "../../checked.ts";
import { describe, op, requireDType, sizes, type Tensor, withGradient } from "../tensor.ts";
import { cast } from "./cast.ts";
import { full, iota } from "./fill.ts";
import { concat } from "./shape.ts";

/**
 * The rows of `x` at `rows`, in any order, none twice (which the caller sees to: the graph cannot tell). Because no row
 * comes twice the gradient is a selection too, from the gradient that comes in with a row of zeros at its end, and needs
 * no scatter of rows, which is slow on cpu.
 * @param x float32 [R, d]
 * @param rows int32 [N], each from 0 to R - 1
 * @returns float32 [N, d]
 */
export function selectRows(x: Tensor, rows: Tensor): Tensor {
  requireDType("select rows of", x, "float32");
  requireDType("select rows by", rows, "int32");
  if (x.shape.length !== 2 || rows.shape.length !== 1) {
    throw new TypeError(`Cannot select rows of ${describe(x)} by ${describe(rows)}`);
  }
  const [count, width] = atLeast(x.shape, 2);
  const take = (from: Tensor, index: Tensor) =>
    op("Gather", [from, index], { shape: [...index.shape, width], attributes: { axis: 0 } });
  return withGradient("selectRows", [x], take(x, rows), (dy) => {
    const zeroRow = full([1, width], 0);
    return [take(concat([dy, zeroRow], 0), whereSelected(rows, count))];
  });
}

/** int32 [count]: where each row is in `rows`, or the length of `rows` where it is not. */
function whereSelected(rows: Tensor, count: Tensor["shape"][number]): Tensor {
  const selected = rows.shape[0]!;
  const none = op("Expand", [cast(sizes([selected]), "int32"), sizes([count])], {
    shape: [count],
    dtype: "int32",
  });
  return op("ScatterElements", [none, rows, iota(selected)], {
    shape: [count],
    dtype: "int32",
    attributes: { axis: 0 },
  });
}
