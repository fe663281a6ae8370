/**
 * The key-value cache of a batch that is being decoded. Token p of a sequence stands at place p. The graphs write into
 * this memory; here it is allocated, made larger, and closed up when sequences leave the batch.
 * @module
 */
import { float32, float32Data, int32, int32Data, type Value } from "../../tensor/mod.ts";
import { cachedSize } from "./_wide_heads.ts";
import { pastName, presentName } from "./decode_graphs.ts";
import type { LlamaConfig } from "./config.ts";

/** Keys and values of `rows` sequences, `capacity` places each. */
export interface KvCache {
  readonly rows: number;
  readonly capacity: number;
  /** float32 [rows, kv_heads, capacity, head_size] by layer: keys, values. */
  readonly layers: readonly (readonly [Value, Value])[];
}

/**
 * A cache for `rows` sequences of `capacity` tokens. Its content is not defined: no place is read before it is written.
 * The memory of `last`, a cache that is no longer used, is taken where it is large enough.
 */
export function allocateCache(config: LlamaConfig, rows: number, capacity: number, last?: KvCache): KvCache {
  const { num_key_value_heads, num_hidden_layers } = config;
  const head_size = cachedSize(config.head_dim);
  const shape = [rows, num_key_value_heads, capacity, head_size];
  const size = rows * num_key_value_heads * capacity * head_size;
  const block = (layer: number, which: 0 | 1) => {
    const old = last?.layers[layer]?.[which];
    const memory = old === undefined ? undefined : new Float32Array(float32Data(old).buffer as ArrayBuffer);
    return float32(
      memory !== undefined && memory.length >= size ? memory.subarray(0, size) : new Float32Array(size),
      shape,
    );
  };
  const layers = Array.from({ length: num_hidden_layers }, (_, i) => [block(i, 0), block(i, 1)] as const);
  return { rows, capacity, layers };
}

/** The cache as feeds of the decode graphs, and as the memory of what they return. */
export function cacheFeeds(
  { layers }: KvCache,
): { past: Record<string, Value>; present: Record<string, Value> } {
  const named = (name: typeof pastName) =>
    Object.fromEntries(
      layers.flatMap(([key, value], i) => [[name(i, "key"), key], [name(i, "value"), value]]),
    );
  return { past: named(pastName), present: named(presentName) };
}

/** Closes up to the given rows, in rising order, within the same memory. `cache` must not be used any more. */
export function keepRows(config: LlamaConfig, cache: KvCache, rows: readonly number[]): KvCache {
  const { num_key_value_heads } = config;
  const head_size = cachedSize(config.head_dim);
  const size = num_key_value_heads * cache.capacity * head_size;
  for (const data of cache.layers.flat().map(float32Data)) {
    rows.forEach((row, i) => data.copyWithin(i * size, row * size, (row + 1) * size));
  }
  return allocateCache(config, rows.length, cache.capacity, cache);
}

/** A larger copy. */
export function grow(config: LlamaConfig, cache: KvCache, capacity: number): KvCache {
  const larger = allocateCache(config, cache.rows, capacity);
  const { num_key_value_heads } = config;
  const head_size = cachedSize(config.head_dim);
  cache.layers.flat().forEach((value, n) => {
    const [from, to] = [float32Data(value), float32Data(larger.layers.flat()[n]!)];
    for (let head = 0; head < cache.rows * num_key_value_heads; head++) {
      const start = head * cache.capacity * head_size;
      to.set(from.subarray(start, start + cache.capacity * head_size), head * capacity * head_size);
    }
  });
  return larger;
}

/** The cache that a graph has returned, where it could not write in place; the memory of `cache` is freed. */
export function replaceCache(cache: KvCache, results: Readonly<Record<string, Value>>): KvCache {
  disposeCache(cache);
  const layers = cache.layers.map((_, i) =>
    [results[presentName(i, "key")]!, results[presentName(i, "value")]!] as const
  );
  return { ...cache, layers };
}

/** Frees memory on a device at once; waiting for the garbage collector would fill the device. */
export function disposeCache({ layers }: KvCache): void {
  for (const value of layers.flat()) value.dispose();
}

/** These rows along the first axis. */
export function takeRows(value: Value, rows: readonly number[]): Value {
  const [count, ...rest] = value.dims;
  const take = <T extends Float32Array | Int32Array>(data: T, into: T): T => {
    const size = data.length / count!;
    rows.forEach((row, i) => into.set(data.subarray(row * size, (row + 1) * size), i * size));
    return into;
  };
  const dims = [rows.length, ...rest];
  const size = dims.reduce((product, dim) => product * dim, 1);
  return value.type === "float32"
    ? float32(take(float32Data(value), new Float32Array(size)), dims)
    : int32(take(int32Data(value), new Int32Array(size)), dims);
}
