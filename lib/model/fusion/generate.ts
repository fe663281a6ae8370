/**
 * Greedy decoding with a cache for a Llama with a second attention, on the processor: what the encoder says becomes keys and
 * values once a question and not again at every token. Sequences that are finished leave the batch.
 * @module
 */
import { atLeast } from "../../checked.ts";
import {
  compile,
  type CompileOptions,
  type Feeds,
  float32,
  float32Data,
  int32,
  int32Data,
  type Session,
  type Value,
} from "../../tensor/mod.ts";
import { presentName } from "../llama/decode_graphs.ts";
import { allocateCache, cacheFeeds, keepRows } from "../llama/kv_cache.ts";
import type { LlamaModel } from "../llama/model.ts";
import { type EmbedPrompts, promptBatch } from "../llama/prompts.ts";
import { parameterFeeds } from "../parameters.ts";
import { llamaParameterShapes } from "../llama/config.ts";
import { fusedDecodeGraph, keyValueGraph } from "./decode_graphs.ts";
import type { FusionModel } from "./file.ts";
import { fusionParameterShapes } from "./layer.ts";

/** Prompts, and the encoder's states below the last of the same texts. */
export interface FusedPrompts extends EmbedPrompts {
  /** float32 [B, S, encoder_layers * d_enc] */
  readonly layer_states: Value;
  /** int32 [B, S], 1 for a token of the encoder and 0 for padding. */
  readonly encoder_attention_mask: Value;
}

/** A model ready to generate. */
export interface FusedGenerator {
  /**
   * Continues every prompt by the likeliest token until it stops; new ids without the stop token.
   * @throws {UserError} for a prompt that cannot be read (see `promptBatch`)
   */
  generate(
    prompts: FusedPrompts,
    options: { readonly maxNewTokens: number; readonly stopIds: readonly number[] },
  ): Promise<number[][]>;
  dispose(): Promise<void>;
}

/** Up to so many bytes, weights are built into the decode graph, which packs them once. */
const MAX_BUILT_IN_BYTES = 2.5e8;

/** The batch is made smaller when no more than this part of its sequences is still running. */
const SHRINK_AT = 0.75;

/** A sequence that is being continued. */
interface Row {
  readonly ids: number[];
  /** The position of the token to read next. */
  position: number;
  readonly most: number;
  isDone: boolean;
}

/** Prepares a model for generation. */
export async function createFusedGenerator(
  model: LlamaModel,
  fusion: FusionModel,
  options: Pick<CompileOptions, "threads">,
): Promise<FusedGenerator> {
  const { config } = model;
  const layers = Array.from({ length: config.num_hidden_layers }, (_, i) => i);
  const parameters = {
    ...parameterFeeds(llamaParameterShapes(config), model.weights),
    ...parameterFeeds(fusionParameterShapes(fusion.config), fusion.weights),
  };
  const weights = { ...model.weights, ...fusion.weights };
  const bytes = Object.values(weights).reduce((sum, { byteLength }) => sum + byteLength, 0);
  const keepOnDevice = layers.flatMap((i) => [presentName(i, "key"), presentName(i, "value")]);
  const [once, prefill, decode] = atLeast(
    await Promise.all([
      compile(keyValueGraph(config, fusion.config), options),
      compile(fusedDecodeGraph(config, fusion.config, "prompt_embeds"), { ...options, keepOnDevice }),
      compile(fusedDecodeGraph(config, fusion.config, "token"), {
        ...options,
        ...(bytes <= MAX_BUILT_IN_BYTES ? { weights } : {}),
        keepOnDevice,
      }),
    ]),
    3,
  );
  const run = ({ inputs, run }: Session, feeds: Feeds, into?: Feeds) => {
    const own = Object.entries(parameters).filter(([name]) => inputs.has(name));
    return run({ ...Object.fromEntries(own), ...feeds }, into);
  };

  return {
    async generate({ layer_states, encoder_attention_mask, ...prompts }, { maxNewTokens, stopIds }) {
      const batch = promptBatch(prompts, config);
      const sequences: Row[] = batch.lengths.map((length) => ({
        ids: [],
        position: length,
        most: Math.min(maxNewTokens, config.max_position_embeddings - length),
        isDone: false,
      }));
      const places = Math.max(...sequences.map(({ position, most }) => position + most));
      let cache = allocateCache(config, sequences.length, places);
      let second: Feeds = { ...await run(once, { layer_states }), encoder_attention_mask };
      let rows: readonly Row[] = sequences;

      async function step(session: Session, feeds: Feeds, last: readonly number[]): Promise<void> {
        const { past, present } = cacheFeeds(cache);
        const ends = {
          last_places: int32(last, [last.length]),
          total_length: int32([Math.max(...last) + 1], []),
        };
        const { next_ids } = await run(session, { ...feeds, ...second, ...past, ...ends }, present);
        int32Data(next_ids!).forEach((id, i) => accept(rows[i]!, id, stopIds));
      }
      const longest = Math.max(...batch.lengths);
      const from0 = rows.flatMap(() => [...Array(longest).keys()]);
      await step(
        prefill,
        { ...batch.feeds, position_ids: int32(from0, [rows.length, longest]) },
        batch.lengths.map((length) => length - 1),
      );
      for (;;) {
        const running = rows.filter(({ isDone }) => !isDone);
        if (running.length === 0) break;
        if (running.length <= SHRINK_AT * rows.length) {
          const kept = running.map((row) => rows.indexOf(row));
          cache = keepRows(config, cache, kept);
          second = Object.fromEntries(
            Object.entries(second).map(([name, value]) => [name, takeRows(value, kept)]),
          );
          rows = running;
        }
        // A finished sequence that is still in the batch reads a token once more; nothing looks at the result.
        const ids = int32(rows.map(({ ids }) => ids.at(-1) ?? 0), [rows.length, 1]);
        const positions = rows.map(({ position }) => Math.min(position, places - 1));
        for (const row of running) row.position++;
        await step(decode, { ids, position_ids: int32(positions, [rows.length, 1]) }, positions);
      }
      return sequences.map(({ ids }) => ids);
    },
    async dispose() {
      for (const session of [once, prefill, decode]) await session.dispose();
    },
  };
}

/** Takes the next id of a sequence that still runs. */
function accept(row: Row, id: number, stopIds: readonly number[]): void {
  if (row.isDone) return;
  if (stopIds.includes(id)) row.isDone = true;
  else {
    row.ids.push(id);
    row.isDone = row.ids.length === row.most;
  }
}

/** These rows along the first axis. */
function takeRows(value: Value, rows: readonly number[]): Value {
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
