/**
 * GGUF, llama.cpp's file of a model: metadata, names and places of tensors, tensors. Read-only; opening reads the header,
 * a tensor is read when it is asked for. Format: https://github.com/ggml-org/ggml/blob/master/docs/gguf.md
 * @module
 */
import { didYouMean, UserError } from "../../errors.ts";
import { decodeWeights, isWeightFormat, WEIGHT_FORMATS, weightBytes, type WeightFormat } from "./blocks.ts";
import { ByteCursor, readBytes } from "./byte_cursor.ts";

/** A value of the metadata; 64-bit integers are numbers, checked to be exact. */
export type GgufValue = number | boolean | string | readonly GgufValue[];

/** What the header says of one tensor. */
export interface GgufTensor {
  readonly name: string;
  readonly format: WeightFormat;
  /** Row-major, as PyTorch has it: the file lists the fastest dimension first. */
  readonly shape: readonly number[];
  /** Byte offsets in the file. */
  readonly start: number;
  readonly end: number;
}

/** An open file. */
export interface Gguf {
  readonly path: string;
  readonly metadata: ReadonlyMap<string, GgufValue>;
  readonly tensors: ReadonlyMap<string, GgufTensor>;
  /** One tensor as float32, row-major, read now. @throws {UserError} for an unknown name */
  float32(name: string): Float32Array<ArrayBuffer>;
}

const MAGIC = "GGUF";
const VERSIONS: readonly number[] = [2, 3];
const DEFAULT_ALIGNMENT = 32;
/** More dimensions than any tensor has, and more entries than any header: another file, or a damaged one. */
const MOST_DIMS = 8;
const MOST_ENTRIES = 10_000_000;
/** Lists in lists; llama.cpp writes none. */
const MOST_LEVELS = 4;

/** Names of the formats by number (`ggml.h`); those that are not read are refused by name. */
const TYPES: Readonly<Record<number, string>> = {
  0: "F32",
  1: "F16",
  2: "Q4_0",
  3: "Q4_1",
  6: "Q5_0",
  7: "Q5_1",
  8: "Q8_0",
  9: "Q8_1",
  10: "Q2_K",
  11: "Q3_K",
  12: "Q4_K",
  13: "Q5_K",
  14: "Q6_K",
  15: "Q8_K",
  16: "IQ2_XXS",
  17: "IQ2_XS",
  18: "IQ3_XXS",
  19: "IQ1_S",
  20: "IQ4_NL",
  21: "IQ3_S",
  22: "IQ2_S",
  23: "IQ4_XS",
  24: "I8",
  25: "I16",
  26: "I32",
  27: "I64",
  28: "F64",
  29: "IQ1_M",
  30: "BF16",
  34: "TQ1_0",
  35: "TQ2_0",
  39: "MXFP4",
};

/**
 * Opens a file and checks its header against its size.
 * @throws {UserError} naming the file, and the tensor where one is at fault; of formats that are not read, the format
 */
export function openGguf(path: string): Gguf {
  using cursor = new ByteCursor(path);
  if (cursor.text(4) !== MAGIC) throw new UserError(`Cannot read "${path}": it does not begin with ${MAGIC}`);
  const version = cursor.u32();
  if (!VERSIONS.includes(version)) {
    throw new UserError(
      `Cannot read "${path}": GGUF version ${version}; versions ${VERSIONS.join(" and ")} are read`,
    );
  }
  const [tensorCount, keyCount] = [countOf(cursor), countOf(cursor)];
  const metadata = new Map<string, GgufValue>();
  for (let i = 0; i < keyCount; i++) {
    const key = textOf(cursor);
    if (metadata.has(key)) cursor.damaged(`its metadata has "${key}" twice`);
    metadata.set(key, valueOf(cursor, cursor.u32()));
  }
  const heads = Array.from({ length: tensorCount }, () => headOf(cursor));
  const names = new Set<string>();
  for (const { name } of heads) {
    if (names.has(name)) cursor.damaged(`it has tensor "${name}" twice`);
    names.add(name);
  }
  const alignment = metadata.get("general.alignment") ?? DEFAULT_ALIGNMENT;
  if (typeof alignment !== "number" || !(alignment > 0)) {
    throw new UserError(`Cannot read "${path}": its general.alignment is ${JSON.stringify(alignment)}`);
  }
  const dataStart = Math.ceil(cursor.at / alignment) * alignment;
  const tensors = new Map(
    heads.map((head) => [head.name, tensorOf(head, { path, dataStart, size: cursor.size })]),
  );

  function float32(name: string): Float32Array<ArrayBuffer> {
    const tensor = tensors.get(name);
    if (tensor === undefined) {
      throw new UserError(
        `Cannot find tensor "${name}" in "${path}": ${didYouMean(name, [...tensors.keys()])}`,
      );
    }
    return decodeWeights(tensor.format, readBytes(path, tensor.start, tensor.end));
  }
  return { path, metadata, tensors, float32 };
}

interface Head {
  readonly name: string;
  readonly shape: readonly number[];
  readonly type: number;
  readonly offset: number;
}

function headOf(cursor: ByteCursor): Head {
  const name = textOf(cursor);
  const dims = cursor.u32();
  if (dims > MOST_DIMS) cursor.damaged(`tensor "${name}" has ${dims} dimensions`);
  const shape = Array.from({ length: dims }, () => cursor.u64()).reverse();
  return { name, shape, type: cursor.u32(), offset: cursor.u64() };
}

function tensorOf(
  { name, shape, type, offset }: Head,
  { path, dataStart, size }: { readonly path: string; readonly dataStart: number; readonly size: number },
): GgufTensor {
  const what = `tensor "${name}" of "${path}"`;
  const format = TYPES[type] ?? `number ${type}`;
  if (!isWeightFormat(format)) {
    throw new UserError(
      `Cannot read ${what}: its format is ${format}; read are ${WEIGHT_FORMATS.join(", ")}`,
    );
  }
  // Rows are whole blocks, so that a tensor is.
  weightBytes(format, shape.at(-1) ?? 1, what);
  const start = dataStart + offset;
  const end = start + weightBytes(format, shape.reduce((count, dim) => count * dim, 1), what);
  if (end > size) {
    throw new UserError(
      `Cannot read ${what}: it ends at byte ${end} and the file has ${size}; the file is truncated`,
    );
  }
  return { name, format, shape, start, end };
}

function countOf(cursor: ByteCursor): number {
  const count = cursor.u64();
  // An entry has a byte at least, so that nothing is set aside for more than the file can hold.
  if (count > Math.min(MOST_ENTRIES, cursor.size - cursor.at)) cursor.damaged(`it claims ${count} entries`);
  return count;
}

function textOf(cursor: ByteCursor): string {
  return cursor.text(cursor.u64());
}

/**
 * @param type number of a metadata value's type, as the format lists them
 * @param level of lists that it stands in
 */
function valueOf(cursor: ByteCursor, type: number, level = 0): GgufValue {
  switch (type) {
    case 0:
      return cursor.u8();
    case 1:
      return cursor.i8();
    case 2:
      return cursor.u16();
    case 3:
      return cursor.i16();
    case 4:
      return cursor.u32();
    case 5:
      return cursor.i32();
    case 6:
      return cursor.f32();
    case 7:
      return cursor.u8() !== 0;
    case 8:
      return textOf(cursor);
    case 9: {
      if (level === MOST_LEVELS) cursor.damaged(`its metadata has lists of more than ${MOST_LEVELS} levels`);
      const item = cursor.u32();
      return Array.from({ length: countOf(cursor) }, () => valueOf(cursor, item, level + 1));
    }
    case 10:
      return cursor.u64();
    case 11:
      return cursor.i64();
    case 12:
      return cursor.f64();
    default:
      return cursor.damaged(`its metadata has a value of type ${type}`);
  }
}
