/**
 * What the mini encoder is trained on, as one loss: masked LM on rows of one text or a pair (translation LM; Conneau and
 * Lample, 2019, arXiv:1901.07291), InfoNCE between the pooled states of translations (LaBSE; Feng et al., 2022,
 * arXiv:2007.01852), and what a small decoder, thrown away afterwards, writes from the states: the whole text from a masked
 * one (denoising; mBART, Liu et al., 2020, arXiv:2001.08210, near to mT5's span corruption) or its translation into English
 * (as the encoders of NLLB-200 and M2M-100 were trained).
 * @module
 */
import { atLeast } from "../../checked.ts";
import { type BridgeConfig, bridgeParameterShapes, initBridge } from "../../model/bridge/layer.ts";
import { assembledTokens, assembleInputsEmbeds } from "../../model/bridge/assembly.ts";
import { encoderHiddenStates, maskedLmHead, maskedLmStates, meanPool } from "../../model/encoder/graph.ts";
import { type EncoderConfig, encoderParameterShapes } from "../../model/encoder/config.ts";
import { initEncoder } from "../../model/encoder/model.ts";
import { type LlamaConfig, llamaConfig, llamaParameterShapes } from "../../model/llama/config.ts";
import { llamaStates } from "../../model/llama/graph.ts";
import { initLlama } from "../../model/llama/model.ts";
import { parameterInputs, type ParameterShapes, type Weights } from "../../model/parameters.ts";
import { targetInputs, targetNegativeLogLikelihood } from "../../model/llama/target_loss.ts";
import type { Stream } from "../../random.ts";
import { add, infoNce, input, mean, mul, type Tensor } from "../../tensor/mod.ts";
import { BOS } from "../reader/prompts.ts";
import { candidateInput, candidateLogits, isNarrowed } from "./candidates.ts";
import type { Recipe } from "../recipe/fields.ts";
import type { Loop } from "../../engine/onnx/train.ts";

/** Of the contrastive softmax (SimCSE, arXiv:2104.08821). */
const TEMPERATURE = 0.05;
/** Small, so that the encoder has to understand. */
const DECODER_LAYERS = 1;
/** Its embeddings are the encoder's. */
const EMBEDDINGS = "model.embed_tokens.weight";

/** Names of the inputs: rows of masked LM, sentences in both languages of a pair, and masked texts. */
export const [ROWS, ENGLISH, OTHER, NOISY] = ["rows", "english", "other", "noisy"];
/** What the decoder writes from the states of `source`. */
export function written(source: string): string {
  return `written_${source}`;
}

/** Loss, parameters and their first values. */
export interface EncoderObjective {
  readonly spec: Loop["spec"];
  readonly values: Weights;
}

/** The sum of the objectives whose weight is not 0. */
export function encoderObjective(
  config: EncoderConfig,
  pretrain: Recipe["encoder"]["pretrain"],
  random: Stream,
): EncoderObjective {
  const masked = pretrain.mlm + pretrain.tlm > 0;
  const parts = [encoderParameterShapes(config, { lmHead: masked })];
  const decoder = decoderConfig(config);
  const connector = connectorConfig(config);
  const decodes = pretrain.translation + pretrain.denoising > 0;
  if (decodes) parts.push(bridgeParameterShapes(connector), decoderShapes(decoder));
  const parameters = parameterInputs(Object.assign({}, ...parts) as ParameterShapes);
  const ids = (name: string, rows: string, length: string) => input(name, [rows, length], "int32");
  const encode = (name: string, rows: string) => {
    const [tokens, mask, positions] = atLeast(
      ["ids", "attention_mask", "position_ids"].map((part) => ids(`${name}.${part}`, rows, `S_${name}`)),
      3,
    );
    return { hidden: encoderHiddenStates(config, parameters, tokens, mask, positions).at(-1)!, mask };
  };

  const candidates = (name: string) =>
    isNarrowed(config.vocab_size, pretrain.candidates) ? candidateInput(name) : undefined;
  const losses: Tensor[] = [];
  if (masked) {
    const { hidden } = encode(ROWS, "B");
    const head = (states: Tensor) =>
      candidateLogits(maskedLmStates(config, parameters, states), maskedLmHead(parameters), candidates(ROWS));
    losses.push(mean(targetNegativeLogLikelihood(hidden, targetInputs(`${ROWS}.`), head)));
  }
  const needsPairs = pretrain.contrastive > 0 || pretrain.translation > 0;
  const other = needsPairs ? encode(OTHER, "P") : undefined;
  if (pretrain.contrastive > 0) {
    const english = encode(ENGLISH, "P");
    const [a, b] = atLeast([english, other!].map(({ hidden, mask }) => meanPool(hidden, mask)), 2);
    losses.push(mul(add(infoNce(a, b, TEMPERATURE), infoNce(b, a, TEMPERATURE)), pretrain.contrastive));
  }
  const write = (source: string, rows: string, hidden_states: Tensor) => {
    const own = { ...parameters, [EMBEDDINGS]: parameters["encoder.embed_tokens.weight"]! };
    const target = written(source);
    const text = ids(`${target}.ids`, rows, `T_${source}`);
    const [mask, positions] = atLeast(
      ["attention_mask", "position_ids"].map((part) =>
        ids(`${target}.${part}`, rows, `S_${source}+T_${source}+${assembledTokens(connector)}`)
      ),
      2,
    );
    const embeds = assembleInputsEmbeds(connector, own, BOS, { hidden_states, ids: text });
    const states = llamaStates(decoder, own, embeds, mask, positions);
    const head = (x: Tensor) => candidateLogits(x, { weight: own[EMBEDDINGS]! }, candidates(target));
    return mean(targetNegativeLogLikelihood(states, targetInputs(`${target}.`), head));
  };
  if (pretrain.translation > 0) losses.push(mul(write(OTHER, "P", other!.hidden), pretrain.translation));
  if (pretrain.denoising > 0) {
    losses.push(mul(write(NOISY, "N", encode(NOISY, "N").hidden), pretrain.denoising));
  }
  const values: Record<string, Float32Array> = {
    ...(decodes && {
      ...initLlama(decoder, random.child("decoder")).weights,
      ...initBridge(connector, random.child("connector")),
    }),
    ...initEncoder(config, random, { lmHead: true }).weights,
  };
  return {
    spec: { loss: losses.reduce(add), parameters, trainable: new Set(Object.keys(parameters)) },
    values: Object.fromEntries(Object.keys(parameters).map((name) => [name, values[name]!])),
  };
}

function decoderConfig(config: EncoderConfig): LlamaConfig {
  return llamaConfig({
    hidden_size: config.hidden_size,
    intermediate_size: config.intermediate_size,
    num_hidden_layers: DECODER_LAYERS,
    num_attention_heads: config.num_attention_heads,
    num_key_value_heads: config.num_attention_heads,
    vocab_size: config.vocab_size,
    max_position_embeddings: 2 * config.max_position_embeddings,
    tie_word_embeddings: true,
  });
}

function decoderShapes(config: LlamaConfig): ParameterShapes {
  const { [EMBEDDINGS]: _shared, ...shapes } = llamaParameterShapes(config);
  return shapes;
}

/** From states to the decoder's inputs: a linear map and boundary vectors. */
function connectorConfig(config: EncoderConfig): BridgeConfig {
  return {
    d_enc: config.hidden_size,
    d_lm: config.hidden_size,
    layers: 1,
    activation: "gelu",
    boundaries: "both",
    standardised: false,
  };
}
