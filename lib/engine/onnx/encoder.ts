/**
 * The frozen encoder as a function from texts to states: the lab's own, a BERT or XLM-R, or a graph. It never learns, so its
 * states are computed before a stage begins and not again in every epoch.
 * @module
 */
import { UserError } from "../../errors.ts";
import { bertHiddenStates, longestText, openBert } from "../../model/encoder/bert.ts";
import { type BertConfig, bertParameterShapes } from "../../model/encoder/bert_config.ts";
import { encoderParameterShapes } from "../../model/encoder/config.ts";
import { encoderHiddenStates } from "../../model/encoder/graph.ts";
import { type EncoderModel, loadEncoder } from "../../model/encoder/model.ts";
import { loadOnnxEncoder } from "../../model/encoder/onnx.ts";
import { loadTokenizer, type Tokenizer } from "../../model/checkpoint/tokenizer.ts";
import type { Device } from "../../tensor/mod.ts";
import type { Compute, EncoderFolder, TextEncoder } from "../engine.ts";
import { boundariesOf, MINI_BOUNDARIES, type TextRows, textRows } from "../text_rows.ts";
import { textEncoder } from "./text_encoder.ts";

/**
 * The encoder, ready to run.
 * @param layer whose states it gives, 0 for the embeddings; null: the last layer's
 * @throws {UserError} when its files cannot be used or do not give that layer's states
 */
export async function openEncoder(
  source: EncoderFolder,
  compute: Compute,
  layer: number | null = null,
): Promise<TextEncoder> {
  if (source.kind === "mini") {
    const tokenizer = loadTokenizer(source.tokenizer);
    return await createTextEncoder(loadEncoder(source.encoder), tokenizer, compute, layer);
  }
  if (source.kind === "bert") return await createBertEncoder(source, compute, layer);
  if (source.kind === "transformers") {
    throw new UserError(
      `Cannot use the encoder "${source.encoder}": the lab's own engine reads BERT, XLM-R and graphs; use --engine torch`,
    );
  }
  const { encoder: folder, dtype, graph } = source;
  return await loadOnnxEncoder({ folder, dtype, graph }, {
    threads: compute.threads,
    device: compute.device as Device,
    layer,
  });
}

/** An encoder of the lab's own: final hidden states (Eq. 1), or an earlier layer's. */
export async function createTextEncoder(
  { config, weights }: EncoderModel,
  tokenizer: Tokenizer,
  compute: Compute,
  layer: number | null = null,
): Promise<TextEncoder> {
  checkLayer(layer, config);
  return await textEncoder({
    states: (parameters, { ids, attention_mask, position_ids }) =>
      encoderHiddenStates(config, parameters, ids, attention_mask, position_ids).at(layer ?? -1)!,
    shapes: encoderParameterShapes(config),
    weights,
    hidden_size: config.hidden_size,
    text: textRows(tokenizer, MINI_BOUNDARIES, config.max_position_embeddings),
  }, compute);
}

/** A BERT or XLM-R folder: the last layer's states, or an earlier one's. */
async function createBertEncoder(
  { encoder: folder, digits }: EncoderFolder & { kind: "bert" },
  compute: Compute,
  layer: number | null,
): Promise<TextEncoder> {
  const checkpoint = openBert(folder);
  const { config } = checkpoint;
  checkLayer(layer, config);
  return await textEncoder({
    states: (parameters, { ids, attention_mask, position_ids }) =>
      bertHiddenStates(config, parameters, ids, attention_mask, position_ids).at(layer ?? -1)!,
    shapes: bertParameterShapes(config),
    weights: checkpoint.read(),
    hidden_size: config.hidden_size,
    text: bertRows(folder, config, digits),
  }, compute);
}

/**
 * How a BERT or XLM-R reads texts.
 * @throws {UserError} when its vocabulary is larger than its embeddings
 */
export function bertRows(folder: string, config: BertConfig, digits?: "apart"): TextRows {
  const tokenizer = loadTokenizer(folder, { digits });
  if (tokenizer.vocabSize <= config.vocab_size) {
    return textRows(tokenizer, boundariesOf(tokenizer), longestText(config));
  }
  throw new UserError(
    `Cannot use the encoder "${folder}": its tokenizer.json has ${tokenizer.vocabSize} ids, its config.json says ` +
      `vocab_size ${config.vocab_size}; take both from the same model`,
  );
}

/** @throws {UserError} for a layer that the encoder has not */
export function checkLayer(layer: number | null, { num_hidden_layers }: { num_hidden_layers: number }): void {
  if (layer === null || layer <= num_hidden_layers) return;
  throw new UserError(
    `Cannot take the states of layer ${layer}: the encoder has ${num_hidden_layers} layers`,
  );
}
