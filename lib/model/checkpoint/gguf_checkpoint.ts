/**
 * A GGUF file of a Llama model as a checkpoint in Hugging Face's names: configuration and tensors. llama.cpp has the
 * rows of queries and keys in another order (pairs of a rotary position side by side); here they are as transformers has them.
 * @module
 */
import { atLeast } from "../../checked.ts";
import { UserError } from "../../errors.ts";
import type { Checkpoint } from "./open.ts";
import type { Gguf } from "./gguf.ts";

const ARCHITECTURE = "general.architecture";
/** Names of a layer's parts, in llama.cpp and in transformers. */
const PARTS: Readonly<Record<string, string>> = {
  attn_norm: "input_layernorm",
  ffn_norm: "post_attention_layernorm",
  attn_q: "self_attn.q_proj",
  attn_k: "self_attn.k_proj",
  attn_v: "self_attn.v_proj",
  attn_output: "self_attn.o_proj",
  ffn_gate: "mlp.gate_proj",
  ffn_up: "mlp.up_proj",
  ffn_down: "mlp.down_proj",
};
const OUTSIDE: Readonly<Record<string, string>> = {
  "token_embd.weight": "model.embed_tokens.weight",
  "output_norm.weight": "model.norm.weight",
  "output.weight": "lm_head.weight",
};
/** A table that follows from the configuration. */
const ROPE_TABLE = "rope_freqs.weight";

/**
 * The checkpoint in an open GGUF file, without reading a tensor.
 * @throws {UserError} for another architecture, or metadata that would change what is computed
 */
export function ggufCheckpoint(file: Gguf): Checkpoint {
  const { path } = file;
  const config = configOf(file);
  const names = new Map<string, string>();
  for (const name of file.tensors.keys()) names.set(nameOf(name, path), name);
  const shapes = new Map([...names].map(([name, own]) => [name, file.tensors.get(own)!.shape]));
  return {
    folder: path,
    config,
    shapes,
    float32(name) {
      const own = names.get(name);
      if (own === undefined) throw new UserError(`Cannot find tensor "${name}" in "${path}"`);
      const data = file.float32(own);
      const shape = file.tensors.get(own)!.shape;
      if (/\.q_proj\./.test(name)) return inHalves(data, shape, config.num_attention_heads);
      return /\.k_proj\./.test(name) ? inHalves(data, shape, config.num_key_value_heads) : data;
    },
  };
}

/** `config.json` as transformers would have it. */
function configOf({ path, metadata, tensors }: Gguf) {
  const architecture = metadata.get(ARCHITECTURE);
  if (architecture !== "llama") {
    throw new UserError(
      `Cannot open "${path}": its architecture is "${architecture}"; of GGUF files those of "llama" are read`,
    );
  }
  const number = (key: string, otherwise?: number): number => {
    const value = metadata.get(`llama.${key}`) ?? otherwise;
    if (typeof value === "number") return value;
    const why = value === undefined
      ? "is not in its metadata"
      : "is no number, and what it is is not computed here";
    throw new UserError(`Cannot open "${path}": llama.${key} ${why}`);
  };
  const heads = number("attention.head_count");
  const hidden_size = number("embedding_length");
  const rotary = number("rope.dimension_count", hidden_size / heads);
  const scaling = metadata.get("llama.rope.scaling.type") ?? "none";
  const doubts = [
    ...(rotary === hidden_size / heads ? [] : [`rope.dimension_count ${rotary}`]),
    ...(scaling === "none" ? [] : [`rope.scaling.type "${scaling}"`]),
    ...(number("expert_count", 0) === 0 ? [] : [`expert_count ${number("expert_count")}`]),
  ];
  if (doubts.length > 0) {
    throw new UserError(`Cannot open "${path}": llama.${doubts.join(", llama.")} is not computed here`);
  }
  const [vocab_size] = tensors.get("token_embd.weight")?.shape ?? [number("vocab_size")];
  const token = (name: string) => {
    const id = metadata.get(`tokenizer.ggml.${name}_token_id`);
    return typeof id === "number" ? id : null;
  };
  return {
    architectures: ["LlamaForCausalLM"],
    model_type: "llama",
    hidden_act: "silu",
    attention_bias: false,
    hidden_size,
    intermediate_size: number("feed_forward_length"),
    num_hidden_layers: number("block_count"),
    num_attention_heads: heads,
    num_key_value_heads: number("attention.head_count_kv", heads),
    max_position_embeddings: number("context_length"),
    rope_theta: number("rope.freq_base", 10_000),
    rms_norm_eps: number("attention.layer_norm_rms_epsilon"),
    tie_word_embeddings: !tensors.has("output.weight"),
    vocab_size,
    bos_token_id: token("bos"),
    eos_token_id: token("eos"),
    pad_token_id: token("padding"),
  };
}

/** transformers' name of a tensor; its own where it has none, so that it is refused by that. */
function nameOf(name: string, path: string): string {
  const [, layer, part] = /^blk\.(\d+)\.(\w+)\.weight$/.exec(name) ?? [];
  if (name === ROPE_TABLE) {
    throw new UserError(
      `Cannot open "${path}": its ${ROPE_TABLE} scales rotary positions, which is not computed here`,
    );
  }
  const own = part === undefined ? undefined : PARTS[part];
  return own === undefined ? OUTSIDE[name] ?? name : `model.layers.${layer}.${own}.weight`;
}

/** The rows of each head from (pair, part) order to (part, pair). @param shape [heads * size, in] */
function inHalves(
  data: Float32Array<ArrayBuffer>,
  shape: readonly number[],
  heads: number,
): Float32Array<ArrayBuffer> {
  const [rows, width] = atLeast(shape, 2);
  const [size, half] = [rows / heads, rows / heads / 2];
  const out = new Float32Array(data.length);
  for (let row = 0; row < rows; row++) {
    const [head, within] = [Math.floor(row / size), row % size];
    const to = head * size + (within % 2) * half + Math.floor(within / 2);
    out.set(data.subarray(row * width, (row + 1) * width), to * width);
  }
  return out;
}
