/**
 * Which files a folder's encoder is read from: a graph for transformers.js where there is one (or a precision is asked for),
 * else the safetensors of a BERT or XLM-R, else whatever Python's transformers opens (`--engine torch`).
 * @module
 */
import { join } from "node:path";
import { exists } from "../../files.ts";
import { CONFIG_FILE, INDEX_FILE, WEIGHTS_FILE } from "../checkpoint/open.ts";
import { readJsonFile } from "../checkpoint/_read_json.ts";
import type { ModelsFolders } from "../checkpoint/place.ts";
import { TOKENIZER_FILES } from "../checkpoint/tokenizer.ts";
import { encoderPlace, findGraph, findOnnxFolder, type OnnxDtype } from "./onnx_folder.ts";
import { UserError } from "../../errors.ts";

/** An encoder's files. */
export interface EncoderFiles {
  readonly format: "onnx" | "safetensors" | "transformers";
  /** Absolute path. */
  readonly folder: string;
  /** Those that are read, by their paths below the folder, in order. */
  readonly files: readonly string[];
}

/**
 * Finds the files of an encoder without reading its weights.
 * @param id as for `findOnnxFolder`
 * @throws {UserError} naming the files that are missing and where they belong
 */
export function findEncoder(
  id: string,
  { models, dtype }: { readonly models: ModelsFolders; readonly dtype: OnnxDtype | null },
): EncoderFiles {
  const folder = encoderPlace(id, models);
  const isThere = (file: string) => folder !== undefined && exists(join(folder, file));
  if (folder !== undefined && dtype === null && !findGraph(isThere) && isForTransformers(folder)) {
    return { format: "transformers", folder, files: otherFiles(folder) };
  }
  const weights = [WEIGHTS_FILE, INDEX_FILE].find(isThere);
  if (folder === undefined || weights === undefined || dtype !== null || findGraph(isThere)) {
    const { folder, files } = findOnnxFolder(id, { models, dtype });
    return { format: "onnx", folder, files };
  }
  const [tokenizer] = TOKENIZER_FILES;
  const missing = [CONFIG_FILE, tokenizer].filter((file) => !isThere(file));
  if (missing.length > 0) {
    throw new UserError(
      `Cannot use "${folder}" as an encoder: it has no ${missing.join(", no ")}; ` +
        "take it from where the weights are from",
    );
  }
  const files = [CONFIG_FILE, ...TOKENIZER_FILES.filter(isThere), ...weightFiles(folder, weights)];
  return { format: "safetensors", folder, files };
}

/** Families whose encoder half the PyTorch engine takes, and no other. */
const OTHER_FAMILIES: readonly unknown[] = ["t5", "mt5", "umt5", "m2m_100"];

/** Whether a folder's encoder is of a family that Python's transformers alone opens here. */
export function isForTransformers(folder: string): boolean {
  const path = join(folder, CONFIG_FILE);
  if (!exists(path)) return false;
  const config = readJsonFile(path) as { model_type?: unknown } | null;
  return OTHER_FAMILIES.includes(config?.model_type);
}

/** Weights in either of their formats, and whatever a tokenizer may be made of. */
const OTHER_FILES =
  /\.(safetensors|bin)(\.index\.json)?$|^(config|tokenizer|tokenizer_config|special_tokens_map)\.json$|\.model$/;

function otherFiles(folder: string): string[] {
  return [...Deno.readDirSync(folder)].map(({ name }) => name).filter((name) => OTHER_FILES.test(name))
    .sort();
}

/** The index and its shards, or the one file. */
function weightFiles(folder: string, weights: string): readonly string[] {
  if (weights === WEIGHTS_FILE) return [weights];
  const { weight_map } = readJsonFile(join(folder, weights)) as { weight_map?: Record<string, string> };
  return [weights, ...[...new Set(Object.values(weight_map ?? {}))].sort()];
}
