/**
 * Files with a JSON value a line, written and read a part at a time: the examples of a large training are more text than
 * one string can hold (2^29 characters in V8).
 * @module
 */
import { writeFileAtomic } from "./files.ts";

/** Bytes that are written or read at a time, about. */
const PART = 1 << 20;

/** Writes the values, a line each, as `writeFileAtomic` writes. */
export function writeNdjson(path: string, values: Iterable<unknown>): void {
  writeFileAtomic(path, encoded(values));
}

/** The values of a file's lines, in order; an empty line is none. @throws {SyntaxError} for a line that is not JSON */
export function* readNdjson<T>(path: string): Generator<T> {
  for (const line of fileLines(path)) if (line !== "") yield JSON.parse(line) as T;
}

function* encoded(values: Iterable<unknown>): Generator<Uint8Array> {
  const encoder = new TextEncoder();
  let [lines, length] = [[] as string[], 0];
  for (const value of values) {
    const line = JSON.stringify(value) + "\n";
    lines.push(line);
    length += line.length;
    if (length < PART) continue;
    yield encoder.encode(lines.join(""));
    [lines, length] = [[], 0];
  }
  yield encoder.encode(lines.join(""));
}

function* fileLines(path: string): Generator<string> {
  using file = Deno.openSync(path);
  const decoder = new TextDecoder("utf-8", { fatal: true });
  const part = new Uint8Array(PART);
  let rest = "";
  for (let read; (read = file.readSync(part)) !== null;) {
    const lines = (rest + decoder.decode(part.subarray(0, read), { stream: true })).split("\n");
    rest = lines.pop()!;
    yield* lines;
  }
  yield rest + decoder.decode();
}
