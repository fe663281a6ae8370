/**
 * Rows by index: embeddings.
 * @module
 */
import { atLeast } from "../../checked.ts";
import { dimProduct, type Shape } from "../dims.ts";
import { constant, describe, op, requireDType, sizes, type Tensor } from "../tensor.ts";
import { equal } from "./compare.ts";
import { cast } from "./cast.ts";
import { expand } from "./broadcast.ts";
import { reshape } from "./shape.ts";
import { full, iota } from "./fill.ts";
import { matmul } from "./matmul.ts";
import { sumRowsById } from "./_sum_rows.ts";

/** Up to so many rows a product with one-hot rows is as fast as sorting. */
const FEW_ROWS = 256;
/** Up to so many rows it is faster than ScatterElements, where the ids have no sequences to sort by (measured). */
const ONE_HOT_ROWS = 4096;

/**
 * The rows of `table` at `ids`: table [rows, ...rest], ids int32 [...] -> [..., ...rest]. Ids outside 0 ... rows - 1 end
 * the run with an error. The gradient adds up where an id comes more than once, in a fixed order.
 */
export function gather(table: Tensor, ids: Tensor): Tensor {
  requireDType("gather by", ids, "int32", "int64");
  const [rows, ...rest] = table.shape;
  if (typeof rows !== "number" || rest.some((dim) => typeof dim !== "number")) {
    throw new TypeError(`Cannot gather from ${describe(table)}: its sizes must be numbers`);
  }
  return op("Gather", [table, ids], {
    shape: [...ids.shape, ...rest],
    dtype: table.dtype,
    attributes: { axis: 0 },
    gradient: (dy) => [scatterRows(dy, ids, [rows, ...rest])],
  });
}

/**
 * Sums the rows of `updates` that have the same id. Not ScatterND with reduction=add: on cpu that is a data race for
 * repeated ids (ONNX Runtime 1.30), with wrong sums that differ from run to run.
 */
function scatterRows(updates: Tensor, ids: Tensor, shape: Shape): Tensor {
  const [rows, ...rest] = atLeast(shape, 1);
  const [count, width] = [dimProduct(ids.shape), dimProduct(rest)];
  const flat = reshape(updates, [count, width]);
  const column = reshape(ids, [count, 1]);
  if (ids.shape.length > 1 && (rows as number) > FEW_ROWS) {
    return reshape(sumRowsById(flat, cast(ids, "int32"), rows as number), shape);
  }
  if ((rows as number) <= ONE_HOT_ROWS) {
    const oneHot = cast(equal(column, cast(reshape(iota(rows), [1, rows]), ids.dtype)), "float32");
    return reshape(matmul(oneHot, flat, { transA: true }), shape);
  }
  const zeros = full([rows, width], 0);
  const summed = op("ScatterElements", [zeros, expand(column, [count, width]), flat], {
    shape: [rows, width],
    attributes: { axis: 0, reduction: "add" },
  });
  return reshape(summed, shape);
}

/** One element of the last axis for each index: x [..., n], ids int32 [...] -> [...]. */
export function gatherLast(x: Tensor, ids: Tensor): Tensor {
  requireDType("gather by", ids, "int32", "int64");
  if (x.shape.slice(0, -1).join() !== ids.shape.join()) {
    throw new TypeError(
      `Cannot gather from ${describe(x)} by ${describe(ids)}: all axes but the last must agree`,
    );
  }
  const column = reshape(ids, [...ids.shape, 1]);
  const picked = op("GatherElements", [x, column], {
    shape: [...ids.shape, 1],
    dtype: x.dtype,
    attributes: { axis: -1 },
    gradient: (dy) => {
      const zero = constant(new Float32Array(1), []);
      const zeros = op("Expand", [zero, sizes(x.shape)], { shape: x.shape });
      const attributes = { axis: -1, reduction: "add" };
      return [op("ScatterElements", [zeros, column, dy], { shape: x.shape, attributes })];
    },
  });
  return reshape(picked, ids.shape);
}
