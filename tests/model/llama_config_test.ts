/** Configurations: what is accepted, what is derived, what is refused by name. @module */
import { deepStrictEqual, strictEqual, throws } from "node:assert/strict";
import {
  eosTokenIds,
  llamaConfig,
  llamaParameterShapes,
  parseLlamaConfig,
} from "../../lib/model/llama_config.ts";

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
    [{ model_type: "gpt2" }, /Cannot use "x": "model_type" is "gpt2", expected "llama"/],
    [{ hidden_act: "gelu" }, /"hidden_act" is "gelu"/],
    [{ attention_bias: true }, /"attention_bias" is true/],
    [{ hidden_size: "32" }, /"hidden_size" is "32", expected number/],
    [{ hidden_size: undefined }, /"hidden_size"/],
    [{ num_attention_heads: 5 }, /even head_dim/],
    [{ num_key_value_heads: 3 }, /multiple of num_key_value_heads 3/],
    [{ rope_scaling: { rope_type: "yarn", factor: 4 } }, /"rope_scaling.rope_type" is "yarn"/],
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
