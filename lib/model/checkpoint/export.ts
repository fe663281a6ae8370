/**
 * Writing a checkpoint folder in Hugging Face layout: `config.json` and float32 safetensors, in shards when the weights
 * are larger than one file may be.
 * @module
 */
import { UserError } from "../../errors.ts";
import { removeIfThere, writeFileAtomic } from "../../files.ts";
import { type SafetensorsInput, writeSafetensors } from "../../tensor/safetensors.ts";
import { CONFIG_FILE, INDEX_FILE, WEIGHTS_FILE } from "./open.ts";

/** A checkpoint to write. */
export interface CheckpointContent {
  /** Written as `config.json`. */
  readonly config: Readonly<Record<string, unknown>>;
  /** The tensors in order; `data` may be a function that makes a tensor when its turn comes. */
  readonly tensors: readonly (Omit<SafetensorsInput, "dtype">)[];
  /** Other files of the folder by name (`tokenizer.json`), as parsed JSON. */
  readonly json?: Readonly<Record<string, unknown>> | undefined;
}

/** The shard size that Hugging Face libraries use by default. */
const MAX_SHARD_BYTES = 5e9;

/**
 * Writes the folder. The weights are float32, in one file if they fit into `maxShardBytes` and else in shards filled in
 * the order given; a tensor larger than that has a shard of its own. `config.json` comes last, so that a folder that
 * has one is whole.
 * @throws {UserError} for a `maxShardBytes` below 1, and whatever writing throws (see `writeFileAtomic`).
 */
export function exportCheckpoint(
  folder: string,
  content: CheckpointContent,
  options: { readonly maxShardBytes?: number | undefined } = {},
): void {
  const maxShardBytes = options.maxShardBytes ?? MAX_SHARD_BYTES;
  if (!(maxShardBytes >= 1)) throw new UserError(`Cannot write shards of ${maxShardBytes} bytes`);
  const tensors = content.tensors.map((tensor) => ({ ...tensor, dtype: "F32" as const }));
  const shards = split(tensors, maxShardBytes);
  removeIfThere(`${folder}/${CONFIG_FILE}`);
  if (shards.length === 1) writeSingle(folder, tensors);
  else writeShards(folder, shards);
  for (const [name, value] of Object.entries({ ...content.json, [CONFIG_FILE]: content.config })) {
    writeFileAtomic(`${folder}/${name}`, JSON.stringify(value, null, 2) + "\n");
  }
}

function writeSingle(folder: string, tensors: readonly SafetensorsInput[]): void {
  writeSafetensors(`${folder}/${WEIGHTS_FILE}`, tensors, { format: "pt" });
  removeIfThere(`${folder}/${INDEX_FILE}`);
}

function writeShards(folder: string, shards: readonly (readonly SafetensorsInput[])[]): void {
  const weight_map: Record<string, string> = {};
  const number = (n: number) => String(n).padStart(5, "0");
  shards.forEach((tensors, i) => {
    const name = `model-${number(i + 1)}-of-${number(shards.length)}.safetensors`;
    writeSafetensors(`${folder}/${name}`, tensors, { format: "pt" });
    for (const tensor of tensors) weight_map[tensor.name] = name;
  });
  const total_size = shards.flat().reduce((sum, tensor) => sum + bytesOf(tensor), 0);
  writeFileAtomic(
    `${folder}/${INDEX_FILE}`,
    JSON.stringify({ metadata: { total_size }, weight_map }, null, 2) + "\n",
  );
  removeIfThere(`${folder}/${WEIGHTS_FILE}`);
}

function split(tensors: readonly SafetensorsInput[], maxShardBytes: number): SafetensorsInput[][] {
  const shards: SafetensorsInput[][] = [[]];
  let size = 0;
  for (const tensor of tensors) {
    const bytes = bytesOf(tensor);
    if (size > 0 && size + bytes > maxShardBytes) {
      shards.push([]);
      size = 0;
    }
    shards.at(-1)!.push(tensor);
    size += bytes;
  }
  return shards;
}

function bytesOf(tensor: SafetensorsInput): number {
  return tensor.shape.reduce((size, dim) => size * dim, 4);
}
