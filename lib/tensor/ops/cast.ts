/**
 * Changing the dtype, and cutting the gradient.
 * @module
 */
import { type DType, op, type Tensor, withGradient } from "../tensor.ts";

/** ONNX's numbers of the dtypes (TensorProto.DataType). */
export const ONNX_DTYPE: Readonly<Record<DType, number>> = {
  float32: 1,
  int32: 6,
  int64: 7,
  bool: 9,
  uint32: 12,
};

/** `x` in another dtype; no gradient passes. */
export function cast(x: Tensor, dtype: DType): Tensor {
  if (x.dtype === dtype) return x;
  return op("Cast", [x], { shape: x.shape, dtype, attributes: { to: ONNX_DTYPE[dtype] } });
}

/** `x`, taken as a constant by `grad`. */
export function stopGradient(x: Tensor): Tensor {
  return withGradient("stopGradient", [], x, () => []);
}
