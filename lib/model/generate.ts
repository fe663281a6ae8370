/**
 * Batched greedy decoding with a key-value cache: ragged prompts given as ids or as embeddings, stop tokens, a maximum
 * length. Sequences that are finished leave the batch.
 * @module
 */
import { UserError } from "../errors.ts";
import {
  compile,
  type CompileOptions,
  type Feeds,
  float32,
  float32Data,
  int32,
  int32Data,
  type Session,
} from "../tensor/mod.ts";
import { decodeGraph, prefillGraph } from "./decode_graphs.ts";
import { emptyCache, type KvCache, select, store } from "./kv_cache.ts";
import { HIDDEN } from "./llama.ts";
import { eosTokenIds } from "./llama_config.ts";
import type { LlamaModel } from "./llama_model.ts";
import { type EmbedPrompts, type IdPrompts, promptBatch } from "./prompts.ts";

/** When to stop. */
export interface GenerateOptions {
  /** New tokens at most (at least 1); fewer where the positions of the model end. */
  readonly maxNewTokens: number;
  /** Ids that end a sequence; default `eos_token_id` of the configuration. */
  readonly stopIds?: readonly number[];
}

/** One continuation. */
export interface Generated {
  /** The new ids, without the stop token. */
  readonly ids: readonly number[];
  readonly finish_reason: "stop" | "length";
}

/** A model ready to generate. */
export interface Generator {
  /**
   * Continues every prompt by the most likely token until it stops; results in the order of the prompts.
   * @throws {UserError} for a prompt that cannot be read (see `promptBatch`), or a `maxNewTokens` below 1
   */
  generate(prompts: IdPrompts | EmbedPrompts, options: GenerateOptions): Promise<Generated[]>;
  /** Frees the native sessions. */
  dispose(): Promise<void>;
}

/** Up to so many bytes, weights are built into the decode graph, where they are packed once; protobuf ends at 2 GiB. */
const MAX_BUILT_IN_BYTES = 1e9;

/** The batch is made smaller when no more than this part of its sequences is still running. */
const SHRINK_AT = 0.75;

/** Prepares a model for generation; graphs are compiled when they are first used. */
export function createGenerator(
  model: LlamaModel,
  options: Pick<CompileOptions, "device" | "threads" | "profile"> = {},
): Generator {
  const { config, weights } = model;
  const sessions = new Map<string, Promise<Session>>();
  const builtIn = Object.values(weights).reduce((sum, { size }) => sum + size * 4, 0) <= MAX_BUILT_IN_BYTES;

  function session(kind: "ids" | "inputs_embeds" | "decode"): Promise<Session> {
    const known = sessions.get(kind);
    if (known !== undefined) return known;
    const opening = kind === "decode"
      ? compile(decodeGraph(config), builtIn ? { ...options, weights: dataOf(weights) } : options)
      : compile(prefillGraph(config, kind), options);
    sessions.set(kind, opening);
    return opening;
  }

  /** The weights that a session wants fed: those that are in its graph and not built in. */
  function weightsOf({ inputs }: Session): Feeds {
    return Object.fromEntries(Object.entries(weights).filter(([name]) => inputs.has(name)));
  }

  async function generate(prompts: IdPrompts | EmbedPrompts, request: GenerateOptions): Promise<Generated[]> {
    const batch = promptBatch(prompts, config);
    const sequences = batch.lengths.map((length) => startSequence(length, request, model));
    const prefillSession = await session(batch.kind);
    const prefill = await prefillSession.run({ ...weightsOf(prefillSession), ...batch.feeds });
    let cache = emptyCache(config, sequences.length, Math.max(...batch.lengths) + 1);
    store(config, cache, prefill, batch.placeOf);
    accept(sequences, int32Data(prefill.next_ids));

    const decode = await session("decode");
    const always = weightsOf(decode);
    let rows = sequences;
    let step: Step | undefined;
    while (rows.some((row) => row.finish_reason === undefined)) {
      const places = Math.max(...rows.map((row) => row.position)) + 1;
      const running = rows.filter((row) => row.finish_reason === undefined);
      if (places > cache.capacity || running.length <= SHRINK_AT * rows.length) {
        cache = select(config, cache, running.map((row) => rows.indexOf(row)), places);
        rows = running;
        step = undefined;
      }
      step = nextStep(step, rows, cache);
      const results = await decode.run({ ...always, ...step.feeds, ...cache.feeds });
      store(config, cache, results, (row) => rows[row].finish_reason === undefined ? rows[row].position : -1);
      for (const row of running) row.position++;
      accept(rows, int32Data(results.next_ids));
    }
    return sequences.map(({ ids, finish_reason }) => ({ ids, finish_reason: finish_reason! }));
  }

  async function dispose(): Promise<void> {
    for (const opening of sessions.values()) await (await opening).dispose();
    sessions.clear();
  }
  return { generate, dispose };
}

/** A sequence that is being continued. */
interface Sequence {
  readonly ids: number[];
  /** Tokens read so far: the position of the token to read next, which is the last of `ids`. */
  position: number;
  readonly maxNewTokens: number;
  readonly stopIds: ReadonlySet<number>;
  finish_reason?: "stop" | "length";
}

function startSequence(length: number, options: GenerateOptions, { config }: LlamaModel): Sequence {
  const { maxNewTokens, stopIds = eosTokenIds(config) } = options;
  if (!Number.isInteger(maxNewTokens) || maxNewTokens < 1) {
    throw new UserError(`Cannot generate ${maxNewTokens} tokens: give a whole number from 1 on`);
  }
  const room = config.max_position_embeddings - length;
  return { ids: [], position: length, maxNewTokens: Math.min(maxNewTokens, room), stopIds: new Set(stopIds) };
}

/** Takes the next id of every sequence that still runs. */
function accept(rows: readonly Sequence[], nextIds: Int32Array): void {
  rows.forEach((row, i) => {
    if (row.finish_reason !== undefined) return;
    if (row.stopIds.has(nextIds[i])) row.finish_reason = "stop";
    else {
      row.ids.push(nextIds[i]);
      if (row.ids.length === row.maxNewTokens) row.finish_reason = "length";
    }
  });
}

/** The feeds of a decode step that change with the step; their memory is used again as long as the batch stays. */
interface Step {
  readonly feeds: Feeds;
}

function nextStep(last: Step | undefined, rows: readonly Sequence[], cache: KvCache): Step {
  const step = last ?? firstStep(rows, cache);
  const [ids, positions] = [step.feeds.ids, step.feeds.position_ids].map(int32Data);
  const mask = float32Data(step.feeds.mask);
  rows.forEach((row, i) => {
    // A finished sequence reads nothing new: its results are not used, and it must not move past its places.
    if (row.finish_reason !== undefined) return;
    ids[i] = row.ids[row.ids.length - 1];
    positions[i] = row.position;
    if (row.position > 0) mask[i * (cache.capacity + 1) + row.position - 1] = 0;
  });
  return step;
}

function firstStep(rows: readonly Sequence[], { capacity }: KvCache): Step {
  const mask = new Float32Array(rows.length * (capacity + 1)).fill(HIDDEN);
  rows.forEach((row, i) => {
    const start = i * (capacity + 1);
    mask.fill(0, start, start + row.position);
    mask[start + capacity] = 0;
  });
  const shape = [rows.length, 1];
  return {
    feeds: {
      ids: int32(new Int32Array(rows.length), shape),
      position_ids: int32(new Int32Array(rows.length), shape),
      mask: float32(mask, [rows.length, 1, 1, capacity + 1]),
    },
  };
}

function dataOf(weights: LlamaModel["weights"]): Record<string, Float32Array> {
  return Object.fromEntries(Object.entries(weights).map(([name, value]) => [name, float32Data(value)]));
}
