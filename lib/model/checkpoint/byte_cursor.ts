/**
 * Little-endian numbers and texts of a file in order, of which it holds only a part at a time.
 * @module
 */
import { UserError } from "../../errors.ts";

/** Read at once; a text may be longer. */
const CHUNK = 1 << 20;

/** Reads a file from its beginning on. Every method throws a `UserError` where the file ends too early. */
export class ByteCursor implements Disposable {
  /** Bytes that the file has. */
  readonly size: number;
  /** Where the next byte is. */
  at = 0;
  readonly #file: Deno.FsFile;
  #chunk: DataView<ArrayBuffer> = new DataView(new ArrayBuffer(0));
  #chunkStart = 0;

  /** @throws {UserError} when there is no such file */
  constructor(readonly path: string) {
    this.#file = openFile(path);
    const { size, isFile } = this.#file.statSync();
    this.size = size;
    if (!isFile) {
      this.#file.close();
      this.damaged("it is no file");
    }
  }

  u8 = (): number => this.#take(1, (view, at) => view.getUint8(at));
  i8 = (): number => this.#take(1, (view, at) => view.getInt8(at));
  u16 = (): number => this.#take(2, (view, at) => view.getUint16(at, true));
  i16 = (): number => this.#take(2, (view, at) => view.getInt16(at, true));
  u32 = (): number => this.#take(4, (view, at) => view.getUint32(at, true));
  i32 = (): number => this.#take(4, (view, at) => view.getInt32(at, true));
  f32 = (): number => this.#take(4, (view, at) => view.getFloat32(at, true));
  f64 = (): number => this.#take(8, (view, at) => view.getFloat64(at, true));
  u64 = (): number => this.#exact(this.#take(8, (view, at) => view.getBigUint64(at, true)));
  i64 = (): number => this.#exact(this.#take(8, (view, at) => view.getBigInt64(at, true)));

  /** The next bytes, a copy. */
  bytes(length: number): Uint8Array<ArrayBuffer> {
    return this.#take(
      length,
      ({ buffer, byteOffset }, at) => new Uint8Array(buffer.slice(byteOffset + at, byteOffset + at + length)),
    );
  }

  /** The next bytes as UTF-8. */
  text(length: number): string {
    try {
      return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(this.bytes(length));
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
      return this.damaged(`the ${length} bytes before ${this.at} are no UTF-8`);
    }
  }

  /** @throws {UserError} always */
  damaged(why: string): never {
    throw new UserError(`Cannot read "${this.path}": ${why}; it is damaged or another kind of file`);
  }

  [Symbol.dispose](): void {
    this.#file.close();
  }

  #take<T>(length: number, read: (view: DataView<ArrayBuffer>, at: number) => T): T {
    if (this.at + length > this.size) {
      throw new UserError(
        `Cannot read "${this.path}": it ends at byte ${this.size}, expected ${length} more at ${this.at}; the file is truncated`,
      );
    }
    if (this.at + length > this.#chunkStart + this.#chunk.byteLength) {
      const end = Math.min(this.size, this.at + Math.max(length, CHUNK));
      this.#chunk = new DataView(readFrom(this.#file, this.at, end, this.path).buffer);
      this.#chunkStart = this.at;
    }
    const value = read(this.#chunk, this.at - this.#chunkStart);
    this.at += length;
    return value;
  }

  #exact(value: bigint): number {
    const number = Number(value);
    return Number.isSafeInteger(number) ? number : this.damaged(`the number ${value} is too large`);
  }
}

/** The bytes from `start` to `end` of a file. @throws {UserError} when it ends before */
export function readBytes(path: string, start: number, end: number): Uint8Array<ArrayBuffer> {
  using file = openFile(path);
  return readFrom(file, start, end, path);
}

function openFile(path: string): Deno.FsFile {
  try {
    return Deno.openSync(path);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    throw new UserError(`Cannot read "${path}": there is no such file`, { cause: error });
  }
}

function readFrom(file: Deno.FsFile, start: number, end: number, path: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(end - start);
  file.seekSync(start, Deno.SeekMode.Start);
  for (let at = 0; at < bytes.length;) {
    const n = file.readSync(bytes.subarray(at));
    if (n === null) throw new UserError(`Cannot read "${path}": it ended early`);
    at += n;
  }
  return bytes;
}
