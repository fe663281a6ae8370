/**
 * Where a recipe's encoder comes from: a folder or hub id (`lib/model/encoder/find.ts`), or a mini encoder that the lab
 * pre-trains. The files of a folder are inputs of the run, so that their content is part of its identity, and of the key of
 * every step that reads them.
 * @module
 */
import { basename, join } from "node:path";
import { UserError } from "../../errors.ts";
import { hashJson } from "../../hash.ts";
import type { Environment, InputFile, RunContext } from "../../lab/experiment/types.ts";
import { checkBertFits, openBert } from "../../model/encoder/bert.ts";
import { findEncoder, isForTransformers } from "../../model/encoder/find.ts";
import { encoderPlace, findGraph } from "../../model/encoder/onnx_folder.ts";
import { type EncoderSize, encoderSizeIn, knownEncoder } from "../../model/sizes.ts";
import type { EncoderSource } from "./models.ts";
import type { Recipe } from "../recipe/fields.ts";
import { pretrainEncoderStep } from "../pretrain/encoder.ts";
import { tokenizerStep } from "../pretrain/tokenizer.ts";
import { modelsFolders, worldInput } from "../source/worlds.ts";

type Checkpoint = Pick<Recipe["encoder"], "checkpoint" | "dtype" | "digits">;
type Places = Pick<Environment, "data" | "models" | "runtime">;

/** The encoder that a recipe names, or else one pre-trained on the world's text. */
export async function encoderModel(
  { checkpoint, dtype, digits, ...own }: Recipe["encoder"],
  context: RunContext,
): Promise<EncoderSource> {
  if (checkpoint !== null) return checkpointEncoder({ checkpoint, dtype, digits }, context);
  const text = worldInput(context, ["bible"]);
  const { vocab_size, pretrain: { seed } } = own;
  const encoder_tokenizer = await context.step(tokenizerStep, {
    ...text,
    model: "encoder",
    vocab_size,
    seed,
  });
  const input = { ...text, encoder: own, tokenizer: encoder_tokenizer };
  return { kind: "mini", encoder: await context.step(pretrainEncoderStep, input), encoder_tokenizer };
}

/** The encoder's files, none where the recipe has the lab train one. @throws {UserError} naming what is missing */
export function encoderFiles({ checkpoint, dtype, digits }: Checkpoint, places: Places): InputFile[] {
  if (checkpoint === null) return [];
  const { format, folder: root, files } = findEncoder(checkpoint, { models: modelsFolders(places), dtype });
  if (format === "transformers" && places.runtime?.engine !== "torch") {
    throw new UserError(
      `Cannot use the encoder "${checkpoint}" with the lab's own engine, which reads BERT, XLM-R and graphs; use ` +
        "--engine torch",
    );
  }
  if (digits === "apart" && format !== "safetensors") {
    throw new UserError(
      `Cannot read digits apart with the encoder "${checkpoint}": only BERT and XLM-R in safetensors can; take one, or ` +
        'encoder.digits "pieces"',
    );
  }
  if (format === "safetensors") checkBertFits(root, openBert(root), Deno.systemMemoryInfo().total);
  return files.map((file) => ({ name: `${prefixOf(checkpoint)}${file}`, path: join(root, file), root }));
}

/**
 * An encoder's size: of its folder, of a model that is known and not here, or of one that the lab trains.
 * @throws {UserError} when it is not there, or of a family whose size is not known
 */
export function encoderSize({ checkpoint, ...own }: Recipe["encoder"], places: Places): EncoderSize {
  if (checkpoint === null) {
    const { vocab_size, hidden_size, intermediate_size, num_hidden_layers } = own;
    const layer = 4 * hidden_size ** 2 + 2 * hidden_size * intermediate_size;
    return { parameters: vocab_size * hidden_size + num_hidden_layers * layer, hidden_size };
  }
  const folder = encoderPlace(checkpoint, modelsFolders(places));
  const size = folder === undefined ? knownEncoder(checkpoint) : encoderSizeIn(folder);
  if (size !== undefined) return size;
  // Says where it belongs.
  findEncoder(checkpoint, { models: modelsFolders(places), dtype: null });
  throw new UserError(
    `Cannot tell how large the encoder "${checkpoint}" is: its config.json is of no family known here`,
  );
}

/** A checkpoint as a step's input, known by its files' content. */
function checkpointEncoder(
  { checkpoint, dtype, digits }: Checkpoint & { readonly checkpoint: string },
  context: RunContext,
): EncoderSource {
  const prefix = prefixOf(checkpoint);
  const files = context.files.filter(({ name }) => name.startsWith(prefix));
  const [first] = files;
  if (first === undefined) {
    throw new TypeError(`internal: the encoder "${checkpoint}" is no input of the run`);
  }
  const key = hashJson({ checkpoint: Object.fromEntries(files.map(({ name, hash }) => [name, hash])) });
  const encoder = { kind: "artifact", key, dir: first.root, value: null } as const;
  if (isForTransformers(first.root)) return { kind: "transformers", encoder };
  const graph = findGraph((file) => files.some(({ name }) => name === `${prefix}${file}`), dtype);
  if (graph !== undefined) return { kind: "checkpoint", encoder, ...graph };
  return digits === "apart" ? { kind: "bert", encoder, digits } : { kind: "bert", encoder };
}

/** Before the names of a checkpoint's files. */
function prefixOf(checkpoint: string): string {
  return `models/${basename(checkpoint)}/`;
}
