/**
 * The frozen encoder as a function from texts to states: the lab's own, or a real one. It never learns, so its states are
 * computed before a stage begins and not again in every epoch.
 * @module
 */
import { atLeast } from "../../checked.ts";
import { UserError } from "../../errors.ts";
import { encoderHiddenStates } from "../../model/encoder/graph.ts";
import { encoderParameterShapes } from "../../model/encoder/config.ts";
import { type EncoderModel, loadEncoder } from "../../model/encoder/model.ts";
import { loadOnnxEncoder } from "../../model/encoder/onnx.ts";
import { padIds } from "../../model/padding.ts";
import { parameterInputs } from "../../model/parameters.ts";
import { loadTokenizer, type Tokenizer } from "../../model/checkpoint/tokenizer.ts";
import { tokenPieces } from "../../model/checkpoint/token_spans.ts";
import { compile, type Device, float32Data, input } from "../../tensor/mod.ts";
import type { Compute, EncoderFolder, TextEncoder } from "../engine.ts";

/** The boundary tokens of the lab's own encoders, as `lib/text/subword.ts` numbers them. */
const [BOS, EOS] = [1, 2];

const BATCH = 64;

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
  { device, threads }: Compute,
  layer: number | null = null,
): Promise<TextEncoder> {
  if (layer !== null && layer > config.num_hidden_layers) {
    throw new UserError(
      `Cannot take the states of layer ${layer}: the encoder has ${config.num_hidden_layers} layers`,
    );
  }
  const [ids, attention_mask, position_ids] = atLeast(
    ["ids", "attention_mask", "position_ids"].map((name) => input(name, ["B", "S"], "int32")),
    3,
  );
  const parameters = parameterInputs(encoderParameterShapes(config));
  const states = encoderHiddenStates(config, parameters, ids, attention_mask, position_ids).at(layer ?? -1)!;
  const session = await compile({ states }, { device: device as Device, threads, weights });

  const { hidden_size, max_position_embeddings: longest } = config;
  const idsOf = (text: string) => tokenizer.encode(text, { addSpecialTokens: false });
  async function encode(
    texts: readonly string[],
    max_tokens: number = longest,
  ): Promise<Float32Array[]> {
    const most = Math.min(max_tokens, longest) - 2;
    const rows = texts.map((text) => [BOS, ...idsOf(text).slice(0, most), EOS]);
    const order = [...rows.keys()].sort((a, b) => rows[a]!.length - rows[b]!.length);
    const results: Float32Array[] = Array(rows.length);
    for (let at = 0; at < order.length; at += BATCH) {
      const batch = order.slice(at, at + BATCH);
      // The embeddings of rotary encoders need no mask and no positions.
      const feeds = Object.entries({ ...padIds(batch.map((i) => rows[i]!)) })
        .filter(([name]) => session.inputs.has(name));
      const output = (await session.run(Object.fromEntries(feeds))).states!;
      const [, length, width] = atLeast(output.dims, 3);
      const data = float32Data(output);
      batch.forEach((i, row) => {
        const start = row * length * width;
        results[i] = data.slice(start, start + rows[i]!.length * width);
      });
    }
    return results;
  }
  return {
    hidden_size,
    max_tokens: longest,
    encode,
    countTokens: (text) => idsOf(text).length + 2,
    pieces: (text) => ["", ...tokenPieces(tokenizer, idsOf(text)), ""],
    dispose: () => session.dispose(),
  };
}
