/**
 * An encoder's graph and vocabulary as a function from texts to states: texts of like length go through together.
 * @module
 */
import { atLeast } from "../../checked.ts";
import { padIds } from "../../model/padding.ts";
import {
  parameterInputs,
  type Parameters,
  type ParameterShapes,
  type Weights,
} from "../../model/parameters.ts";
import { compile, type Device, float32Data, input, type Tensor } from "../../tensor/mod.ts";
import type { Compute, TextEncoder } from "../engine.ts";
import type { TextRows } from "../text_rows.ts";

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
  readonly text: TextRows;
}

/** Texts that go through together. */
const BATCH = 64;

/** The encoder, ready to run. */
export async function textEncoder(parts: EncoderParts, { device, threads }: Compute): Promise<TextEncoder> {
  const { hidden_size, text, weights } = parts;
  const [ids, attention_mask, position_ids] = atLeast(
    ["ids", "attention_mask", "position_ids"].map((name) => input(name, ["B", "S"], "int32")),
    3,
  );
  const states = parts.states(parameterInputs(parts.shapes), { ids, attention_mask, position_ids });
  const session = await compile({ states }, { device: device as Device, threads, weights });

  async function encode(texts: readonly string[], max_tokens?: number): Promise<Float32Array[]> {
    const rows = texts.map((one) => text.row(one, max_tokens));
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

  const { max_tokens, countTokens, pieces } = text;
  return { hidden_size, max_tokens, countTokens, pieces, encode, dispose: () => session.dispose() };
}
