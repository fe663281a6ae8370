/**
 * Folders of encoders as transformers.js reads them: configuration, tokenizer, and graphs below `onnx/`, one for each
 * precision. A folder is found by its path, by its name below a folder of models, or by its hub id among what Hugging
 * Face's tools have downloaded to this machine. Nothing is downloaded here.
 * @module
 */
import { join } from "node:path";
import { UserError } from "../../errors.ts";
import { exists } from "../../files.ts";
import { checkpointPlace, isHubId, type ModelsFolders } from "../checkpoint/place.ts";

/** How file names end for each precision, the most precise first (transformers.js, utils/dtypes.js). */
const SUFFIXES = {
  fp32: "",
  fp16: "_fp16",
  q8: "_quantized",
  int8: "_int8",
  uint8: "_uint8",
  q4: "_q4",
  q4f16: "_q4f16",
  bnb4: "_bnb4",
} as const;
/** Precision of a graph's weights, by transformers.js's names. */
export type OnnxDtype = keyof typeof SUFFIXES;
export const ONNX_DTYPES = Object.keys(SUFFIXES) as OnnxDtype[];

/** An encoder alone, or the first half of an encoder-decoder model (NLLB, mT5). */
const GRAPHS = ["model", "encoder_model"] as const;
export type OnnxGraph = typeof GRAPHS[number];

const TEXT_FILES = ["config.json", "tokenizer.json", "tokenizer_config.json"];

/** A folder with everything that an encoder needs. */
export interface OnnxFolder {
  /** Absolute path. */
  readonly folder: string;
  readonly dtype: OnnxDtype;
  readonly graph: OnnxGraph;
  /** The files that are read, by their paths below the folder, in order. */
  readonly files: readonly string[];
}

/**
 * Finds the files of an encoder without reading them.
 * @param id a path (absolute, or beginning with "."), a name below a folder of `models`, or a hub id ("organisation/name")
 * @param dtype null takes the most precise graph that is there
 * @throws {UserError} naming the files that are missing and where they belong
 */
export function findOnnxFolder(
  id: string,
  { models, dtype = null }: { readonly models: ModelsFolders; readonly dtype?: OnnxDtype | null },
): OnnxFolder {
  const folder = encoderPlace(id, models);
  if (folder === undefined) {
    const weights = `onnx/${fileName("model", dtype ?? "fp32")}${
      dtype === null ? " or model.safetensors" : ""
    }`;
    const wanted = [...TEXT_FILES, weights].join(", ");
    const place = checkpointPlace(id, models);
    const hub = isHubId(id) ? `, or get them into Hugging Face's cache with "hf download ${id}"` : "";
    throw new UserError(
      `Cannot find the encoder "${id}": put its files (${wanted}) into "${place}"${hub}; ` +
        "`deno task models` lists those that the lab gets by itself",
    );
  }
  const found = findGraph((file) => exists(join(folder, file)), dtype);
  const missing = TEXT_FILES.filter((name) => !exists(join(folder, name)));
  if (found === undefined || missing.length > 0) {
    if (found === undefined) missing.push(`onnx/${fileName("model", dtype ?? "fp32")}`);
    throw new UserError(
      `Cannot use "${folder}" as an encoder: it has no ${missing.join(", no ")}; ` +
        "the model's page on the hub has them, in the layout of transformers.js",
    );
  }
  const file = fileName(found.graph, found.dtype);
  const weights = [...Deno.readDirSync(join(folder, "onnx"))].map(({ name }) => name)
    .filter((name) => name === file || name.startsWith(`${file}_data`) || name === `${file}.data`).sort();
  return { folder, ...found, files: [...TEXT_FILES, ...weights.map((name) => `onnx/${name}`)] };
}

/** The folder that an encoder's id stands for; undefined where there is none. See `findOnnxFolder`. */
export function encoderPlace(id: string, models: ModelsFolders): string | undefined {
  const place = checkpointPlace(id, models);
  return exists(place) ? place : undefined;
}

/** The graph that is used of those in a folder. @param isThere by the path below the folder */
export function findGraph(
  isThere: (file: string) => boolean,
  dtype: OnnxDtype | null = null,
): Pick<OnnxFolder, "graph" | "dtype"> | undefined {
  const graphs = (dtype === null ? ONNX_DTYPES : [dtype]).flatMap((each) =>
    GRAPHS.map((graph) => ({ graph, dtype: each }))
  );
  return graphs.find((each) => isThere(`onnx/${fileName(each.graph, each.dtype)}`));
}

function fileName(graph: string, dtype: OnnxDtype): string {
  return `${graph}${SUFFIXES[dtype]}.onnx`;
}
