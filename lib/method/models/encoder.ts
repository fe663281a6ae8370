/**
 * Where a recipe's encoder comes from: a folder or hub id as transformers.js reads it (`lib/model/encoder/onnx_folder.ts`), or a
 * mini encoder that the lab pre-trains. The files of a folder are inputs of the run, so that their content is part of its
 * identity, and of the key of every step that reads them.
 * @module
 */
import { basename, join } from "node:path";
import { hashJson } from "../../hash.ts";
import type { Environment, InputFile, RunContext } from "../../lab/experiment/types.ts";
import { findOnnxFolder, type OnnxFolder } from "../../model/encoder/onnx_folder.ts";
import type { EncoderSource } from "./models.ts";
import type { Recipe } from "../recipe/fields.ts";
import { pretrainEncoderStep } from "../pretrain/encoder.ts";
import { tokenizerStep } from "../pretrain/tokenizer.ts";
import { modelsFolder, worldInput } from "../source/worlds.ts";

type Checkpoint = Pick<Recipe["encoder"], "checkpoint" | "dtype">;
type Places = Pick<Environment, "data" | "models">;

/** The encoder that a recipe names, or else one pre-trained on the world's text. */
export async function encoderPart(
  { checkpoint, dtype, ...own }: Recipe["encoder"],
  context: RunContext,
): Promise<EncoderSource> {
  if (checkpoint !== null) return realEncoder({ checkpoint, dtype }, context);
  const text = worldInput(context, ["bible"]);
  const { vocab_size, pretrain: { seed } } = own;
  const encoder_tokenizer = await context.step(tokenizerStep, {
    ...text,
    model: "encoder",
    vocab_size,
    seed,
  });
  const input = { ...text, encoder: own, tokenizer: encoder_tokenizer };
  return { kind: "own", encoder: await context.step(pretrainEncoderStep, input), encoder_tokenizer };
}

/** The encoder's files, none where the recipe has the lab train one. @throws {UserError} naming what is missing */
export function encoderFiles({ checkpoint, dtype }: Checkpoint, places: Places): InputFile[] {
  if (checkpoint === null) return [];
  return inputFiles(checkpoint, folderOf({ checkpoint, dtype }, places));
}

/** A real encoder as a step's input, known by its files' content. */
function realEncoder(
  { checkpoint, dtype }: Checkpoint & { readonly checkpoint: string },
  context: RunContext,
): EncoderSource {
  const found = folderOf({ checkpoint, dtype }, context);
  const hashes = inputFiles(checkpoint, found).map(({ name }) => [name, context.file(name).hash]);
  const key = hashJson({ checkpoint: Object.fromEntries(hashes) });
  return {
    kind: "real",
    encoder: { kind: "artifact", key, dir: found.folder, value: null },
    dtype: found.dtype,
  };
}

function folderOf(
  { checkpoint, dtype }: Checkpoint & { readonly checkpoint: string },
  places: Places,
): OnnxFolder {
  return findOnnxFolder(checkpoint, { models: modelsFolder(places), dtype });
}

function inputFiles(checkpoint: string, { folder, files }: OnnxFolder): InputFile[] {
  return files.map((file) => ({ name: `models/${basename(checkpoint)}/${file}`, path: join(folder, file) }));
}
