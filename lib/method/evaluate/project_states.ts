/**
 * Step: a drawing of where sentences lie (Figure 5): t-SNE of English and every low-resource language, by each of several
 * kinds of states.
 * @module
 */
import { setWasmEnabled, TSNE } from "@saehrimnir/druidjs";
import type { StepContext, StepDefinition, StepScore } from "../../lab/experiment/types.ts";
import { openWorld, type WorldInput } from "../source/worlds.ts";
import { type States, withPool } from "./pooling.ts";

interface Input extends WorldInput {
  readonly sources: readonly States[];
  /** Sentences a language, the same in all. */
  readonly items: number;
  readonly seed: number;
}

const PERPLEXITY = 30;
const ITERATIONS = 500;

/** t-SNE of English and every low-resource language, as in Figure 5: scores "map x" and "map y" a sentence. */
export const projectStatesStep: StepDefinition<Input, null> = {
  id: "project_states",
  version: 1,
  module: import.meta.url,
  async run(inputs: Input, context: StepContext) {
    const world = openWorld(inputs);
    const there = new Set(world.retrievalLanguages());
    const low = world.languages().filter(({ level, code }) => level === "low" && there.has(code));
    const others = low.flatMap(({ code }) =>
      world.retrieval(code, { items: inputs.items }).map(({ target }, i) => ({
        scope: `${code} ${i}`,
        text: target,
      }))
    );
    const english = world.retrieval(low[0]!.code, { items: inputs.items })
      .map(({ source }, i) => ({ scope: `en ${i}`, text: source }));
    const points = [...english, ...others];
    for (const [done, source] of inputs.sources.entries()) {
      context.progress(done, inputs.sources.length, source.states);
      await withPool(source, context.runtime, async (pool) => {
        const vectors = await pool(points.map(({ text }) => text));
        const places = project(vectors, inputs.seed);
        context.scores(points.flatMap(({ scope }, i) => placed(source.states, scope, places[i]!)));
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
    value: place[d]!,
    estimator: `t-SNE|pool=mean|perplexity=${PERPLEXITY}|iterations=${ITERATIONS}`,
  }));
}
