/**
 * The mini encoder: a bidirectional transformer (Devlin et al., 2019, arXiv:1810.04805) with the norms in front
 * (arXiv:2002.04745), rotary positions and a tied masked-LM head. Frozen in both stages of LinguaLIFT; its last hidden
 * states are what the alignment layer reads (Eq. 1).
 * @module
 */
import type { Stream } from "../random.ts";
import {
  add,
  attention,
  cast,
  constant,
  div,
  equal,
  gather,
  gelu,
  input,
  iota,
  layerNorm,
  matmul,
  mul,
  reshape,
  rope,
  sum,
  type Tensor,
  transpose,
  where,
} from "../tensor/mod.ts";
import { HIDDEN, type Parameters } from "./llama.ts";
import { fillNormal, type Weights } from "./llama_model.ts";
import { ropeTables } from "./rope.ts";

/** Sizes, with the names of Hugging Face's BERT configuration. */
export interface EncoderConfig {
  readonly vocab_size: number;
  readonly hidden_size: number;
  readonly intermediate_size: number;
  readonly num_hidden_layers: number;
  readonly num_attention_heads: number;
  readonly max_position_embeddings: number;
}

/** Shapes of all parameters; linear weights are [out, in]. */
export function encoderParameterShapes(config: EncoderConfig): Record<string, readonly number[]> {
  const { hidden_size: d, intermediate_size: wide, num_hidden_layers } = config;
  const layers = Array.from({ length: num_hidden_layers }, (_, i) => ({
    [`layers.${i}.attention_norm.weight`]: [d],
    [`layers.${i}.attention_norm.bias`]: [d],
    [`layers.${i}.query.weight`]: [d, d],
    [`layers.${i}.key.weight`]: [d, d],
    [`layers.${i}.value.weight`]: [d, d],
    [`layers.${i}.output.weight`]: [d, d],
    [`layers.${i}.feed_forward_norm.weight`]: [d],
    [`layers.${i}.feed_forward_norm.bias`]: [d],
    [`layers.${i}.up.weight`]: [wide, d],
    [`layers.${i}.down.weight`]: [d, wide],
  }));
  return Object.assign({
    "embeddings.weight": [config.vocab_size, d],
    ...Object.assign({}, ...layers),
    "norm.weight": [d],
    "norm.bias": [d],
    "mlm.bias": [config.vocab_size],
  });
}

/** The parameters as graph inputs, under `prefix`, which keeps them apart from an LLM's. */
export function encoderParameters(config: EncoderConfig, prefix = ""): Parameters {
  return Object.fromEntries(
    Object.entries(encoderParameterShapes(config)).map((
      [name, shape],
    ) => [name, input(prefix + name, shape)]),
  );
}

/** Fresh weights: normal with standard deviation 0.02, residual projections scaled down (see `initLlama`). */
export function initEncoder(config: EncoderConfig, random: Stream): Weights {
  const residual = 0.02 / Math.sqrt(2 * config.num_hidden_layers);
  return Object.fromEntries(
    Object.entries(encoderParameterShapes(config)).map(([name, shape]) => {
      const data = new Float32Array(shape.reduce((size, dim) => size * dim, 1));
      if (shape.length > 1) {
        fillNormal(data, /(output|down)\.weight$/.test(name) ? residual : 0.02, random.child(name));
      } else if (name.endsWith("norm.weight")) data.fill(1);
      return [name, data];
    }),
  );
}

/**
 * The last hidden states, normalised: float32 [B, S, hidden_size].
 * @param ids int32 [B, S]
 * @param attention_mask int32 [B, S], 1 for a token, 0 for padding
 * @param position_ids int32 [B, S]
 */
export function encoderHidden(
  config: EncoderConfig,
  parameters: Parameters,
  ids: Tensor,
  attention_mask: Tensor,
  position_ids: Tensor,
): Tensor {
  const { hidden_size, num_attention_heads: heads, max_position_embeddings: positions } = config;
  const head_dim = hidden_size / heads;
  const tables = ropeTables({ head_dim, rope_theta: 10000, rope_scaling: undefined }, positions);
  const [cos, sin] = [tables.cos, tables.sin].map((data) => constant(data, [positions, head_dim / 2]));
  const [batch, length] = ids.shape;
  const isToken = equal(attention_mask, constant(Int32Array.of(1), []));
  const mask = reshape(where(isToken, 0, HIDDEN), [batch, 1, 1, length]);
  const split = (x: Tensor) => transpose(reshape(x, [batch, length, heads, head_dim]), [0, 2, 1, 3]);
  let x = gather(parameters["embeddings.weight"], ids);
  for (let i = 0; i < config.num_hidden_layers; i++) {
    const of = (name: string) => parameters[`layers.${i}.${name}`];
    const linear = (h: Tensor, name: string) => matmul(h, of(`${name}.weight`), { transB: true });
    const h = layerNorm(x, of("attention_norm.weight"), of("attention_norm.bias"));
    const [q, k, v] = ["query", "key", "value"].map((name) => split(linear(h, name)));
    const context = attention(rope(q, position_ids, cos, sin), rope(k, position_ids, cos, sin), v, { mask });
    x = add(x, linear(reshape(transpose(context, [0, 2, 1, 3]), [batch, length, hidden_size]), "output"));
    const m = layerNorm(x, of("feed_forward_norm.weight"), of("feed_forward_norm.bias"));
    x = add(x, linear(gelu(linear(m, "up")), "down"));
  }
  return layerNorm(x, parameters["norm.weight"], parameters["norm.bias"]);
}

/** Scores of the masked tokens, head tied to the embeddings: float32 [..., hidden_size] -> [..., vocab_size]. */
export function mlmLogits(parameters: Parameters, hidden: Tensor): Tensor {
  return add(matmul(hidden, parameters["embeddings.weight"], { transB: true }), parameters["mlm.bias"]);
}

/** Mean over the tokens that are not padding: [B, S, d] and int32 [B, S] -> [B, d]. */
export function meanPool(hidden: Tensor, attention_mask: Tensor): Tensor {
  const isToken = equal(attention_mask, constant(Int32Array.of(1), []));
  const weights = reshape(where(isToken, 1, 0), [...attention_mask.shape, 1]);
  return div(sum(mul(hidden, weights), { axes: [1] }), sum(weights, { axes: [1] }));
}

/** The states at some positions of each sequence: [B, S, d] and positions int32 [B, K] -> [B, K, d]. */
export function statesAt(hidden: Tensor, positions: Tensor): Tensor {
  const [batch, length] = hidden.shape;
  const places = reshape(iota(length), [1, 1, length]);
  const chosen = equal(reshape(positions, [batch, positions.shape[1], 1]), cast(places, "int32"));
  return matmul(cast(chosen, "float32"), hidden);
}
