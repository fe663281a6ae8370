/**
 * An encoder's graph and vocabulary as a function from texts to states: texts of like length go through together.
 * @module
 */
import { atLeast } from "../../checked.ts";
import type { Tokenizer } from "../../model/checkpoint/tokenizer.ts";
import { tokenPieces } from "../../model/checkpoint/token_spans.ts";
import { padIds } from "../../model/padding.ts";
import {
  parameterInputs,
  type Parameters,
  type ParameterShapes,
  type Weights,
} from "../../model/parameters.ts";
import { compile, type Device, float32Data, input, type Tensor } from "../../tensor/mod.ts";
import type { Compute, TextEncoder } from "../engine.ts";

/** What reads a batch: int32 [B, S] each. */
interface BatchInputs {
  readonly ids: Tensor;
  readonly attention_mask: Tensor;
  readonly position_ids: Tensor;
}

/** An encoder as far as texts need it. */
export interface EncoderParts {
  /** float32 [B, S, hidden_size] */
  states(parameters: Parameters, inputs: BatchInputs): Tensor;
  readonly shapes: ParameterShapes;
  readonly weights: Weights;
  readonly hidden_size: number;
  /** Tokens that it reads at most, boundary tokens included. */
  readonly max_tokens: number;
  readonly tokenizer: Tokenizer;
  /** The ids that stand before and after a text's. */
  readonly boundaries: { readonly before: readonly number[]; readonly after: readonly number[] };
}

/** Texts that go through together. */
const BATCH = 64;

/** The encoder, ready to run. */
export async function textEncoder(parts: EncoderParts, { device, threads }: Compute): Promise<TextEncoder> {
  const { hidden_size, max_tokens: longest, tokenizer, boundaries: { before, after }, weights } = parts;
  const [ids, attention_mask, position_ids] = atLeast(
    ["ids", "attention_mask", "position_ids"].map((name) => input(name, ["B", "S"], "int32")),
    3,
  );
  const states = parts.states(parameterInputs(parts.shapes), { ids, attention_mask, position_ids });
  const session = await compile({ states }, { device: device as Device, threads, weights });
  const boundaries = before.length + after.length;
  const idsOf = (text: string) => tokenizer.encode(text, { addSpecialTokens: false });

  async function encode(
    texts: readonly string[],
    max_tokens: number = longest,
  ): Promise<Float32Array[]> {
    const most = Math.min(max_tokens, longest) - boundaries;
    const rows = texts.map((text) => [...before, ...idsOf(text).slice(0, most), ...after]);
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
    countTokens: (text) => idsOf(text).length + boundaries,
    pieces: (text) => [
      ...before.map(() => ""),
      ...tokenPieces(tokenizer, idsOf(text)),
      ...after.map(() => ""),
    ],
    dispose: () => session.dispose(),
  };
}
