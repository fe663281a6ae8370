/**
 * What a bridge makes of an encoder's states, text by text, without the boundary vectors.
 * @module
 */
import { bridge, bridgeParameterShapes } from "../../model/bridge/layer.ts";
import { loadBridge } from "../../model/bridge/file.ts";
import { parameterInputs } from "../../model/parameters.ts";
import { compile, type Device, float32, float32Data, input } from "../../tensor/mod.ts";
import type { Compute, ModelFolders, TextEncoder } from "../engine.ts";
import { openEncoder } from "./encoder.ts";

/** Texts that go through together. */
const BATCH = 64;

/** An encoder whose states have gone through the bridge: float32 [tokens, d_lm] a text. */
export async function openBridged(
  states: NonNullable<ModelFolders["states"]>,
  compute: Compute,
): Promise<TextEncoder> {
  const { config, weights } = loadBridge(states.bridge);
  const { d_enc, d_lm } = config;
  const bridged = bridge(
    config,
    parameterInputs(bridgeParameterShapes(config)),
    input("hidden_states", [1, "S", d_enc]),
  );
  const { device, threads } = compute;
  const session = await compile({ bridged }, { device: device as Device, threads, weights });
  const encoder = await openEncoder(states.encoder, compute);

  /** A bridge maps each position for itself, so that texts stand one after another without padding. */
  async function through(batch: readonly Float32Array[]): Promise<Float32Array[]> {
    const rows = batch.map((states) => states.length / d_enc);
    const joined = new Float32Array(batch.reduce((sum, { length }) => sum + length, 0));
    let from = 0;
    for (const states of batch) {
      joined.set(states, from);
      from += states.length;
    }
    const hidden_states = float32(joined, [1, joined.length / d_enc, d_enc]);
    const data = float32Data((await session.run({ hidden_states })).bridged!);
    let row = 0;
    return rows.map((count) => data.slice(row * d_lm, (row += count) * d_lm));
  }

  return {
    hidden_size: d_lm,
    max_tokens: encoder.max_tokens,
    countTokens: encoder.countTokens,
    pieces: encoder.pieces,
    async encode(texts, max_tokens) {
      const all = await encoder.encode(texts, max_tokens);
      const out: Float32Array[] = [];
      for (let at = 0; at < all.length; at += BATCH) {
        out.push(...await through(all.slice(at, at + BATCH)));
      }
      return out;
    },
    async dispose() {
      await session.dispose();
      await encoder.dispose();
    },
  };
}
