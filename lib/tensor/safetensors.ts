/**
 * The safetensors format: eight bytes of header length, a JSON header, raw little-endian tensors. The reader parses
 * the header only and reads one tensor at a time, so that memory stays near the size of what is used; the writer
 * streams. Format: https://github.com/huggingface/safetensors#format (npm has no maintained implementation).
 * @module
 */
import { hasAtLeast } from "../checked.ts";
import { UserError } from "../errors.ts";
import { writeFileAtomic } from "../files.ts";
import { decodeFloat32 } from "./_float_formats.ts";

/** Bytes per element of every dtype that is read and written here. */
const DTYPE_BYTES = {
  F64: 8,
  F32: 4,
  F16: 2,
  BF16: 2,
  I64: 8,
  I32: 4,
  I16: 2,
  I8: 1,
  U8: 1,
  BOOL: 1,
} as const;

/** A safetensors dtype. */
export type SafetensorsDType = keyof typeof DTYPE_BYTES;

/** What the header says of one tensor; `start` and `end` are byte offsets in the file. */
export interface SafetensorsEntry {
  readonly name: string;
  readonly dtype: SafetensorsDType;
  readonly shape: readonly number[];
  readonly start: number;
  readonly end: number;
}

/** An open file: the header is in memory, the tensors stay on disk until they are read. */
export interface Safetensors {
  readonly path: string;
  /** The `__metadata__` map; empty when there is none. */
  readonly metadata: Readonly<Record<string, string>>;
  readonly entries: ReadonlyMap<string, SafetensorsEntry>;
  /** The raw bytes of one tensor, row-major, little-endian. @throws {UserError} for an unknown name. */
  bytes(name: string): Uint8Array<ArrayBuffer>;
  /** One F32, F16, BF16 or F64 tensor as float32, row-major. @throws {UserError} for an unknown name or an integer dtype. */
  float32(name: string): Float32Array<ArrayBuffer>;
}

/** One tensor to write. `data` may be a function, called when its turn comes, so that tensors can be made one by one. */
export interface SafetensorsInput {
  readonly name: string;
  readonly dtype: SafetensorsDType;
  readonly shape: readonly number[];
  readonly data: ArrayBufferView | (() => ArrayBufferView);
}

/** The header limit of the reference implementation (100 MB); a larger length means that this is another format. */
const MAX_HEADER_BYTES = 100_000_000;

/**
 * Opens `path` and checks its header against the file: dtypes, shapes, byte ranges (in bounds, without overlap or gap).
 * What the reference implementation refuses is refused; of a name that comes twice the last entry counts, as there.
 * @throws {UserError} naming the file, and the tensor where one is at fault.
 */
export function openSafetensors(path: string): Safetensors {
  const { header, dataStart, fileSize } = readHeader(path);
  const metadata = checkMetadata(path, header.__metadata__ ?? {});
  const entries = new Map<string, SafetensorsEntry>();
  for (const [name, value] of Object.entries(header)) {
    if (name !== "__metadata__") entries.set(name, checkEntry(path, name, value, dataStart, fileSize));
  }
  checkLayout(path, [...entries.values()], dataStart, fileSize);

  function entryOf(name: string): SafetensorsEntry {
    const entry = entries.get(name);
    if (entry === undefined) {
      throw new UserError(`Cannot read tensor "${name}": "${path}" does not contain it`);
    }
    return entry;
  }
  function bytes(name: string): Uint8Array<ArrayBuffer> {
    const { start, end } = entryOf(name);
    return readRange(path, name, start, end);
  }
  function float32(name: string): Float32Array<ArrayBuffer> {
    const { dtype } = entryOf(name);
    if (dtype !== "F32" && dtype !== "F16" && dtype !== "BF16" && dtype !== "F64") {
      throw new UserError(`Cannot read tensor "${name}" of "${path}" as float32: its dtype is ${dtype}`);
    }
    return decodeFloat32(bytes(name), dtype);
  }
  return { path, metadata, entries, bytes, float32 };
}

/**
 * Writes tensors atomically in the order given; the same input gives the same bytes.
 * @throws {UserError} when a name comes twice, or a tensor's data does not have the size that its shape says.
 */
export function writeSafetensors(
  path: string,
  tensors: readonly SafetensorsInput[],
  metadata: Readonly<Record<string, string>> = {},
): void {
  // Without a prototype, so that "constructor" and "__proto__" are names like any other.
  const header: Record<string, unknown> = Object.create(null);
  if (Object.keys(metadata).length > 0) header.__metadata__ = metadata;
  let at = 0;
  for (const { name, dtype, shape } of tensors) {
    if (name in header || name === "__metadata__") {
      throw new UserError(`Cannot write "${path}": the tensor name "${name}" comes twice or is reserved`);
    }
    const size = byteSize(dtype, shape);
    header[name] = { dtype, shape, data_offsets: [at, at + size] };
    at += size;
  }
  writeFileAtomic(path, encodeFile(path, header, tensors));
}

function* encodeFile(
  path: string,
  header: Record<string, unknown>,
  tensors: readonly SafetensorsInput[],
): Generator<Uint8Array> {
  const json = new TextEncoder().encode(JSON.stringify(header));
  // Padded with spaces so that the data begins at a multiple of eight bytes, as the reference implementation does.
  const length = Math.ceil(json.length / 8) * 8;
  const head = new Uint8Array(8 + length).fill(0x20);
  new DataView(head.buffer).setBigUint64(0, BigInt(length), true);
  head.set(json, 8);
  yield head;
  for (const { name, dtype, shape, data } of tensors) {
    const view = typeof data === "function" ? data() : data;
    const expected = byteSize(dtype, shape);
    if (view.byteLength !== expected) {
      throw new UserError(
        `Cannot write tensor "${name}" to "${path}": ${dtype} [${shape}] takes ${expected} bytes, the data has ${view.byteLength}`,
      );
    }
    yield new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
  }
}

function byteSize(dtype: SafetensorsDType, shape: readonly number[]): number {
  return shape.reduce((size, dim) => size * dim, 1) * DTYPE_BYTES[dtype];
}

function readHeader(path: string): { header: Record<string, unknown>; dataStart: number; fileSize: number } {
  let fileSize: number;
  try {
    fileSize = Deno.statSync(path).size;
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    throw new UserError(`Cannot read "${path}": there is no such file`, { cause: error });
  }
  if (fileSize < 8) throw new UserError(`Cannot read "${path}": ${fileSize} bytes are no safetensors file`);
  const lengthBytes = readRange(path, "header", 0, 8);
  const length = Number(new DataView(lengthBytes.buffer).getBigUint64(0, true));
  if (length > MAX_HEADER_BYTES || 8 + length > fileSize) {
    throw new UserError(
      `Cannot read "${path}": its header claims ${length} bytes and the file has ${fileSize}; it is truncated or not safetensors`,
    );
  }
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true })
      .decode(readRange(path, "header", 8, 8 + length));
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new UserError(`Cannot read "${path}": its header is not UTF-8`, { cause: error });
  }
  let header: unknown;
  try {
    header = JSON.parse(text);
  } catch (error) {
    throw new UserError(`Cannot read "${path}": its header is not JSON`, { cause: error });
  }
  if (header === null || typeof header !== "object" || Array.isArray(header)) {
    throw new UserError(`Cannot read "${path}": its header is not a JSON object`);
  }
  return { header: header as Record<string, unknown>, dataStart: 8 + length, fileSize };
}

/** The format allows strings only. */
function checkMetadata(path: string, metadata: unknown): Readonly<Record<string, string>> {
  const fault = (what: string) =>
    new UserError(`Cannot read "${path}": ${what}, the format wants a map of strings`);
  if (typeof metadata !== "object" || Array.isArray(metadata)) {
    throw fault(`its __metadata__ is ${JSON.stringify(metadata)}`);
  }
  const stray = Object.entries(metadata!).find(([, value]) => typeof value !== "string");
  if (stray !== undefined) throw fault(`its __metadata__ "${stray[0]}" is ${JSON.stringify(stray[1])}`);
  return metadata as Record<string, string>;
}

function checkEntry(
  path: string,
  name: string,
  value: unknown,
  dataStart: number,
  fileSize: number,
): SafetensorsEntry {
  const fault = (why: string) =>
    new UserError(`Cannot read tensor ${JSON.stringify(name)} of "${path}": ${why}`);
  // A lone surrogate can be written in JSON, but not as UTF-8.
  if (!name.isWellFormed()) throw fault("its name is not Unicode");
  const { dtype, shape, data_offsets: offsets } = (value ?? {}) as Record<string, unknown>;
  if (typeof dtype !== "string" || !Object.hasOwn(DTYPE_BYTES, dtype)) {
    throw fault(`dtype ${JSON.stringify(dtype)} is none of ${Object.keys(DTYPE_BYTES).join(", ")}`);
  }
  if (!isCounts(shape)) throw fault(`shape ${JSON.stringify(shape)} is no list of sizes`);
  if (!isCounts(offsets) || !hasAtLeast(offsets, 2) || offsets.length > 2) {
    throw fault(`data_offsets ${JSON.stringify(offsets)} are no pair`);
  }
  const start = dataStart + offsets[0], end = dataStart + offsets[1];
  if (end < start) throw fault("it ends before it starts");
  if (end > fileSize) {
    throw fault(`it ends at byte ${end} and the file has ${fileSize}; the file is truncated`);
  }
  const expected = byteSize(dtype as SafetensorsDType, shape);
  if (end - start !== expected) {
    throw fault(`${dtype} [${shape}] takes ${expected} bytes, its range has ${end - start}`);
  }
  return { name, dtype: dtype as SafetensorsDType, shape, start, end };
}

function isCounts(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((n) => Number.isSafeInteger(n) && n >= 0);
}

/** The format wants every byte of the data to belong to exactly one tensor, so that nothing can hide in a file. */
function checkLayout(
  path: string,
  entries: readonly SafetensorsEntry[],
  dataStart: number,
  fileSize: number,
): void {
  let at = dataStart;
  for (const { name, start, end } of [...entries].sort((a, b) => a.start - b.start || a.end - b.end)) {
    if (start !== at) {
      const what = start < at ? "it overlaps the tensor before it" : "there is a gap before it";
      throw new UserError(`Cannot read tensor ${JSON.stringify(name)} of "${path}": ${what}`);
    }
    at = end;
  }
  if (at !== fileSize) {
    throw new UserError(
      `Cannot read "${path}": ${fileSize - at} bytes after the last tensor belong to nothing`,
    );
  }
}

function readRange(path: string, what: string, start: number, end: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(end - start);
  using file = Deno.openSync(path, { read: true });
  file.seekSync(start, Deno.SeekMode.Start);
  for (let at = 0; at < bytes.length;) {
    const n = file.readSync(bytes.subarray(at));
    if (n === null) throw new UserError(`Cannot read "${what}" of "${path}": the file ended early`);
    at += n;
  }
  return bytes;
}
