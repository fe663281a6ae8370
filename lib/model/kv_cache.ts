/**
 * The key-value cache of a batch that is being decoded: plain memory, fed to the decode graph without a copy. Place and
 * position are the same thing: token p of a sequence stands at place p, whatever padding its prompt had.
 * @module
 */
import { float32, float32Data, type Value } from "../tensor/mod.ts";
import { pastKey, pastValue, presentKey, presentValue } from "./decode_graphs.ts";
import type { LlamaConfig } from "./llama_config.ts";

/** Places are allocated in steps of this many: fewer waste less arithmetic on hidden places, more copy less often. */
const PLACES = 64;

/** Keys and values of `rows` sequences. */
export interface KvCache {
  readonly rows: number;
  /** Places allocated for each sequence. */
  readonly capacity: number;
  /** `past_key_values.*` for the decode graph: keys [rows, kv_heads, head_dim, capacity], values with the last two swapped. */
  readonly feeds: Readonly<Record<string, Value>>;
}

/** A cache of zeros with at least `places` places. */
export function emptyCache(config: LlamaConfig, rows: number, places: number): KvCache {
  const { num_key_value_heads: kvHeads, head_dim } = config;
  const capacity = Math.max(1, Math.ceil(places / PLACES)) * PLACES;
  const feeds: Record<string, Value> = {};
  for (let layer = 0; layer < config.num_hidden_layers; layer++) {
    const block = () => new Float32Array(rows * kvHeads * capacity * head_dim);
    feeds[pastKey(layer)] = float32(block(), [rows, kvHeads, head_dim, capacity]);
    feeds[pastValue(layer)] = float32(block(), [rows, kvHeads, capacity, head_dim]);
  }
  return { rows, capacity, feeds };
}

/**
 * Writes new keys and values into the cache.
 * @param present `present.*` of a graph, each [rows, kv_heads, T, head_dim]
 * @param placeOf where token t of row r goes; negative for padding, which goes nowhere
 */
export function store(
  config: LlamaConfig,
  cache: KvCache,
  present: Readonly<Record<string, Value>>,
  placeOf: (row: number, t: number) => number,
): void {
  const { num_key_value_heads: kvHeads, head_dim: size, num_hidden_layers } = config;
  const { capacity, rows } = cache;
  const length = present[presentKey(0)].dims[2];
  const places = Array.from({ length: rows * length }, (_, i) => placeOf(Math.floor(i / length), i % length));
  for (let layer = 0; layer < num_hidden_layers; layer++) {
    const [newKeys, newValues] = [presentKey(layer), presentValue(layer)].map((name) =>
      float32Data(present[name])
    );
    const [keys, values] = [pastKey(layer), pastValue(layer)].map((name) => float32Data(cache.feeds[name]));
    // Plain loops: at a few dozen numbers a copy they are several times faster than subarray() and set().
    for (let row = 0; row < rows; row++) {
      for (let t = 0; t < length; t++) {
        const place = places[row * length + t];
        if (place < 0) continue;
        for (let head = row * kvHeads; head < (row + 1) * kvHeads; head++) {
          const from = (head * length + t) * size;
          const key = head * size * capacity + place;
          const value = (head * capacity + place) * size;
          for (let i = 0; i < size; i++) {
            keys[key + i * capacity] = newKeys[from + i];
            values[value + i] = newValues[from + i];
          }
        }
      }
    }
  }
}

/** A copy with only the given rows, in that order, and at least `places` places. */
export function select(
  config: LlamaConfig,
  cache: KvCache,
  rows: readonly number[],
  places: number,
): KvCache {
  const { num_key_value_heads: kvHeads, head_dim: size } = config;
  const copy = emptyCache(config, rows.length, places);
  const kept = Math.min(cache.capacity, copy.capacity);
  for (const [name, value] of Object.entries(cache.feeds)) {
    const [from, to] = [float32Data(value), float32Data(copy.feeds[name])];
    const transposed = value.dims[2] === size && name.endsWith("key");
    rows.forEach((row, r) => {
      for (let head = 0; head < kvHeads; head++) {
        const [source, target] = [row * kvHeads + head, r * kvHeads + head];
        if (transposed) {
          for (let i = 0; i < size; i++) {
            const start = (source * size + i) * cache.capacity;
            to.set(from.subarray(start, start + kept), (target * size + i) * copy.capacity);
          }
        } else {
          const start = source * cache.capacity * size;
          to.set(from.subarray(start, start + kept * size), target * copy.capacity * size);
        }
      }
    });
  }
  return copy;
}
