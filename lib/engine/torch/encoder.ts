/**
 * The frozen encoder in PyTorch, by itself or with a bridge behind it. Texts are read and counted here; Python starts with
 * the first states.
 * @module
 */
import { resolve } from "node:path";
import { loadBridge } from "../../model/bridge/file.ts";
import type { Compute, EncoderFolder, ModelFolders, TextEncoder } from "../engine.ts";
import { openBridged as openOnnxBridged } from "../onnx/bridged.ts";
import { openEncoder as openOnnxEncoder } from "../onnx/encoder.ts";
import { absoluteEncoder } from "./absolute.ts";
import { isTorch, openRows, type TorchFolder } from "./rows.ts";
import { sessionOf } from "./session.ts";

export async function openEncoder(
  folder: EncoderFolder,
  compute: Compute,
  layer: number | null = null,
): Promise<TextEncoder> {
  if (!isTorch(folder)) return await openOnnxEncoder(folder, onOnnx(compute), layer);
  return await throughPython(folder, compute, { layer });
}

/** The same after the bridge, without boundary vectors. */
export async function openBridged(
  states: NonNullable<ModelFolders["states"]>,
  compute: Compute,
): Promise<TextEncoder> {
  const { encoder, bridge } = states;
  if (!isTorch(encoder)) return await openOnnxBridged({ encoder, bridge }, onOnnx(compute));
  const { config: { d_lm } } = loadBridge(bridge);
  return { ...await throughPython(encoder, compute, { bridge, d_lm }), hidden_size: d_lm };
}

/** A graph runs where ONNX Runtime can. */
export function onOnnx({ threads }: Compute): Compute {
  return { device: "cpu", threads };
}

async function throughPython(
  folder: TorchFolder,
  compute: Compute,
  { layer = null, bridge, d_lm }: { layer?: number | null; bridge?: string; d_lm?: number },
): Promise<TextEncoder> {
  const { text, hidden_size } = await openRows(folder, compute, layer);
  const width = d_lm ?? hidden_size;
  const session = sessionOf(compute);
  let opening: Promise<number> | undefined;

  async function open(): Promise<number> {
    const { message } = await session.ask("encoder", {
      folder: absoluteEncoder(folder),
      layer,
      bridge: bridge && resolve(bridge),
      compute,
    });
    return message.opened as number;
  }

  return {
    hidden_size,
    max_tokens: text.max_tokens,
    countTokens: text.countTokens,
    pieces: text.pieces,
    async encode(texts, max_tokens) {
      if (texts.length === 0) return [];
      const opened = await (opening ??= open());
      const rows = texts.map((one) => text.row(one, max_tokens));
      const { payload } = await session.ask("encode", { opened, rows });
      const states = new Float32Array(payload.buffer);
      let at = 0;
      return rows.map(({ length }) => states.slice(at, at += length * width));
    },
    async dispose() {
      if (opening !== undefined) await session.ask("close", { opened: await opening });
    },
  };
}
