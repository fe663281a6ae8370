/**
 * Word vectors: words, most frequent first, and a row of numbers each. Reads the text format of word2vec and fastText
 * (`.vec`, `.txt`: a line a word, numbers separated by spaces, a first line "words size" that some files lack) the way
 * MUSE does (`src/utils.py`, read_txt_embeddings): the first 200,000 words, in lower case, the first of equal words kept.
 * @module
 */
import { UserError } from "../../errors.ts";

/** Word vectors of one language. */
export interface WordVectors {
  /** Most frequent first, all different. */
  readonly words: readonly string[];
  /** Numbers a word. */
  readonly dim: number;
  /** float32 [words, dim], row-major. */
  readonly data: Float32Array;
}

/** What of a file is read. */
export interface ReadOptions {
  /** Words at most; default 200,000 (MUSE's `max_vocab`). */
  readonly maxWords?: number;
  /** Whether words are put into lower case, of which the first counts; default true. */
  readonly lowerCase?: boolean;
}

/** What MUSE puts into a vector of zeros, which no cosine is defined for. */
const INSTEAD_OF_ZERO = 0.01;
const CHUNK = 1 << 20;

/**
 * Reads word vectors from a text file, line by line.
 * @throws {UserError} naming file and line for a line that is no word with numbers, another number of numbers than the
 * first, a file that is not UTF-8, and one with fewer words than its first line says
 */
export function readWordVectors(path: string, options: ReadOptions = {}): WordVectors {
  const { maxWords = 200_000, lowerCase = true } = options;
  const words: string[] = [];
  const known = new Set<string>();
  const rows: Float32Array[] = [];
  let dim = 0;
  let announced = 0;
  let line = 0;
  for (const text of lines(path)) {
    line++;
    const header = line === 1 ? /^(\d+) (\d+)\s*$/.exec(text) : null;
    if (header !== null) {
      [announced, dim] = [Number(header[1]), Number(header[2])];
      continue;
    }
    const row = parseRow(path, line, text, dim);
    dim = row.values.length;
    const word = lowerCase ? row.word.toLowerCase() : row.word;
    if (known.has(word)) continue;
    known.add(word);
    words.push(word);
    rows.push(row.values);
    if (words.length === maxWords) break;
  }
  if (words.length === 0) throw new UserError(`Cannot read "${path}": it has no word vectors`);
  const read = line - (announced > 0 ? 1 : 0);
  if (words.length < maxWords && read < announced) {
    throw new UserError(
      `Cannot read "${path}": it has ${read} words, its first line says ${announced}; get it again`,
    );
  }
  const data = new Float32Array(words.length * dim);
  rows.forEach((row, i) => data.set(row, i * dim));
  return { words, dim, data };
}

function parseRow(
  path: string,
  line: number,
  text: string,
  dim: number,
): { word: string; values: Float32Array } {
  // Only the plain space separates: fastText's words may hold any other white space.
  const [word, ...fields] = text.replace(/[ \r]+$/, "").split(" ");
  const values = Float32Array.from(fields, Number);
  if (word === "" || values.length === 0 || fields.includes("") || values.some((x) => !Number.isFinite(x))) {
    throw new UserError(`Cannot read "${path}": line ${line} is not a word and its numbers`);
  }
  if (dim !== 0 && values.length !== dim) {
    throw new UserError(`Cannot read "${path}": line ${line} has ${values.length} numbers, expected ${dim}`);
  }
  if (values.every((x) => x === 0)) values[0] = INSTEAD_OF_ZERO;
  return { word, values };
}

/** Lines of a file that may be larger than memory. */
function* lines(path: string): Generator<string> {
  const file = open(path);
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let rest = "";
  let count = 0;
  try {
    const chunk = new Uint8Array(CHUNK);
    for (let size = file.readSync(chunk); size !== null; size = file.readSync(chunk)) {
      const parts = (rest + decode(chunk.subarray(0, size), true)).split("\n");
      rest = parts.pop()!;
      for (const part of parts) {
        count++;
        yield part;
      }
    }
    rest += decode(new Uint8Array(), false);
    if (rest !== "") yield rest;
  } finally {
    file.close();
  }

  function decode(bytes: Uint8Array, stream: boolean): string {
    try {
      return decoder.decode(bytes, { stream });
    } catch (error) {
      throw new UserError(`Cannot read "${path}": it is not UTF-8 after line ${count}; get it again`, {
        cause: error,
      });
    }
  }
}

function open(path: string): Deno.FsFile {
  try {
    return Deno.openSync(path);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    throw new UserError(`Cannot read word vectors: there is no file "${path}"`);
  }
}

/** How MUSE may prepare vectors (`--normalize_embeddings`): as they are, of length 1, or centred and then of length 1. */
export const NORMALIZATIONS = ["none", "renorm", "center,renorm"] as const;
export type Normalization = typeof NORMALIZATIONS[number];

/** A prepared copy of the vectors. */
export function prepare(vectors: WordVectors, how: Normalization): WordVectors {
  if (how === "none") return vectors;
  const { dim } = vectors;
  const data = how === "renorm" ? vectors.data : centered(vectors.data, dim);
  return { ...vectors, data: unitRows(data, dim) };
}

/** Rows of length 1: float32 [rows, dim]; a row of zeros stays. */
export function unitRows(data: Float32Array, dim: number): Float32Array {
  const out = new Float32Array(data.length);
  for (let at = 0; at < data.length; at += dim) {
    let squares = 0;
    for (let i = at; i < at + dim; i++) squares += data[i] * data[i];
    const scale = squares === 0 ? 0 : 1 / Math.sqrt(squares);
    for (let i = at; i < at + dim; i++) out[i] = data[i] * scale;
  }
  return out;
}

function centered(data: Float32Array, dim: number): Float32Array {
  const mean = new Float64Array(dim);
  const rows = data.length / dim;
  for (let i = 0; i < data.length; i++) mean[i % dim] += data[i] / rows;
  return data.map((x, i) => x - mean[i % dim]);
}

/** Some rows of the data, in the order of `ids`: float32 [ids, dim]. */
export function rowsOf(data: Float32Array, dim: number, ids: ArrayLike<number>): Float32Array {
  const out = new Float32Array(ids.length * dim);
  for (let i = 0; i < ids.length; i++) {
    out.set(data.subarray(ids[i] * dim, (ids[i] + 1) * dim), i * dim);
  }
  return out;
}
