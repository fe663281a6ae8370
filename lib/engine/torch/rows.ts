/**
 * How texts reach the encoder of this engine: as rows of ids where PyTorch computes the states, or as states where the
 * folder has a graph for ONNX Runtime, which computes them under any engine.
 * @module
 */
import { resolve } from "node:path";
import { openBert } from "../../model/encoder/bert.ts";
import { ENCODER_ARCHITECTURE, parseEncoderConfig } from "../../model/encoder/config.ts";
import { CONFIG_FILE, openCheckpoint } from "../../model/checkpoint/open.ts";
import { loadTokenizer, tokenizerFromJson } from "../../model/checkpoint/tokenizer.ts";
import type { Compute, EncoderFolder } from "../engine.ts";
import { bertRows, checkLayer } from "../onnx/encoder.ts";
import { boundariesOf, MINI_BOUNDARIES, type TextRows, textRows } from "../text_rows.ts";
import { sessionOf } from "./session.ts";

/** An encoder that PyTorch computes. */
export type TorchFolder = Exclude<EncoderFolder, { readonly kind: "checkpoint" }>;

/** Whether PyTorch computes its states. */
export function isTorch(folder: EncoderFolder): folder is TorchFolder {
  return folder.kind !== "checkpoint";
}

/** How texts become rows, and how wide the states are. No weight is read. */
export async function openRows(
  folder: TorchFolder,
  compute: Compute,
  layer: number | null = null,
): Promise<{ text: TextRows; hidden_size: number }> {
  switch (folder.kind) {
    case "mini": {
      const { config: json } = openCheckpoint(folder.encoder, [ENCODER_ARCHITECTURE]);
      const config = parseEncoderConfig(json, `"${folder.encoder}/${CONFIG_FILE}"`);
      checkLayer(layer, config);
      const text = textRows(loadTokenizer(folder.tokenizer), MINI_BOUNDARIES, config.max_position_embeddings);
      return { text, hidden_size: config.hidden_size };
    }
    case "bert": {
      const { config } = openBert(folder.encoder);
      checkLayer(layer, config);
      return { text: bertRows(folder.encoder, config, folder.digits), hidden_size: config.hidden_size };
    }
    case "transformers": {
      const { json, max_tokens, hidden_size } = await tokenizerOf(folder.encoder, compute);
      const source = `the tokenizer of "${folder.encoder}"`;
      const tokenizer = tokenizerFromJson(JSON.parse(json), {}, source);
      return { text: textRows(tokenizer, boundariesOf(tokenizer), max_tokens), hidden_size };
    }
  }
}

/** What Python's transformers reads a folder's texts with, as the `tokenizer.json` that it may lack, and its sizes. */
export async function tokenizerOf(
  encoder: string,
  compute: Compute,
): Promise<{ json: string; max_tokens: number; hidden_size: number }> {
  const { message } = await sessionOf(compute).ask("tokenizer", { folder: resolve(encoder) });
  return message as unknown as { json: string; max_tokens: number; hidden_size: number };
}
