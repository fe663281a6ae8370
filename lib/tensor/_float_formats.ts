/**
 * Decoding of the float formats found in checkpoints to float32.
 * @module
 */

/** Little-endian bytes of `dtype` as float32 values. F64 is rounded, the others are exact. */
export function decodeFloat32(
  bytes: Uint8Array<ArrayBuffer>,
  dtype: "F64" | "F32" | "F16" | "BF16",
): Float32Array<ArrayBuffer> {
  const { buffer, byteOffset, byteLength } = bytes;
  switch (dtype) {
    case "F32":
      return new Float32Array(buffer, byteOffset, byteLength / 4);
    case "F64":
      return Float32Array.from(new Float64Array(buffer, byteOffset, byteLength / 8));
    case "F16":
      return new Float32Array(new Float16Array(buffer, byteOffset, byteLength / 2));
    case "BF16":
      return decodeBfloat16(new Uint16Array(buffer, byteOffset, byteLength / 2));
  }
}

/** A bfloat16 is the upper half of a float32. */
function decodeBfloat16(halves: Uint16Array): Float32Array<ArrayBuffer> {
  const words = new Uint32Array(halves.length);
  for (let i = 0; i < halves.length; i++) words[i] = halves[i]! << 16;
  return new Float32Array(words.buffer);
}
