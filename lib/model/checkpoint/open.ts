/**
 * Checkpoints in Hugging Face layout: a folder with `config.json`, the weights as one `model.safetensors` or as shards
 * listed in `model.safetensors.index.json`, and a tokenizer. Opening reads headers only; a tensor is read when it is
 * asked for, so that memory stays near the size of what is used.
 * @module
 */
import * as v from "valibot";
import { didYouMean, UserError } from "../../errors.ts";
import { exists } from "../../files.ts";
import { openSafetensors, type Safetensors } from "../../tensor/safetensors.ts";
import { parseConfig } from "./_parse_config.ts";
import { readJsonFile } from "./_read_json.ts";

export const CONFIG_FILE = "config.json";
export const WEIGHTS_FILE = "model.safetensors";
export const INDEX_FILE = "model.safetensors.index.json";

/** What `lib/model/llama/graph.ts` computes, by its name in Hugging Face configurations. */
const LLAMA_ARCHITECTURES: readonly string[] = ["LlamaForCausalLM", "MistralForCausalLM"];

/** An open checkpoint folder. */
export interface Checkpoint {
  readonly folder: string;
  /** The parsed content of `config.json`. */
  readonly config: Record<string, unknown>;
  /** Names and shapes of the tensors, in the order of the files. */
  readonly shapes: ReadonlyMap<string, readonly number[]>;
  /** One tensor as float32, row-major, read from disk now. @throws {UserError} when there is no such tensor. */
  float32(name: string): Float32Array<ArrayBuffer>;
}

const indexSchema = v.object({ weight_map: v.record(v.string(), v.string()) });

/**
 * Opens a checkpoint folder without reading any tensor.
 * @param architectures those of which one must be in the configuration, if it names any
 * @throws {UserError} when the folder or one of its files is missing or damaged, when the index and the shards
 * disagree, or when the architecture is not supported.
 */
export function openCheckpoint(folder: string, architectures = LLAMA_ARCHITECTURES): Checkpoint {
  // Before the folder itself: a step may look at the files only.
  if (!exists(`${folder}/${CONFIG_FILE}`) && !exists(folder)) {
    throw new UserError(`Cannot open checkpoint "${folder}": there is no such folder`);
  }
  const config = readConfig(folder, architectures);
  // Where both are there, the single file counts, as in transformers.
  const isSharded = !exists(`${folder}/${WEIGHTS_FILE}`) && exists(`${folder}/${INDEX_FILE}`);
  const files = isSharded ? openShards(folder) : openSingle(folder);
  const home = new Map<string, Safetensors>();
  for (const file of files) {
    for (const name of file.entries.keys()) {
      const other = home.get(name);
      if (other !== undefined) {
        throw new UserError(
          `Cannot open checkpoint "${folder}": tensor "${name}" is in "${other.path}" and in "${file.path}"`,
        );
      }
      home.set(name, file);
    }
  }

  function float32(name: string): Float32Array<ArrayBuffer> {
    const file = home.get(name);
    if (file === undefined) {
      throw new UserError(
        `Cannot find tensor "${name}" in "${folder}": ${didYouMean(name, [...home.keys()])}`,
      );
    }
    return file.float32(name);
  }
  const shapes = new Map([...home].map(([name, file]) => [name, file.entries.get(name)!.shape]));
  return { folder, config, shapes, float32 };
}

/** Buffers that are computed from the configuration and that old libraries wrote beside the parameters. */
const BUFFERS = /(^|\.)rotary_emb\.(inv_freq|cos_cached|sin_cached)$/;

/**
 * Checks that a checkpoint has the tensors of `expected` with those shapes, and no others but known buffers: a parameter
 * that the computation does not have (a bias, a norm, a layer more) would make another model of it.
 * @param copies tensors that may be there too, as copies of others
 * @throws {UserError} naming the tensors that are missing or too many, or the first whose shape differs.
 */
export function checkTensors(
  checkpoint: Checkpoint,
  expected: Readonly<Record<string, readonly number[]>>,
  copies: Readonly<Record<string, string>> = {},
): void {
  const missing = Object.keys(expected).filter((name) => !checkpoint.shapes.has(name));
  if (missing.length > 0) {
    throw new UserError(
      `Cannot load "${checkpoint.folder}": missing ${tensors(missing)}; its ${CONFIG_FILE} asks for it`,
    );
  }
  for (const [name, shape] of Object.entries(expected)) {
    const found = checkpoint.shapes.get(name)!;
    if (found.length !== shape.length || found.some((size, i) => size !== shape[i])) {
      throw new UserError(
        `Cannot load "${checkpoint.folder}": tensor "${name}" has shape [${found}], its ${CONFIG_FILE} asks for [${shape}]`,
      );
    }
  }
  const stray = [...checkpoint.shapes.keys()].filter((name) =>
    !Object.hasOwn(expected, name) && !BUFFERS.test(name) && !isCopy(checkpoint, name, copies)
  );
  if (stray.length > 0) {
    throw new UserError(
      `Cannot load "${checkpoint.folder}": ${
        tensors(stray)
      } would not be used: the model of its ${CONFIG_FILE}, ` +
        "as it is computed here, has no such parameter",
    );
  }
}

/** Whether the tensor may be there beside the one it is a copy of, and really is one. */
function isCopy(checkpoint: Checkpoint, name: string, copies: Readonly<Record<string, string>>): boolean {
  if (!Object.hasOwn(copies, name)) return false;
  const [copy, original] = [checkpoint.float32(name), checkpoint.float32(copies[name]!)];
  return copy.length === original.length && copy.every((x, i) => Object.is(x, original[i]));
}

/** As `tensor "a", "b", "c" and 2 more`. */
function tensors(names: readonly string[]): string {
  const first = names.slice(0, 3).map((name) => JSON.stringify(name)).join(", ");
  return `tensor ${first}${names.length > 3 ? ` and ${names.length - 3} more` : ""}`;
}

function readConfig(folder: string, supported: readonly string[]): Record<string, unknown> {
  const path = `${folder}/${CONFIG_FILE}`;
  const config = readJsonFile(path);
  const { architectures: named = [] } = parseConfig(
    v.object({ architectures: v.nullish(v.array(v.string()), []) }),
    config,
    `"${path}"`,
  );
  if (named.length > 0 && !named.some((name) => supported.includes(name))) {
    throw new UserError(
      `Cannot open checkpoint "${folder}": architecture "${
        named.join('", "')
      }" is not supported; supported: ${supported.join(", ")}`,
    );
  }
  // As it is: valibot's copy leaves out fields called "constructor" and the like.
  return config as Record<string, unknown>;
}

function openSingle(folder: string): Safetensors[] {
  const path = `${folder}/${WEIGHTS_FILE}`;
  if (!exists(path)) {
    throw new UserError(
      `Cannot open checkpoint "${folder}": it has neither ${WEIGHTS_FILE} nor ${INDEX_FILE}; weights in other formats must be converted to safetensors first`,
    );
  }
  return [openSafetensors(path)];
}

function openShards(folder: string): Safetensors[] {
  const path = `${folder}/${INDEX_FILE}`;
  const { weight_map } = parseConfig(indexSchema, readJsonFile(path), `"${path}"`);
  const names = [...new Set(Object.values(weight_map))].sort();
  const stray = names.find((name) => name.includes("/") || name.includes("\\"));
  if (stray !== undefined) {
    throw new UserError(`Cannot use "${path}": shard "${stray}" is not a file of this folder`);
  }
  const shards = new Map(names.map((name) => [name, openSafetensors(`${folder}/${name}`)]));
  for (const [tensor, name] of Object.entries(weight_map)) {
    if (!shards.get(name)!.entries.has(tensor)) {
      throw new UserError(
        `Cannot use "${path}": it says that "${name}" holds tensor "${tensor}", which it does not`,
      );
    }
  }
  return [...shards.values()];
}
