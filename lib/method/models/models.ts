/**
 * A system's models as steps make them or folders hold them, and the same as an engine's folders.
 * @module
 */
import { join } from "node:path";
import type { EncoderFolder, ModelFolders } from "../../engine/mod.ts";
import type { Artifact } from "../../lab/experiment/types.ts";
import { BRIDGE_FILE } from "../../model/bridge/file.ts";
import type { OnnxDtype, OnnxGraph } from "../../model/encoder/onnx_folder.ts";
import type { Reading } from "../reader/reading.ts";

/** Where an encoder lies: the lab's own with its vocabulary, a folder of safetensors, or one as transformers.js reads it. */
export type EncoderSource =
  | { readonly kind: "mini"; readonly encoder: Artifact; readonly encoder_tokenizer: Artifact }
  | { readonly kind: "bert"; readonly encoder: Artifact; readonly digits?: "apart" }
  | { readonly kind: "transformers"; readonly encoder: Artifact }
  | {
    readonly kind: "checkpoint";
    readonly encoder: Artifact;
    readonly dtype: OnnxDtype;
    readonly graph: OnnxGraph;
  };

/** The models that a system begins with; no encoder where it reads tokens alone. */
export interface Models {
  readonly llm: Artifact;
  readonly llm_tokenizer: Artifact;
  readonly encoder?: EncoderSource;
}

/** A system as the input of a step that asks it. */
export interface Trained extends Models {
  /** The last training; null: the LLM as it came. */
  readonly trained: Artifact | null;
  readonly reading: Reading;
}

/** The models as far as a reading needs them, so that nothing else is part of a step. */
export function modelsFor({ by }: Reading, { llm, llm_tokenizer, encoder }: Models): Models {
  return by === "tokens" || encoder === undefined ? { llm, llm_tokenizer } : { llm, llm_tokenizer, encoder };
}

/** An encoder's folders. */
export function encoderFolder(source: EncoderSource): EncoderFolder {
  const { dir } = source.encoder;
  switch (source.kind) {
    case "mini":
      return { kind: "mini", encoder: dir, tokenizer: source.encoder_tokenizer.dir };
    case "bert":
      return { kind: "bert", encoder: dir, digits: source.digits };
    case "transformers":
      return { kind: "transformers", encoder: dir };
    case "checkpoint":
      return { kind: "checkpoint", encoder: dir, dtype: source.dtype, graph: source.graph };
  }
}

/**
 * A trained system's folders.
 * @param trained the last training's artifact; null: nothing has learned yet, so that there is no bridge
 */
export function modelFolders(
  reading: Reading,
  { llm, encoder }: Models,
  trained: Pick<Artifact, "dir"> | null,
): ModelFolders {
  const folder = trained === null ? llm.dir : join(trained.dir, "llm");
  if (reading.by === "tokens") return { llm: folder, states: null };
  if (encoder === undefined || trained === null) {
    throw new TypeError("internal: a system that reads states has no encoder or no bridge");
  }
  return {
    llm: folder,
    states: { encoder: encoderFolder(encoder), bridge: join(trained.dir, BRIDGE_FILE) },
  };
}
