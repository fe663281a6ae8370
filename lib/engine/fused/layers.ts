/**
 * The frozen encoder as a function from texts to the states of all its layers: the lab's own, or a BERT or XLM-R. They take
 * as many times the room as there are layers, so that a training reads the texts of a batch when it comes to it.
 * @module
 */
import { UserError } from "../../errors.ts";
import { loadTokenizer } from "../../model/checkpoint/tokenizer.ts";
import { bertHiddenStates, openBert } from "../../model/encoder/bert.ts";
import { bertParameterShapes } from "../../model/encoder/bert_config.ts";
import { encoderParameterShapes } from "../../model/encoder/config.ts";
import { encoderHiddenStates } from "../../model/encoder/graph.ts";
import { loadEncoder } from "../../model/encoder/model.ts";
import { concat } from "../../tensor/mod.ts";
import type { Compute, EncoderFolder, TextEncoder } from "../engine.ts";
import { bertRows } from "../onnx/encoder.ts";
import { textEncoder } from "../onnx/text_encoder.ts";
import { MINI_BOUNDARIES, textRows } from "../text_rows.ts";

/**
 * The encoder, ready to run: of each token the embeddings and the states of every layer one after the other, the last at the
 * end, so that its `hidden_size` is that of one layer times their number and one.
 * @throws {UserError} for an encoder that gives its last layer alone
 */
export async function openLayers(source: EncoderFolder, compute: Compute): Promise<TextEncoder> {
  if (source.kind === "mini") {
    const { config, weights } = loadEncoder(source.encoder);
    const { hidden_size, num_hidden_layers, max_position_embeddings } = config;
    return await textEncoder({
      states: (parameters, { ids, attention_mask, position_ids }) =>
        concat(encoderHiddenStates(config, parameters, ids, attention_mask, position_ids), 2),
      shapes: encoderParameterShapes(config),
      weights,
      hidden_size: (num_hidden_layers + 1) * hidden_size,
      text: textRows(loadTokenizer(source.tokenizer), MINI_BOUNDARIES, max_position_embeddings),
    }, compute);
  }
  if (source.kind === "bert") {
    const checkpoint = openBert(source.encoder);
    const { config } = checkpoint;
    return await textEncoder({
      states: (parameters, { ids, attention_mask, position_ids }) =>
        concat(bertHiddenStates(config, parameters, ids, attention_mask, position_ids), 2),
      shapes: bertParameterShapes(config),
      weights: checkpoint.read(),
      hidden_size: (config.num_hidden_layers + 1) * config.hidden_size,
      text: bertRows(source.encoder, config, source.digits),
    }, compute);
  }
  throw new UserError(
    `Cannot take the states of all layers of the encoder "${source.encoder}": the lab's own encoder, BERT and XLM-R ` +
      "in safetensors give them",
  );
}

/** How many states a token has below the last: of the embeddings and of every layer but the last. */
export function lowerLayers(source: EncoderFolder): number {
  if (source.kind === "mini") return loadEncoder(source.encoder).config.num_hidden_layers;
  if (source.kind === "bert") return openBert(source.encoder).config.num_hidden_layers;
  throw new TypeError("internal: an encoder whose layers are not known");
}
