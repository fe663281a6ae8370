/**
 * What a system with a second attention reads, as part of a graph: as `onnx/graph.ts` has it, and beside that the encoder's
 * states below the last through the aligner. Training, scoring and generation read through here.
 * @module
 */
import { must } from "../../checked.ts";
import type { Models } from "../onnx/graph.ts";
import { readGraph } from "../onnx/graph.ts";
import { keyValues, withSecond } from "../../model/fusion/attention.ts";
import type { FusionModel } from "../../model/fusion/file.ts";
import { align, alignerParameterShapes, GATES } from "../../model/fusion/layer.ts";
import { llamaStates, lmHead } from "../../model/llama/graph.ts";
import { targetFeeds, targetInputs } from "../../model/llama/target_loss.ts";
import { parameterInputs, type Parameters, type Weights } from "../../model/parameters.ts";
import { type Feeds, float32, input, int32, negativeLogLikelihood, type Tensor } from "../../tensor/mod.ts";

/** The models of a system with a second attention. */
export interface FusedModels {
  readonly llm: Models["llm"];
  readonly bridge: NonNullable<Models["bridge"]>;
  readonly fusion: FusionModel;
}

/** A sequence: the states of all layers float32 [tokens, (encoder_layers + 1) * d_enc], and the LLM's tokens. */
interface FusedSequence {
  readonly states: Float32Array;
  readonly ids: readonly number[];
}

/** An example whose text the encoder has read. */
export interface FusedExample extends FusedSequence {
  readonly target: readonly number[];
}

/** A part of a graph, and what it is fed. */
export interface FusedGraph {
  /** The parameters by what may learn. */
  readonly parameters: Readonly<Record<"bridge" | "aligner" | "gates" | "llm", Parameters>>;
  /** Their values by name. */
  readonly weights: Weights;
  /** float32 [B, T, d_lm] */
  readonly inputs_embeds: Tensor;
  /** Negative log-likelihood of every target token of a batch, float32 [N], in the order of the examples. */
  readonly nll: Tensor;
  /** Feeds of everything but targets. */
  prompts(batch: readonly FusedSequence[]): Feeds;
  /** Feeds of `nll`. */
  examples(batch: readonly FusedExample[]): Feeds;
}

/** The graph of these models. */
export function fusedGraph({ llm, bridge, fusion }: FusedModels): FusedGraph {
  const base = readGraph({ llm, bridge });
  const { config } = fusion;
  const parameters = {
    ...base.parameters,
    aligner: parameterInputs(alignerParameterShapes(config)),
    gates: parameterInputs({ [GATES]: [config.llm_layers] }),
  };
  const layer_states = input("layer_states", ["B", "S", config.encoder_layers * config.d_enc]);
  const encoder_attention_mask = input("encoder_attention_mask", ["B", "S"], "int32");
  const aligned = align(config, parameters.aligner, layer_states);
  const { target_rows, targets } = targetInputs();
  const { inputs_embeds, attention_mask, position_ids } = base;
  // As `targetNll`: rows may be longer than any example, and the rotary table has to be as long as the rows.
  const roomy = { ...llm.config, max_position_embeddings: 2 * llm.config.max_position_embeddings };
  const second = {
    read: keyValues(llm.config, parameters.llm, aligned),
    encoder_attention_mask,
    position_ids,
  };
  const states = llamaStates(
    ...[roomy, parameters.llm, inputs_embeds, attention_mask, position_ids, target_rows] as const,
    (own) => withSecond(roomy, parameters.gates, second, own),
  );

  function read(batch: readonly FusedSequence[]) {
    const parts = batch.map(({ states }) => partsOf(states, config));
    const { feeds, ...rest } = base.feeds(batch.map(({ ids }, i) => ({ states: parts[i]!.last, ids })));
    return { feeds: { ...feeds, ...lowerFeeds(parts.map(({ lower }) => lower), config) }, ...rest };
  }
  return {
    parameters,
    weights: { ...base.weights, ...fusion.weights },
    inputs_embeds,
    nll: negativeLogLikelihood(lmHead(llm.config, parameters.llm, states), targets),
    prompts: (batch) => read(batch).feeds,
    examples(batch) {
      const texts = batch.map(({ ids, target }) => [...ids, ...target]);
      // The last token of a text predicts nothing.
      const { feeds, length, targets } = read(
        batch.map(({ states }, i) => ({ states, ids: texts[i]!.slice(0, -1) })),
      );
      const starts = batch.map(({ ids }) => ids.length);
      return { ...feeds, ...targetFeeds(targets(texts, starts), batch.length, length) };
    },
  };
}

type Sizes = Pick<FusionModel["config"], "d_enc" | "encoder_layers">;

/** The last layer's states, which the bridge reads, and those of all others, which the aligner reads. */
function partsOf(states: Float32Array, { d_enc, encoder_layers }: Sizes) {
  const [all, below] = [(encoder_layers + 1) * d_enc, encoder_layers * d_enc];
  const tokens = states.length / all;
  const [last, lower] = [new Float32Array(tokens * d_enc), new Float32Array(tokens * below)];
  for (let token = 0; token < tokens; token++) {
    lower.set(states.subarray(token * all, token * all + below), token * below);
    last.set(states.subarray(token * all + below, (token + 1) * all), token * d_enc);
  }
  return { last, lower };
}

/** Padded on the right, as the bridge's states are. */
function lowerFeeds(lower: readonly Float32Array[], { d_enc, encoder_layers }: Sizes): Feeds {
  const width = encoder_layers * d_enc;
  const lengths = lower.map(({ length }) => length / width);
  const longest = Math.max(...lengths);
  const data = new Float32Array(lower.length * longest * width);
  const mask = new Int32Array(lower.length * longest);
  lower.forEach((states, row) => {
    data.set(states, row * longest * width);
    mask.fill(1, row * longest, row * longest + must(lengths[row], `length ${row}`));
  });
  return {
    layer_states: float32(data, [lower.length, longest, width]),
    encoder_attention_mask: int32(mask, [lower.length, longest]),
  };
}
