/** Configurations: what is accepted, what is derived, what is refused by name. @module */
import { deepStrictEqual, strictEqual, throws } from "node:assert/strict";
import {
  eosTokenIds,
  llamaConfig,
  llamaParameterShapes,
  parseLlamaConfig,
} from "../../lib/model/llama/config.ts";
import written from "./transformers_configs.json" with { type: "json" };

const SMALL = {
  hidden_size: 32,
  intermediate_size: 48,
  num_hidden_layers: 2,
  num_attention_heads: 4,
  vocab_size: 50,
};

Deno.test("llamaConfig() fills in the defaults of Hugging Face", () => {
  const config = llamaConfig(SMALL);
  strictEqual(config.num_key_value_heads, 4);
  strictEqual(config.head_dim, 8);
  strictEqual(config.rope_theta, 10000);
  strictEqual(config.tie_word_embeddings, false);
  deepStrictEqual(eosTokenIds(config), []);
  deepStrictEqual(eosTokenIds(llamaConfig({ ...SMALL, eos_token_id: 2 })), [2]);
  deepStrictEqual(eosTokenIds(llamaConfig({ ...SMALL, eos_token_id: [2, 3] })), [2, 3]);
});

Deno.test("llamaParameterShapes() follows grouped-query attention and the tied head", () => {
  const shapes = llamaParameterShapes(llamaConfig({ ...SMALL, num_key_value_heads: 2, head_dim: 16 }));
  deepStrictEqual(shapes["model.layers.1.self_attn.q_proj.weight"], [64, 32]);
  deepStrictEqual(shapes["model.layers.1.self_attn.v_proj.weight"], [32, 32]);
  deepStrictEqual(shapes["lm_head.weight"], [50, 32]);
  strictEqual(
    "lm_head.weight" in llamaParameterShapes(llamaConfig({ ...SMALL, tie_word_embeddings: true })),
    false,
  );
});

Deno.test("parseLlamaConfig() names the field that it cannot compute", () => {
  const refused: [Record<string, unknown>, RegExp][] = [
    [{ model_type: "gpt2" }, /Cannot use "x": "model_type" is "gpt2", expected \("llama" \| "mistral"\)/],
    [{ hidden_act: "gelu" }, /"hidden_act" is "gelu"/],
    [{ attention_bias: true }, /"attention_bias" is true/],
    [{ hidden_size: "32" }, /"hidden_size" is "32", expected number/],
    [{ hidden_size: undefined }, /"hidden_size"/],
    [{ num_attention_heads: 5 }, /even head_dim/],
    [{ num_key_value_heads: 3 }, /multiple of num_key_value_heads 3/],
    [{ rope_scaling: { rope_type: "yarn", factor: 4 } }, /"rope_scaling.rope_type" is "yarn"/],
    [{ rope_parameters: { rope_type: "yarn", factor: 4 } }, /"rope_scaling.rope_type" is "yarn"/],
    [
      { rope_parameters: { full_attention: { rope_type: "default" } } },
      /rope type "default"\): "full_attention" is {/,
    ],
    [
      { rope_scaling: { type: "linear", factor: 2, rope_type: "default" } },
      /rope_type is "default" and its type "linear"/,
    ],
    [
      { rope_scaling: { type: "linear", factor: 2, low_freq_factor: 1 } },
      /"low_freq_factor" is 1, which is not supported/,
    ],
    [{ rope_scaling: { factor: 2 } }, /rope type "default"\): "factor" is 2/],
    [
      { rope_theta: 5, rope_parameters: { rope_theta: 6 } },
      /its rope_theta is 5 and its rope_theta of the scaling 6; keep one/,
    ],
    [{ num_hidden_layers: 1e300 }, /"num_hidden_layers" is 1e\+300, expected <=10000/],
    [{ rope_theta: -1 }, /"rope_theta" is -1, expected >0/],
    [{ rope_parameters: { partial_rotary_factor: 0.5 } }, /"partial_rotary_factor" is 0.5/],
    [{ partial_rotary_factor: 0.5 }, /"partial_rotary_factor" is 0.5/],
    [
      { sliding_window: 4096 },
      /^Cannot use "x": "sliding_window" is 4096, which is not supported and could change the results/,
    ],
    [{ rope_interleaved: true, qk_norm: 1 }, /"rope_interleaved" is true and "qk_norm" is 1/],
    [{ quantization_config: { quant_method: "fp8" } }, /"quantization_config" is \{"quant_method":"fp8"\}/],
  ];
  for (const [patch, message] of refused) {
    throws(() => parseLlamaConfig({ model_type: "llama", ...SMALL, ...patch }, '"x"'), {
      name: "UserError",
      message,
    });
  }
});

Deno.test("parseLlamaConfig() reads the older spelling of a frequency scaling", () => {
  const config = parseLlamaConfig(
    { model_type: "llama", ...SMALL, rope_scaling: { type: "linear", factor: 2 } },
    "it",
  );
  deepStrictEqual(config.rope_scaling, { rope_type: "linear", factor: 2 });
});

Deno.test("parseLlamaConfig() reads what transformers 5 writes, rope_parameters included", () => {
  const { "theta 500000": plain, linear, llama3, "every field": all } = written.configs;
  const rope = (config: unknown) => {
    const { rope_theta, rope_scaling, head_dim } = parseLlamaConfig(config, "it");
    return { rope_theta, rope_scaling, head_dim };
  };
  deepStrictEqual(rope(plain), { rope_theta: 500000, rope_scaling: { rope_type: "default" }, head_dim: 16 });
  deepStrictEqual(rope(linear), {
    rope_theta: 20000,
    rope_scaling: { factor: 2, rope_type: "linear" },
    head_dim: 16,
  });
  deepStrictEqual(rope(llama3), {
    rope_theta: 500000,
    rope_scaling: {
      rope_type: "llama3",
      factor: 8,
      low_freq_factor: 1,
      high_freq_factor: 4,
      original_max_position_embeddings: 8192,
    },
    head_dim: 16,
  });
  strictEqual(rope(all).rope_theta, 10000);
});

/** Published configurations, the sizes of SMALL in place of their own. */
const PUBLISHED = {
  "SmolLM2-135M-Instruct": {
    architectures: ["LlamaForCausalLM"],
    attention_bias: false,
    attention_dropout: 0.0,
    bos_token_id: 1,
    eos_token_id: 2,
    hidden_act: "silu",
    initializer_range: 0.041666666666666664,
    is_llama_config: true,
    max_position_embeddings: 8192,
    mlp_bias: false,
    pad_token_id: 2,
    pretraining_tp: 1,
    rms_norm_eps: 1e-5,
    rope_interleaved: false,
    rope_scaling: null,
    rope_theta: 100000,
    tie_word_embeddings: true,
    torch_dtype: "bfloat16",
    "transformers.js_config": { kv_cache_dtype: { q4f16: "float16", fp16: "float16" } },
    transformers_version: "4.42.3",
    use_cache: true,
  },
  "Llama-2-7b-chat-hf": {
    _name_or_path: "meta-llama/Llama-2-7b-chat-hf",
    architectures: ["LlamaForCausalLM"],
    bos_token_id: 1,
    eos_token_id: 2,
    hidden_act: "silu",
    initializer_range: 0.02,
    max_position_embeddings: 4096,
    num_key_value_heads: 4,
    pretraining_tp: 1,
    rms_norm_eps: 1e-5,
    rope_scaling: null,
    tie_word_embeddings: false,
    torch_dtype: "float16",
    transformers_version: "4.32.0.dev0",
    use_cache: true,
  },
  "llama-7b": {
    architectures: ["LlamaForCausalLM"],
    bos_token_id: 1,
    eos_token_id: 2,
    hidden_act: "silu",
    initializer_range: 0.02,
    max_position_embeddings: 2048,
    max_sequence_length: 2048,
    pad_token_id: -1,
    rms_norm_eps: 1e-6,
    tie_word_embeddings: false,
    torch_dtype: "float16",
    transformers_version: "4.28.0.dev0",
    use_cache: true,
  },
};

for (const [name, published] of Object.entries(PUBLISHED)) {
  Deno.test(`parseLlamaConfig() reads the config.json of ${name}`, () => {
    const config = parseLlamaConfig({ model_type: "llama", ...SMALL, ...published }, "it");
    for (const field of Object.keys(config) as (keyof typeof config)[]) {
      if (field in published) strictEqual(config[field], published[field as keyof typeof published], field);
    }
  });
}
