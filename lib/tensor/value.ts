/**
 * Values that are fed to a session and come out of it: ONNX Runtime tensors, row-major.
 * @module
 */
import { Tensor as OrtTensor } from "onnxruntime-common";

import type { DType } from "./tensor.ts";

/** A tensor with data: `data` (typed array), `dims`, `type`. */
export type Value = OrtTensor;

/** A float32 value over the given memory (no copy); numbers are copied. @throws {Error} when the sizes disagree. */
export function float32(data: Float32Array | readonly number[], shape: readonly number[]): Value {
  return new OrtTensor("float32", data instanceof Float32Array ? data : Float32Array.from(data), shape);
}

/** An int32 value over the given memory (no copy); numbers are copied. @throws {Error} when the sizes disagree. */
export function int32(data: Int32Array | readonly number[], shape: readonly number[]): Value {
  return new OrtTensor("int32", data instanceof Int32Array ? data : Int32Array.from(data), shape);
}

/** The float32 data of a value. @throws {TypeError} for another dtype. */
export function float32Data(value: Value): Float32Array {
  if (!(value.data instanceof Float32Array)) throw new TypeError(`Cannot read ${value.type} data as float32`);
  return value.data;
}

/** The int32 data of a value. @throws {TypeError} for another dtype. */
export function int32Data(value: Value): Int32Array {
  if (!(value.data instanceof Int32Array)) throw new TypeError(`Cannot read ${value.type} data as int32`);
  return value.data;
}

/** A value of zeros (false for bool). */
export function zeroValue(dtype: DType, shape: readonly number[]): Value {
  const size = shape.reduce((a, b) => a * b, 1);
  switch (dtype) {
    case "float32":
      return new OrtTensor(dtype, new Float32Array(size), shape);
    case "int32":
      return new OrtTensor(dtype, new Int32Array(size), shape);
    case "int64":
      return new OrtTensor(dtype, new BigInt64Array(size), shape);
    case "uint32":
      return new OrtTensor(dtype, new Uint32Array(size), shape);
    case "bool":
      return new OrtTensor(dtype, new Uint8Array(size), shape);
  }
}
