/**
 * Word vectors: words, most frequent first, and a row of numbers each. Reads the text format of word2vec and fastText
 * (`.vec`, `.txt`: a line a word, numbers separated by spaces, a first line "words size" that some files lack) the way
 * MUSE does (`src/utils.py`, read_txt_embeddings): the first 200,000 words, in lower case, the first of equal words kept,
 * damaged lines skipped with a warning.
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
  /** Told in one sentence of lines that were skipped. */
  readonly notice?: (message: string) => void;
}

/** Word vectors of a file. */
export interface FileVectors extends WordVectors {
  /** Lines that are no word and its numbers, or have another number of numbers than the others. */
  readonly skipped: number;
}

/** What MUSE puts into a vector of zeros, which no cosine is defined for. */
const INSTEAD_OF_ZERO = 0.01;
const CHUNK = 1 << 20;
const LINE_FEED = 10;

/**
 * Reads word vectors from a text file, line by line. A line that is damaged is skipped and counted, as MUSE does; so is
 * one with a NaN or an infinity, which would spoil every mean, and one that is not UTF-8, of which MUSE drops bytes.
 * @throws {UserError} for a file without word vectors, and one with fewer lines than its first one says
 */
export function readWordVectors(path: string, options: ReadOptions = {}): FileVectors {
  const { maxWords = 200_000, lowerCase = true, notice = () => {} } = options;
  const words: string[] = [];
  const known = new Set<string>();
  const rows: Float32Array[] = [];
  const damaged: number[] = [];
  let dim = 0;
  let announced = 0;
  let line = 0;
  for (const content of lines(path)) {
    line++;
    const text = line === 1 ? content?.replace(/^\uFEFF/, "") : content;
    const header = line === 1 ? /^\s*(\d+)\s+(\d+)\s*$/.exec(text ?? "") : null;
    if (header !== null) {
      [announced, dim] = [Number(header[1]), Number(header[2])];
      continue;
    }
    const row = text === undefined ? undefined : parseRow(text);
    const word = lowerCase ? row?.word.toLowerCase() : row?.word;
    if (word !== undefined && known.has(word)) continue;
    if (row === undefined || word === undefined || (dim !== 0 && row.values.length !== dim)) {
      damaged.push(line);
      continue;
    }
    dim = row.values.length;
    known.add(word);
    words.push(word);
    rows.push(row.values);
    if (words.length === maxWords) break;
  }
  const lost = `${damaged.length} ${damaged.length === 1 ? "line that is" : "lines that are"} no word and ${
    dim === 0 ? "its" : dim
  } numbers, the first line ${damaged[0]}`;
  if (words.length === 0) {
    throw new UserError(
      `Cannot read "${path}": it has no word vectors${damaged.length > 0 ? `, but ${lost}` : ""}`,
    );
  }
  const read = line - (announced > 0 ? 1 : 0);
  if (words.length < maxWords && read < announced) {
    throw new UserError(
      `Cannot read "${path}": it has ${read} words, its first line says ${announced}; get it again`,
    );
  }
  if (damaged.length > 0) notice(`Skipped in "${path}": ${lost}`);
  const data = new Float32Array(words.length * dim);
  rows.forEach((row, i) => data.set(row, i * dim));
  return { words, dim, data, skipped: damaged.length };
}

/** A word, one plain space (fastText's words may hold any other white space), and numbers with any white space between. */
function parseRow(text: string): { word: string; values: Float32Array } | undefined {
  const at = text.indexOf(" ");
  const fields = text.slice(at + 1).trim().split(/\s+/);
  if (at < 0 || !fields.every((field) => NUMBER.test(field))) return undefined;
  const values = Float32Array.from(fields, Number);
  if (!values.every(Number.isFinite)) return undefined;
  if (values.every((x) => x === 0)) values[0] = INSTEAD_OF_ZERO;
  return { word: text.slice(0, at), values };
}

/** Not all that `Number` takes: "0x1f" and "" are no numbers of such a file. */
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;

/** Lines of a file that may be larger than memory; undefined for one that is not UTF-8. */
function* lines(path: string): Generator<string | undefined> {
  using file = open(path);
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  const chunk = new Uint8Array(CHUNK);
  let rest = new Uint8Array();
  for (let size = file.readSync(chunk); size !== null; size = file.readSync(chunk)) {
    const bytes = new Uint8Array(rest.length + size);
    bytes.set(rest);
    bytes.set(chunk.subarray(0, size), rest.length);
    let start = 0;
    for (let end = bytes.indexOf(LINE_FEED); end >= 0; end = bytes.indexOf(LINE_FEED, start)) {
      yield decoded(bytes.subarray(start, end));
      start = end + 1;
    }
    rest = bytes.slice(start);
  }
  if (rest.length > 0) yield decoded(rest);

  function decoded(bytes: Uint8Array): string | undefined {
    try {
      return decoder.decode(bytes);
    } catch {
      return undefined;
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
    for (let i = at; i < at + dim; i++) squares += data[i]! * data[i]!;
    const scale = squares === 0 ? 0 : 1 / Math.sqrt(squares);
    for (let i = at; i < at + dim; i++) out[i] = data[i]! * scale;
  }
  return out;
}

function centered(data: Float32Array, dim: number): Float32Array {
  const mean = new Float64Array(dim);
  const rows = data.length / dim;
  for (let i = 0; i < data.length; i++) mean[i % dim]! += data[i]! / rows;
  return data.map((x, i) => x - mean[i % dim]!);
}

/** Some rows of the data, in the order of `ids`: float32 [ids, dim]. */
export function rowsOf(data: Float32Array, dim: number, ids: ArrayLike<number>): Float32Array {
  const out = new Float32Array(ids.length * dim);
  for (let i = 0; i < ids.length; i++) {
    out.set(data.subarray(ids[i]! * dim, (ids[i]! + 1) * dim), i * dim);
  }
  return out;
}
