/**
 * Steps: which sentences a LinguaLIFT finds, and a map of where they lie, by three kinds of states: the LLM's own token
 * embeddings, the encoder's states before the alignment layer, and what the alignment layer makes of them.
 * @module
 */
import { setWasmEnabled, TSNE } from "@saehrimnir/druidjs";
import type { Artifact, Runtime, StepContext, StepDefinition, StepScore } from "../../lab/types.ts";
import { type EncoderSource, openEncoder } from "../encode.ts";
import { loadLift } from "../lift.ts";
import { alignedPool, embeddingPool, encoderPool } from "../pool.ts";
import { openWorld, type WorldInput } from "../worlds.ts";
import { llamaOf } from "./pretrain_llm.ts";
import { type Pool, retrieveSentences } from "./retrieve.ts";
import { tokenizerOf } from "./tokenizers.ts";

/** Whose states are pooled, with no more than they depend on. */
export type States =
  | { readonly states: "llm"; readonly llm: Artifact; readonly llm_tokenizer: Artifact }
  | { readonly states: "encoder"; readonly encoder: EncoderSource }
  | { readonly states: "aligned"; readonly lift: Artifact; readonly encoder: EncoderSource };

interface Retrieve extends WorldInput {
  readonly source: States;
  readonly benchmark: string;
  readonly languages: readonly string[];
  readonly items: number;
}

export const retrieveStep: StepDefinition<Retrieve, null> = {
  id: "retrieve",
  version: 1,
  module: import.meta.url,
  async run(inputs: Retrieve, context: StepContext) {
    await withPool(
      inputs.source,
      context.runtime,
      (pool) => retrieveSentences(openWorld(inputs), inputs, pool, context),
    );
    return null;
  },
};

interface MapStates extends WorldInput {
  readonly sources: readonly States[];
  /** Sentences a language, the same in all. */
  readonly items: number;
  readonly seed: number;
}

const PERPLEXITY = 30;
const ITERATIONS = 500;

/** t-SNE of English and every low-resource language, as in Figure 5: scores "map x" and "map y" a sentence. */
export const mapStatesStep: StepDefinition<MapStates, null> = {
  id: "map_states",
  version: 1,
  module: import.meta.url,
  async run(inputs: MapStates, context: StepContext) {
    const world = openWorld(inputs);
    const there = new Set(world.retrievalLanguages());
    const low = world.languages().filter(({ level, code }) => level === "low" && there.has(code));
    const others = low.flatMap(({ code }) =>
      world.retrieval(code, { items: inputs.items }).map(({ target }, i) => ({
        scope: `${code} ${i}`,
        text: target,
      }))
    );
    const english = world.retrieval(low[0].code, { items: inputs.items })
      .map(({ source }, i) => ({ scope: `en ${i}`, text: source }));
    const points = [...english, ...others];
    for (const [done, source] of inputs.sources.entries()) {
      context.progress(done, inputs.sources.length, source.states);
      await withPool(source, context.runtime, async (pool) => {
        const vectors = await pool(points.map(({ text }) => text));
        const places = project(vectors, inputs.seed);
        context.scores(points.flatMap(({ scope }, i) => placed(source.states, scope, places[i])));
      });
    }
    return null;
  },
};

function project(vectors: readonly Float32Array[], seed: number): readonly (readonly number[])[] {
  setWasmEnabled(false); // the same arithmetic on every machine
  const perplexity = Math.min(PERPLEXITY, Math.floor((vectors.length - 1) / 3));
  return new TSNE(vectors.map((vector) => [...vector]), { d: 2, seed, perplexity }).transform(ITERATIONS);
}

function placed(states: string, scope: string, place: readonly number[]): StepScore[] {
  return ["x", "y"].map((axis, d) => ({
    benchmark: states,
    scope,
    metric: `map ${axis}`,
    value: place[d],
    estimator: `t-SNE|pool=mean|perplexity=${PERPLEXITY}|iterations=${ITERATIONS}`,
  }));
}

async function withPool(source: States, runtime: Runtime, use: (pool: Pool) => Promise<void>): Promise<void> {
  if (source.states === "llm") {
    return await use(embeddingPool(llamaOf(source.llm), tokenizerOf(source.llm_tokenizer)));
  }
  const encoder = await openEncoder(source.encoder, runtime);
  const aligned = source.states === "aligned"
    ? await alignedPool(encoder, loadLift(source.lift.dir).alignment, runtime)
    : undefined;
  try {
    await use(aligned?.pool ?? encoderPool(encoder));
  } finally {
    await aligned?.dispose();
    await encoder.dispose();
  }
}
