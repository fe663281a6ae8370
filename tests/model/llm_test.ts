/** Any family's LLM: what is read of its configuration, and what is refused. */
import { deepStrictEqual, strictEqual, throws } from "node:assert/strict";
import { loadEmbeddings, openLlm } from "../../lib/model/llm.ts";
import { writeSafetensors } from "../../lib/tensor/mod.ts";
import { withFolder } from "./_models.ts";

const GPT2 = {
  ...{ model_type: "gpt2", architectures: ["GPT2LMHeadModel"], vocab_size: 5, n_embd: 4, n_layer: 2 },
  ...{ n_head: 2, n_positions: 16, bos_token_id: 3, eos_token_id: 3 },
};

/** A folder with this configuration, token embeddings 0, 1, ... and a layer's matrix. */
function write(folder: string, config: object): void {
  Deno.writeTextFileSync(`${folder}/config.json`, JSON.stringify(config));
  writeSafetensors(`${folder}/model.safetensors`, [
    { name: "transformer.h.0.mlp.weight", dtype: "F32", shape: [4, 4], data: new Float32Array(16) },
    {
      name: "transformer.wte.weight",
      dtype: "F32",
      shape: [6, 4],
      data: Float32Array.from({ length: 24 }, (_, i) => i),
    },
  ]);
}

Deno.test("openLlm() reads another family's sizes by its own names, and its embeddings alone", () =>
  withFolder((folder) => {
    write(folder, GPT2);
    deepStrictEqual(openLlm(folder).config, {
      ...{ family: "gpt2", parameters: 40, hidden_size: 4, intermediate_size: 16, num_hidden_layers: 2 },
      ...{ num_attention_heads: 2, num_key_value_heads: 2, head_dim: 2, vocab_size: 6 },
      ...{ max_position_embeddings: 16, tie_word_embeddings: true, bos_token_id: 3, eos_token_id: 3 },
    });
    strictEqual(loadEmbeddings(folder).embeddings.at(-1), 23);
    Deno.writeTextFileSync(`${folder}/generation_config.json`, '{"eos_token_id": [3, 4]}');
    deepStrictEqual(openLlm(folder).config.eos_token_id, [3, 4]);
  }));

Deno.test("openLlm() says what it cannot use: an encoder with a decoder, a size that no name gives, no embeddings", () =>
  withFolder((folder) => {
    const refuses = (config: object, message: RegExp) => {
      write(folder, config);
      throws(() => openLlm(folder), { name: "UserError", message });
    };
    refuses(
      { ...GPT2, model_type: "bart", is_encoder_decoder: true },
      /a bart encodes and decodes; take a decoder-only/,
    );
    refuses({ ...GPT2, n_positions: undefined }, /a gpt2 without max_position_embeddings or n_positions/);
    refuses({ ...GPT2, n_embd: 8 }, /it has no token embeddings of width 8/);
    refuses({ ...GPT2, vocab_size: "many" }, /vocab_size/);
  }));
