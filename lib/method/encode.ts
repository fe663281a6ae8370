/**
 * The frozen encoder as a function from texts to states. It never learns, so its states are computed before a stage
 * begins and not again in every epoch.
 * @module
 */
import { encoderHiddenStates } from "../model/encoder.ts";
import { encoderParameterShapes } from "../model/encoder_config.ts";
import type { EncoderModel } from "../model/encoder_model.ts";
import { padIds } from "../model/padding.ts";
import { parameterInputs } from "../model/parameters.ts";
import type { Tokenizer } from "../model/tokenizer.ts";
import { compile, type Device, float32Data, input } from "../tensor/mod.ts";
import type { Runtime } from "../lab/types.ts";
import { BOS, EOS } from "./prompts.ts";

/** Texts in, states out. */
export interface TextEncoder {
  /**
   * float32 [tokens, hidden_size] of each text, row-major, boundary tokens included; of a longer text its first
   * `max_tokens` (at most what the encoder can read, which is the default).
   */
  encode(texts: readonly string[], max_tokens?: number): Promise<Float32Array[]>;
  /** Tokens of a text, boundary tokens included, before anything is cut. */
  countTokens(text: string): number;
  dispose(): Promise<void>;
}

const BATCH = 64;

/** An encoder ready to run: final hidden states (Eq. 1). */
export async function createTextEncoder(
  { config, weights }: EncoderModel,
  tokenizer: Tokenizer,
  { device, threads }: Runtime,
): Promise<TextEncoder> {
  const [ids, attention_mask, position_ids] = ["ids", "attention_mask", "position_ids"].map((name) =>
    input(name, ["B", "S"], "int32")
  );
  const parameters = parameterInputs(encoderParameterShapes(config));
  const states = encoderHiddenStates(config, parameters, ids, attention_mask, position_ids).at(-1)!;
  const session = await compile({ states }, { device: device as Device, threads, weights });

  const idsOf = (text: string) => tokenizer.encode(text, { addSpecialTokens: false });
  async function encode(
    texts: readonly string[],
    max_tokens: number = config.max_position_embeddings,
  ): Promise<Float32Array[]> {
    const most = Math.min(max_tokens, config.max_position_embeddings) - 2;
    const rows = texts.map((text) => [BOS, ...idsOf(text).slice(0, most), EOS]);
    const order = [...rows.keys()].sort((a, b) => rows[a].length - rows[b].length);
    const results: Float32Array[] = Array(rows.length);
    for (let at = 0; at < order.length; at += BATCH) {
      const batch = order.slice(at, at + BATCH);
      const output = (await session.run({ ...padIds(batch.map((i) => rows[i])) })).states;
      const [, length, width] = output.dims;
      const data = float32Data(output);
      batch.forEach((i, row) => {
        const start = row * length * width;
        results[i] = data.slice(start, start + rows[i].length * width);
      });
    }
    return results;
  }
  return { encode, countTokens: (text) => idsOf(text).length + 2, dispose: () => session.dispose() };
}
