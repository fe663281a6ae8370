/**
 * A recipe's real encoder: a folder or hub id as transformers.js reads it (`lib/model/onnx_folder.ts`). Its files are
 * inputs of the run, so that their content is part of its identity, and of the key of every step that reads them.
 * @module
 */
import { basename, join } from "node:path";
import * as v from "valibot";
import { hashJson } from "../hash.ts";
import type { Artifact, Environment, InputFile, RunContext } from "../lab/types.ts";
import { findOnnxFolder, ONNX_DTYPES, type OnnxDtype, type OnnxFolder } from "../model/onnx_folder.ts";

/** Fields of a recipe that name a real encoder. */
export const realEncoderFields = v.strictObject({
  /** A folder below `--models`, a path, or a hub id that is on this machine; null: one that the lab trains. */
  checkpoint: v.nullable(v.string()),
  /** Which of the folder's graphs; null: the most precise that is there. */
  dtype: v.nullable(v.picklist(ONNX_DTYPES)),
});

type RealEncoder = v.InferOutput<typeof realEncoderFields>;
type Places = Pick<Environment, "data" | "models">;

/** The encoder's files, none where the recipe has the lab train one. @throws {UserError} naming what is missing */
export function realEncoderFiles({ checkpoint, dtype }: RealEncoder, places: Places): InputFile[] {
  if (checkpoint === null) return [];
  return inputFiles(checkpoint, folderOf({ checkpoint, dtype }, places));
}

/** The encoder as a step's input, known by its files' content. */
export function realEncoder(
  { checkpoint, dtype }: RealEncoder & { readonly checkpoint: string },
  context: RunContext,
): { encoder: Artifact; dtype: OnnxDtype } {
  const found = folderOf({ checkpoint, dtype }, context);
  const hashes = inputFiles(checkpoint, found).map(({ name }) => [name, context.file(name).hash]);
  const key = hashJson({ checkpoint: Object.fromEntries(hashes) });
  return { encoder: { kind: "artifact", key, dir: found.folder, value: null }, dtype: found.dtype };
}

function folderOf(
  { checkpoint, dtype }: RealEncoder & { readonly checkpoint: string },
  { data = "../shared/data", models = join(data, "..", "models") }: Places,
): OnnxFolder {
  return findOnnxFolder(checkpoint, { models, dtype });
}

function inputFiles(checkpoint: string, { folder, files }: OnnxFolder): InputFile[] {
  return files.map((file) => ({ name: `models/${basename(checkpoint)}/${file}`, path: join(folder, file) }));
}
