/**
 * How likely a system finds given texts after its prompts: the part that every loss on targets is made of, and by itself.
 * @module
 */
import type { Parameters } from "../../model/parameters.ts";
import { llamaStates, lmHead } from "../../model/llama/graph.ts";
import { targetFeeds, targetInputs } from "../../model/llama/target_loss.ts";
import {
  compile,
  type Device,
  type Feeds,
  float32Data,
  negativeLogLikelihood,
  type Tensor,
} from "../../tensor/mod.ts";
import type { Compute } from "../engine.ts";
import { type Models, type ReadGraph, readGraph } from "./graph.ts";

/** An example whose text the encoder has read. */
export interface ReadExample {
  readonly states: Float32Array | null;
  readonly ids: readonly number[];
  readonly target: readonly number[];
}

/**
 * Negative log-likelihood of every target token of a batch, float32 [N], in the order of the examples.
 * @param parameters the LLM's, or what adapters make of them
 */
export function targetNll({ llm }: Models, graph: ReadGraph, parameters: Parameters): Tensor {
  // States and text of a batch are padded each to its own longest, so that rows may be longer than any example; ONNX
  // Runtime wants a rotary table as long as the rows.
  const roomy = { ...llm.config, max_position_embeddings: 2 * llm.config.max_position_embeddings };
  const { target_rows, targets } = targetInputs();
  const states = llamaStates(
    roomy,
    parameters,
    graph.inputs_embeds,
    graph.attention_mask,
    graph.position_ids,
    target_rows,
  );
  return negativeLogLikelihood(lmHead(llm.config, parameters, states), targets);
}

/** A batch of examples as feeds of `targetNll`. */
export function exampleFeeds(graph: ReadGraph, batch: readonly ReadExample[]): Feeds {
  const texts = batch.map(({ ids, target }) => [...ids, ...target]);
  // The last token of a text predicts nothing.
  const sequences = batch.map(({ states }, i) => ({ states, ids: texts[i]!.slice(0, -1) }));
  const { feeds, length, targets } = graph.feeds(sequences);
  const starts = batch.map(({ ids }) => ids.length);
  return { ...feeds, ...targetFeeds(targets(texts, starts), batch.length, length) };
}

/** Says how likely targets are. */
export interface Scorer {
  /** Log-likelihood of each example's target, summed over its tokens, in nats; one batch. */
  score(batch: readonly ReadExample[]): Promise<number[]>;
  dispose(): Promise<void>;
}

export async function openScorer(models: Models, compute: Compute): Promise<Scorer> {
  const graph = readGraph(models);
  const { weights, parameters } = graph;
  const session = await compile({ nll: targetNll(models, graph, parameters.llm) }, {
    device: compute.device as Device,
    threads: compute.threads,
    weights,
  });
  return {
    async score(batch) {
      const { nll } = await session.run(exampleFeeds(graph, batch));
      const tokens = float32Data(nll!);
      let at = 0;
      return batch.map(({ target }) => {
        const own = tokens.subarray(at, at += target.length);
        return -own.reduce((sum, one) => sum + one, 0);
      });
    },
    dispose: () => session.dispose(),
  };
}
