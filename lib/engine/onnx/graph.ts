/**
 * What a system's LLM reads, as part of a graph: token embeddings alone, or an encoder's states through the bridge and
 * tokens beside them. Training and generation both read through here.
 * @module
 */
import { atLeast } from "../../checked.ts";
import { UserError } from "../../errors.ts";
import { assembleInputsEmbeds, assemblyFeeds, assemblyInputs } from "../../model/bridge/assembly.ts";
import { bridgeParameterShapes, FROZEN_IN_BRIDGE } from "../../model/bridge/layer.ts";
import type { BridgeModel } from "../../model/bridge/file.ts";
import { embedTokens, llamaParameters } from "../../model/llama/graph.ts";
import type { LlamaModel } from "../../model/llama/model.ts";
import { padIds } from "../../model/padding.ts";
import { parameterInputs, type Parameters, type Weights } from "../../model/parameters.ts";
import { assembledTargets, causalTargets, type Target } from "../../model/llama/target_loss.ts";
import { type Feeds, input, type Tensor } from "../../tensor/mod.ts";
import type { Trainable } from "../engine.ts";

/** The models that a graph reads with. */
export interface Models {
  readonly llm: LlamaModel;
  readonly bridge: BridgeModel | null;
}

/** A sequence: the encoder's states float32 [tokens, d_enc] where it reads too, and the LLM's tokens. */
export interface Sequence {
  readonly states: Float32Array | null;
  readonly ids: readonly number[];
}

/** A batch of sequences as feeds of a `ReadGraph`. */
interface ReadBatch {
  readonly feeds: Feeds;
  /** Positions of a row. */
  readonly length: number;
  /** Tokens of `texts` from `starts[row]` on, each with the position that predicts it; `texts` may go on by one token. */
  targets(texts: readonly (readonly number[])[], starts: readonly number[]): Target[];
}

/** How a system's LLM reads: a part of a graph, and what it is fed. */
export interface ReadGraph {
  /** The parameters by module. */
  readonly parameters: { readonly bridge: Parameters; readonly llm: Parameters };
  /** Their values by name. */
  readonly weights: Weights;
  /** float32 [B, T, d_lm] */
  readonly inputs_embeds: Tensor;
  /** int32 [B, T], 1 for a token and 0 for padding. */
  readonly attention_mask: Tensor;
  /** int32 [B, T] */
  readonly position_ids: Tensor;
  feeds(batch: readonly Sequence[]): ReadBatch;
}

/** Names of the parameters that learn in a training of these modules. */
export function trainableNames(
  parameters: Readonly<Partial<Record<Trainable, Parameters>>>,
  trains: readonly Trainable[],
): Set<string> {
  const names = trains.flatMap((module) => Object.keys(parameters[module] ?? {}));
  return new Set(names.filter((name) => !FROZEN_IN_BRIDGE.includes(name)));
}

/** The graph of these models; without a bridge the LLM reads tokens alone. */
export function readGraph({ llm, bridge }: Models): ReadGraph {
  return bridge === null ? tokenGraph(llm) : stateGraph(llm, bridge);
}

function tokenGraph({ config, weights }: LlamaModel): ReadGraph {
  const llm = llamaParameters(config);
  const [ids, attention_mask, position_ids] = atLeast(
    ["ids", "attention_mask", "position_ids"]
      .map((name) => input(name, ["B", "T"], "int32")),
    3,
  );
  return {
    parameters: { bridge: {}, llm },
    weights,
    inputs_embeds: embedTokens(llm, ids),
    attention_mask,
    position_ids,
    feeds(batch) {
      const padded = padIds(batch.map(({ ids }) => ids));
      return { feeds: { ...padded }, length: padded.ids.dims[1]!, targets: causalTargets };
    },
  };
}

function stateGraph(llm: LlamaModel, { config, weights }: BridgeModel): ReadGraph {
  const bos = llm.config.bos_token_id;
  if (typeof bos !== "number") {
    throw new UserError("Cannot read states: the LLM's config.json has no bos_token_id");
  }
  const parameters = {
    bridge: parameterInputs(bridgeParameterShapes(config)),
    llm: llamaParameters(llm.config),
  };
  const inputs = assemblyInputs(config);
  return {
    parameters,
    weights: { ...weights, ...llm.weights },
    inputs_embeds: assembleInputsEmbeds(config, { ...parameters.bridge, ...parameters.llm }, bos, inputs),
    attention_mask: inputs.attention_mask,
    position_ids: inputs.position_ids,
    feeds(batch) {
      const examples = batch.map(({ states, ids }) => {
        if (states === null) {
          throw new TypeError("internal: a bridge got a prompt without a text for the encoder");
        }
        return { hidden_states: states, ids };
      });
      const { feeds: { encoder_attention_mask: _ofTheEncoder, ...feeds }, length, encEnd } = assemblyFeeds(
        examples,
        config,
      );
      return { feeds, length, targets: (texts, starts) => assembledTargets(texts, starts, encEnd) };
    },
  };
}
