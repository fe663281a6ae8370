/**
 * Weights as llama.cpp stores them: plain floats, or blocks of 32 values that share a scale (`ggml-common.h`). Values are
 * computed in float32 and equal those of its Python package `gguf` bit by bit.
 * @module
 */
import { UserError } from "../../errors.ts";
import { decodeFloat32 } from "../../tensor/_float_formats.ts";

/** Values in a block. */
const BLOCK = 32;

/** What is read here: bytes that `per` values take. */
const FORMATS = {
  F32: { bytes: 4, per: 1 },
  F16: { bytes: 2, per: 1 },
  BF16: { bytes: 2, per: 1 },
  Q8_0: { bytes: 34, per: BLOCK },
  Q4_0: { bytes: 18, per: BLOCK },
  Q4_1: { bytes: 20, per: BLOCK },
} as const;
/** A format that is read. */
export type WeightFormat = keyof typeof FORMATS;
export const WEIGHT_FORMATS: readonly string[] = Object.keys(FORMATS);

/** Whether weights of this format are read. */
export function isWeightFormat(name: string): name is WeightFormat {
  return Object.hasOwn(FORMATS, name);
}

/** Bytes that `count` values take. @throws {UserError} when they do not fill whole blocks; `what` names them */
export function weightBytes(format: WeightFormat, count: number, what: string): number {
  const { bytes, per } = FORMATS[format];
  if (count % per !== 0) {
    throw new UserError(`Cannot read ${what}: its ${count} values do not fill ${format} blocks of ${per}`);
  }
  return count / per * bytes;
}

/** @param raw whole blocks, little-endian @returns the values in order */
export function decodeWeights(format: WeightFormat, raw: Uint8Array<ArrayBuffer>): Float32Array<ArrayBuffer> {
  switch (format) {
    case "F32":
    case "F16":
    case "BF16":
      // Copied where the bytes do not lie as the typed arrays want them.
      return decodeFloat32(raw.byteOffset % 4 === 0 ? raw : raw.slice(), format);
    case "Q8_0":
      return blocks(raw, format, ({ view, at }, out) => {
        const scale = view.getFloat16(at, true);
        for (let i = 0; i < BLOCK; i++) out[i] = view.getInt8(at + 2 + i) * scale;
      });
    case "Q4_0":
      return blocks(raw, format, ({ view, at }, out) => {
        const scale = view.getFloat16(at, true);
        eachNibble(view, at + 2, (value, i) => out[i] = (value - 8) * scale);
      });
    case "Q4_1":
      return blocks(raw, format, ({ view, at }, out) => {
        const [scale, least] = [view.getFloat16(at, true), view.getFloat16(at + 2, true)];
        // The product is exact in float32, and the sum in float64, so that storing it rounds once, as ggml does.
        eachNibble(view, at + 4, (value, i) => out[i] = value * scale + least);
      });
  }
}

interface Block {
  readonly view: DataView;
  readonly at: number;
}

function blocks(
  raw: Uint8Array<ArrayBuffer>,
  format: WeightFormat,
  decode: (block: Block, out: Float32Array<ArrayBuffer>) => void,
): Float32Array<ArrayBuffer> {
  const { bytes } = FORMATS[format];
  const view = new DataView(raw.buffer, raw.byteOffset, raw.byteLength);
  const values = new Float32Array(raw.byteLength / bytes * BLOCK);
  for (let at = 0, to = 0; at < raw.byteLength; at += bytes, to += BLOCK) {
    decode({ view, at }, values.subarray(to, to + BLOCK));
  }
  return values;
}

/** The 32 four-bit values of 16 bytes: the low halves first, then the high ones. */
function eachNibble(view: DataView, at: number, take: (value: number, i: number) => void): void {
  for (let i = 0; i < BLOCK / 2; i++) {
    const byte = view.getUint8(at + i);
    take(byte & 15, i);
    take(byte >> 4, i + BLOCK / 2);
  }
}
