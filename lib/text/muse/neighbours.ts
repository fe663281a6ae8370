/**
 * Exact nearest neighbours by dot product, in blocks: of queries times keys only one block of scores is in memory, so
 * that 200,000 x 200,000 words of 300 numbers need little more than the vectors themselves. Products run on the engine,
 * the best of each row are picked here. What FAISS's flat index does for MUSE (`src/utils.py`, get_nn_avg_dist).
 * @module
 */
import { compile, type Device, float32, input, matmul } from "../../tensor/mod.ts";

/** The best keys of every query, best first; of equal scores the lower key first. */
export interface Neighbours {
  readonly k: number;
  /** int32 [queries, k] */
  readonly ids: Int32Array;
  /** float32 [queries, k] */
  readonly scores: Float32Array;
}

/** Where and how the search runs; results do not depend on `queryBlock` and `keyBlock`. */
export interface SearchOptions {
  readonly device?: Device;
  readonly threads?: number | undefined;
  /** Default 1024 queries. */
  readonly queryBlock?: number | undefined;
  /** Default 16,384 keys: with the default queries, 64 MiB of scores. */
  readonly keyBlock?: number | undefined;
}

/** What is asked of a search. */
export interface Search {
  /** float32 [queries, dim] and [keys, dim] */
  readonly queries: Float32Array;
  readonly keys: Float32Array;
  readonly dim: number;
  /** Neighbours a query, at most the number of keys. */
  readonly k: number;
  /** The score is scale * dot product - penalty of the key; default scale 1, no penalty. */
  readonly scale?: number;
  readonly penalty?: Float32Array | undefined;
}

/**
 * The k keys with the highest score for every query.
 * @throws {RangeError} when there are fewer than k keys or the sizes do not fit
 */
export async function nearest(search: Search, options: SearchOptions = {}): Promise<Neighbours> {
  const { queries, keys, dim, k, scale = 1, penalty } = search;
  const { device = "cpu", threads, queryBlock = 1024, keyBlock = 16_384 } = options;
  const [rows, columns] = [queries.length / dim, keys.length / dim];
  if (!Number.isInteger(rows) || !Number.isInteger(columns)) {
    throw new RangeError(`Cannot search: vectors are not a multiple of ${dim} numbers`);
  }
  if (!(k >= 1 && k <= columns)) throw new RangeError(`Cannot find ${k} neighbours among ${columns} words`);
  if (penalty !== undefined && penalty.length !== columns) {
    throw new RangeError(`Cannot search: ${penalty.length} penalties for ${columns} words`);
  }
  const out = {
    k,
    ids: new Int32Array(rows * k),
    scores: new Float32Array(rows * k).fill(-Infinity),
  };
  const scores = matmul(input("queries", ["Q", dim]), input("keys", ["K", dim]), {
    transB: true,
    alpha: scale,
  });
  const session = await compile({ scores }, { device, threads });
  const memory = new Float32Array(Math.min(queryBlock, rows) * Math.min(keyBlock, columns));
  try {
    for (let row = 0; row < rows; row += queryBlock) {
      const q = Math.min(queryBlock, rows - row);
      const block = float32(queries.subarray(row * dim, (row + q) * dim), [q, dim]);
      for (let column = 0; column < columns; column += keyBlock) {
        const n = Math.min(keyBlock, columns - column);
        const feeds = {
          queries: block,
          keys: float32(keys.subarray(column * dim, (column + n) * dim), [n, dim]),
        };
        // On cpu the scores of every block lie in the same memory; other devices hand out their own.
        const into = device === "cpu" ? { scores: float32(memory.subarray(0, q * n), [q, n]) } : undefined;
        const result = await session.run(feeds, into);
        keepBest(out, result.scores!.data as Float32Array, { row, rows: q, column, columns: n }, penalty);
      }
    }
  } finally {
    await session.dispose();
  }
  return out;
}

/** Merges a block of scores into the best so far; blocks come in order of their keys, so equal scores keep that order. */
function keepBest(
  { k, ids, scores }: Neighbours,
  block: Float32Array,
  { row, rows, column, columns }: { row: number; rows: number; column: number; columns: number },
  penalty: Float32Array | undefined,
): void {
  for (let i = 0; i < rows; i++) {
    const first = (row + i) * k;
    const last = first + k - 1;
    let worst = scores[last]!;
    for (let j = 0, at = i * columns; j < columns; j++, at++) {
      const score = penalty === undefined ? block[at]! : Math.fround(block[at]! - penalty[column + j]!);
      if (!(score > worst)) continue;
      let place = last;
      for (; place > first && scores[place - 1]! < score; place--) {
        scores[place] = scores[place - 1]!;
        ids[place] = ids[place - 1]!;
      }
      scores[place] = score;
      ids[place] = column + j;
      worst = scores[last]!;
    }
  }
}

/** Mean score of each query's k neighbours: float32 [queries]. MUSE's get_nn_avg_dist. */
export async function meanScores(search: Search, options: SearchOptions = {}): Promise<Float32Array> {
  const { k, scores } = await nearest(search, options);
  return Float32Array.from({ length: scores.length / k }, (_, i) => {
    let sum = 0;
    for (let at = i * k; at < (i + 1) * k; at++) sum += scores[at]!;
    return sum / k;
  });
}
