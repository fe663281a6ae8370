/**
 * Models by absolute paths: Python runs in another folder than this process.
 * @module
 */
import { resolve } from "node:path";
import type { EncoderFolder, ModelFolders } from "../engine.ts";

/** The same encoder. */
export function absoluteEncoder<F extends EncoderFolder>(folder: F): F {
  const encoder = resolve(folder.encoder);
  return folder.kind === "mini"
    ? { ...folder, encoder, tokenizer: resolve(folder.tokenizer) }
    : { ...folder, encoder };
}

/** The same models. */
export function absoluteModel({ llm, states }: ModelFolders): ModelFolders {
  return {
    llm: resolve(llm),
    states: states && { encoder: absoluteEncoder(states.encoder), bridge: resolve(states.bridge) },
  };
}
