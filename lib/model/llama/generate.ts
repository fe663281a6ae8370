/**
 * Batched decoding with a key-value cache, greedy or by sampling: ragged prompts given as ids or as embeddings, stop
 * tokens, a maximum length. Sequences that are finished leave the batch.
 * @module
 */
import { UserError } from "../../errors.ts";
import {
  compile,
  type CompileOptions,
  type Feeds,
  float32,
  int32,
  int32Data,
  type Session,
} from "../../tensor/mod.ts";
import type { Stream } from "../../random.ts";
import { type Choice, decodeGraph, type DecodeInput, presentName } from "./decode_graphs.ts";
import {
  allocateCache,
  cacheFeeds,
  disposeCache,
  grow,
  keepRows,
  type KvCache,
  replaceCache,
  takeRows,
} from "./kv_cache.ts";
import { parameterFeeds, type ParameterShapes, type Weights } from "../parameters.ts";
import { eosTokenIds } from "./config.ts";
import type { Around } from "./graph.ts";
import { llamaFeeds, type LlamaModel } from "./model.ts";
import { type EmbedPrompts, type IdPrompts, promptBatch } from "./prompts.ts";

/** When to stop. */
export interface GenerateOptions {
  /** New tokens at most (at least 1); fewer where the positions of the model end. */
  readonly maxNewTokens: number;
  /** Ids that end a sequence; default `eos_token_id` of the configuration. */
  readonly stopIds?: readonly number[];
  /** Default: greedy. */
  readonly sampling?: Sampling;
}

/** Every next token is drawn from softmax(logits / temperature). */
export interface Sampling {
  /** Above 0. */
  readonly temperature: number;
  /** One a prompt, so that what is drawn does not depend on the batch. */
  readonly streams: readonly Pick<Stream, "uniform">[];
}

/** One continuation. */
export interface Generated {
  /** The new ids, without the stop token. */
  readonly ids: readonly number[];
  readonly finish_reason: "stop" | "length";
}

/** Attention beside the LLM's own, in every layer. */
export interface Beside {
  /** It, in the graph that reads this. Beside its parameters and rows it may have the input `position_ids` int32 [B, T]. */
  around(reads: DecodeInput): Around;
  /** Its parameters and their values. */
  readonly shapes: ParameterShapes;
  readonly weights: Weights;
}

/** A model ready to generate. */
export interface Generator {
  /**
   * Continues every prompt until it stops, by the most likely token or by one that is drawn; results in the order of the
   * prompts.
   * @param rows what the attention beside the LLM's own reads in every step, a row a prompt, on the processor
   * @throws {UserError} for a prompt that cannot be read (see `promptBatch`), a `maxNewTokens` below 1, or a temperature
   * that is not above 0
   */
  generate(prompts: IdPrompts | EmbedPrompts, options: GenerateOptions, rows?: Feeds): Promise<Generated[]>;
  /** Frees the native sessions. */
  dispose(): Promise<void>;
}

/** Up to so many bytes, weights are built into the decode graph, which packs them once; larger ones are not held twice. */
const MAX_BUILT_IN_BYTES = 2.5e8;

/** The batch is made smaller when no more than this part of its sequences is still running. */
const SHRINK_AT = 0.75;

/** Places of the cache for new tokens, to begin with; it grows by doubling. */
const FIRST_PLACES = 256;

/** Prepares a model for generation; graphs are compiled when they are first used. */
export function createGenerator(
  model: LlamaModel,
  options: Pick<CompileOptions, "device" | "threads" | "profile"> = {},
  beside?: Beside,
): Generator {
  const { config } = model;
  const weights = { ...model.weights, ...beside?.weights };
  const sessions = new Map<string, Promise<Session>>();
  const inPlace = (options.device ?? "cpu") === "cpu";
  const builtIn =
    Object.values(weights).reduce((sum, { byteLength }) => sum + byteLength, 0) <= MAX_BUILT_IN_BYTES;
  const parameters = {
    ...llamaFeeds(model),
    ...(beside === undefined ? {} : parameterFeeds(beside.shapes, beside.weights)),
  };
  let spare: KvCache | undefined;

  function session(reads: DecodeInput, choice: Choice): Promise<Session> {
    const name = `${reads} ${choice}`;
    const known = sessions.get(name);
    if (known !== undefined) return known;
    const opening = compile(decodeGraph(config, reads, choice, beside?.around(reads)), {
      ...options,
      ...(reads === "token" && builtIn ? { weights } : {}),
      keepOnDevice: presentNames(config),
    });
    sessions.set(name, opening);
    return opening;
  }

  async function generate(
    prompts: IdPrompts | EmbedPrompts,
    request: GenerateOptions,
    ofPrompts: Feeds = {},
  ): Promise<Generated[]> {
    const batch = promptBatch(prompts, config);
    const sequences = batch.lengths.map((length, i) => startSequence(length, i, request, config));
    const { sampling } = request;
    const choice = sampling === undefined ? "likeliest" : "drawn";
    const [prefill, decode] = [await session(batch.reads, choice), await session("token", choice)];
    const mostPlaces = Math.max(...sequences.map((row) => row.position + row.maxNewTokens));
    const firstPlaces = inPlace
      ? Math.min(mostPlaces, Math.max(...batch.lengths) + FIRST_PLACES)
      : mostPlaces;
    let cache = allocateCache(config, sequences.length, firstPlaces, spare);
    spare = undefined;
    let rows: readonly Sequence[] = sequences;
    let read = ofPrompts;

    /** @param positions of the tokens that are read, row after row */
    async function step({ run, inputs }: Session, feeds: Feeds, positions: readonly number[]): Promise<void> {
      const { past, present } = cacheFeeds(cache);
      const drawn = sampling === undefined ? {} : drawFeeds(rows, sampling);
      const position_ids = int32(positions, [rows.length, positions.length / rows.length]);
      const given = {
        ...only({ ...parameters, position_ids }, inputs),
        ...feeds,
        ...read,
        ...drawn,
        ...past,
      };
      const results = await run(given, inPlace ? present : {});
      if (!inPlace) cache = replaceCache(cache, results);
      accept(rows, int32Data(results.next_ids!));
    }
    const places0 = Array.from({ length: Math.max(...batch.lengths) }, (_, i) => i);
    await step(
      prefill,
      { ...batch.feeds, ...places(rows.map((row) => row.position - 1)) },
      rows.flatMap(() => places0),
    );
    for (;;) {
      const running = rows.filter((row) => row.finish_reason === undefined);
      if (running.length === 0) break;
      if (inPlace && running.length <= SHRINK_AT * rows.length) {
        const kept = running.map((row) => rows.indexOf(row));
        cache = keepRows(config, cache, kept);
        read = Object.fromEntries(Object.entries(read).map(([name, value]) => [name, takeRows(value, kept)]));
        rows = running;
      }
      const needed = Math.max(...running.map((row) => row.position)) + 1;
      if (needed > cache.capacity) cache = grow(config, cache, Math.min(mostPlaces, 2 * cache.capacity));
      // A finished sequence that is still in the batch reads its last token once more; nothing looks at the result.
      const ids = rows.map((row) => row.ids.at(-1) ?? 0);
      const positions = rows.map((row) => Math.min(row.position, cache.capacity - 1));
      for (const row of running) row.position++;
      await step(decode, { ids: int32(ids, [rows.length, 1]), ...places(positions) }, positions);
    }
    if (inPlace) spare = cache;
    else disposeCache(cache);
    return sequences.map(({ ids, finish_reason }) => ({ ids, finish_reason: finish_reason! }));
  }

  async function dispose(): Promise<void> {
    for (const opening of sessions.values()) await (await opening).dispose();
    sessions.clear();
  }
  return { generate, dispose };
}

/** The feeds that a session asks for: weights may be built into it, or not be in it at all. */
function only(feeds: Feeds, inputs: Session["inputs"]): Feeds {
  return Object.fromEntries(Object.entries(feeds).filter(([name]) => inputs.has(name)));
}

/** A sequence that is being continued. */
interface Sequence {
  readonly ids: number[];
  /** Tokens read so far: the position of the token to read next, which is the last of `ids`. */
  position: number;
  readonly maxNewTokens: number;
  readonly stopIds: ReadonlySet<number>;
  /** Of the prompt among those that were given. */
  readonly place: number;
  finish_reason?: "stop" | "length";
}

function startSequence(
  length: number,
  place: number,
  options: GenerateOptions,
  config: LlamaModel["config"],
): Sequence {
  const { maxNewTokens, stopIds = eosTokenIds(config), sampling } = options;
  if (sampling !== undefined && !(sampling.temperature > 0 && Number.isFinite(sampling.temperature))) {
    throw new UserError(
      `Cannot sample at temperature ${sampling.temperature}: give a number above 0, or decode greedily`,
    );
  }
  if (!Number.isInteger(maxNewTokens) || maxNewTokens < 1) {
    throw new UserError(`Cannot generate ${maxNewTokens} tokens: give a whole number from 1 on`);
  }
  const room = config.max_position_embeddings - length;
  const most = Math.min(maxNewTokens, room);
  return { ids: [], position: length, maxNewTokens: most, stopIds: new Set(stopIds), place };
}

/** Steps of a draw: `drawLast` wants it in float32 and below 1. */
const DRAW_STEPS = 2 ** 23;

/** One draw of a stream, as `drawLast` wants it. */
export function drawOf(stream: Pick<Stream, "uniform">): number {
  return Math.floor(stream.uniform() * DRAW_STEPS) / DRAW_STEPS;
}

/** A draw for every sequence; one that is finished and still in the batch takes none. */
function drawFeeds(rows: readonly Sequence[], { temperature, streams }: Sampling): Feeds {
  const draws = rows.map(({ place, finish_reason }) =>
    finish_reason === undefined ? drawOf(streams[place]!) : 0
  );
  return { draws: float32(draws, [rows.length, 1, 1]), temperature: float32([temperature], []) };
}

/** Takes the next id of every sequence that still runs. */
function accept(rows: readonly Sequence[], nextIds: Int32Array): void {
  rows.forEach((row, i) => {
    if (row.finish_reason !== undefined) return;
    if (row.stopIds.has(nextIds[i]!)) row.finish_reason = "stop";
    else {
      row.ids.push(nextIds[i]!);
      if (row.ids.length === row.maxNewTokens) row.finish_reason = "length";
    }
  });
}

/** Where the last token read stands in each sequence, as `decodeGraph` wants it. */
function places(last: readonly number[]): Feeds {
  return { last_places: int32(last, [last.length]), total_length: int32([Math.max(...last) + 1], []) };
}

function presentNames(config: LlamaModel["config"]): string[] {
  const layers = Array.from({ length: config.num_hidden_layers }, (_, i) => i);
  return layers.flatMap((i) => [presentName(i, "key"), presentName(i, "value")]);
}
