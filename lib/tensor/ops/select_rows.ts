/**
 * Some rows of a matrix: the positions whose logits a loss needs.
 * @module
 */
import { describe, op, requireDType, type Tensor, withGradient } from "../tensor.ts";
import { full } from "./fill.ts";
import { concat } from "./shape.ts";

/**
 * The rows of `x` at `rows`, each at most once, in any order. Because no row comes twice the gradient is a selection
 * too, and needs no scatter, which is slow on cpu: row r of it is row `inverse[r]` of the gradient that comes in, with
 * a row of zeros at its end. `rowSelection` makes both index lists.
 * @param x float32 [R, d]
 * @param rows int32 [N]
 * @param inverse int32 [R]: where row r is in `rows`, or N where it is not
 * @returns float32 [N, d]
 */
export function selectRows(x: Tensor, rows: Tensor, inverse: Tensor): Tensor {
  requireDType("select rows of", x, "float32");
  for (const index of [rows, inverse]) requireDType("select rows by", index, "int32");
  const [count, width] = x.shape;
  const fits = x.shape.length === 2 && rows.shape.length === 1 && inverse.shape.join() === `${count}`;
  if (!fits) {
    throw new TypeError(`Cannot select rows of ${describe(x)} by ${describe(rows)} and ${describe(inverse)}`);
  }
  const take = (from: Tensor, index: Tensor) =>
    op("Gather", [from, index], { shape: [...index.shape, width], attributes: { axis: 0 } });
  return withGradient(
    "selectRows",
    [x],
    take(x, rows),
    (dy) => [take(concat([dy, full([1, width], 0)], 0), inverse)],
  );
}

/**
 * The index lists of `selectRows` for a matrix of `count` rows.
 * @throws {TypeError} for a row that is not there or comes twice
 */
export function rowSelection(
  rows: readonly number[],
  count: number,
): { rows: Int32Array<ArrayBuffer>; inverse: Int32Array<ArrayBuffer> } {
  const inverse = new Int32Array(count).fill(rows.length);
  rows.forEach((row, i) => {
    if (inverse[row] !== rows.length) {
      throw new TypeError(`Cannot select row ${row} of ${count}: it is none or comes twice`);
    }
    inverse[row] = i;
  });
  return { rows: Int32Array.from(rows), inverse };
}
