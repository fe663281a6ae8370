/**
 * A changed checkpoint is the same model as before, a model that differs as its files say, or one line of error; never
 * silently another. Decoding reads nothing but the model that `loadLlama` returns, so equal models give equal tokens.
 * @module
 */
import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import * as fc from "fast-check";
import { UserError } from "../../lib/errors.ts";
import { exportCheckpoint } from "../../lib/model/checkpoint/export.ts";
import { llamaConfig, llamaParameterShapes } from "../../lib/model/llama/config.ts";
import { FIELDS_WITHOUT_EFFECT } from "../../lib/model/llama/fields.ts";
import { exportLlama, initLlama, type LlamaModel, loadLlama } from "../../lib/model/llama/model.ts";
import { stream } from "../../lib/random.ts";
import { withFolder } from "./_models.ts";

/** Every optional field has another value than its default, so that one that is lost shows. */
const config = llamaConfig({
  hidden_size: 16,
  intermediate_size: 8,
  num_hidden_layers: 1,
  num_attention_heads: 2,
  num_key_value_heads: 1,
  head_dim: 4,
  vocab_size: 10,
  max_position_embeddings: 32,
  rms_norm_eps: 1e-4,
  rope_theta: 500,
  rope_scaling: { rope_type: "linear", factor: 2 },
  tie_word_embeddings: true,
  bos_token_id: 1,
  eos_token_id: [2, 3],
  pad_token_id: 0,
});
const model = initLlama(config, stream(1, "mutations"));

/** What `LlamaConfig` of transformers takes for a field that is not there. */
const DEFAULTS: Readonly<Record<string, unknown>> = {
  num_key_value_heads: 2,
  head_dim: 8,
  max_position_embeddings: 2048,
  rms_norm_eps: 1e-6,
  rope_theta: 10000,
  hidden_act: "silu",
  attention_bias: false,
  mlp_bias: false,
  tie_word_embeddings: false,
};

/** The model, or undefined where it was refused in one line. */
function load(folder: string): LlamaModel | undefined {
  try {
    return loadLlama(folder);
  } catch (error) {
    ok(error instanceof UserError, String(error));
    ok(error.message.includes(folder) && !error.message.includes("\n"), error.message);
  }
}

type Json = Record<string, unknown>;

/** Runs `check` on many mutations of the files that `exportLlama` writes. */
async function mutate<T>(
  mutations: fc.Arbitrary<T>,
  write: (folder: string, config: Json, mutation: T) => void,
  check: (loaded: LlamaModel | undefined, mutation: T) => void,
  numRuns = 300,
): Promise<void> {
  await withFolder((folder) => {
    exportLlama(folder, model);
    const path = `${folder}/config.json`;
    const text = Deno.readTextFileSync(path);
    fc.assert(
      fc.property(mutations, (mutation) => {
        Deno.writeTextFileSync(path, text);
        write(folder, JSON.parse(text), mutation);
        check(load(folder), mutation);
      }),
      { numRuns },
    );
  });
}

function writeConfig(folder: string, json: Json): void {
  Deno.writeTextFileSync(`${folder}/config.json`, JSON.stringify(json));
}

const word = fc.constantFrom(
  ...[
    "rope",
    "attention",
    "attn",
    "norm",
    "bias",
    "scale",
    "scaling",
    "sliding",
    "window",
    "softcap",
    "logit",
  ],
  ...["qk", "multiplier", "layer", "types", "theta", "local", "base", "freq", "embedding", "residual", "eps"],
);
const name = fc.oneof(
  fc.array(word, { minLength: 2, maxLength: 3 }).map((words) => words.join("_")),
  fc.string({ minLength: 1 }),
  fc.constantFrom("__proto__", "prototype", "constructor", "toString"),
);
const value = fc.oneof(
  // JSON has no -0.
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((x) => (x === 0 ? 0 : x)),
  fc.boolean(),
  fc.constantFrom("x", [1], {}),
);

Deno.test("a field that is added is refused, unless it has no effect: then the model is the same", async () => {
  const added = fc.oneof(
    name,
    fc.constantFrom(...FIELDS_WITHOUT_EFFECT.filter((field) => field !== "architectures")),
  );
  await mutate(
    fc.tuple(added, value).filter(([name]) => !Object.hasOwn(config, name) && name !== "rope_parameters"),
    (folder, json, [name, value]) => writeConfig(folder, { ...json, [name]: value }),
    (loaded, [name]) => {
      if (FIELDS_WITHOUT_EFFECT.includes(name)) deepStrictEqual(loaded, model);
      else strictEqual(loaded, undefined, `"${name}" was accepted`);
    },
  );
});

Deno.test("a field that is renamed is refused", async () => {
  const fields = Object.keys(config);
  await mutate(
    fc.tuple(fc.constantFrom(...fields), fc.constantFrom("_", "s", "x")),
    (folder, json, [field, end]) => {
      const renamed = Object.entries(json).map((
        [name, value],
      ) => [name === field ? name + end : name, value]);
      writeConfig(folder, Object.fromEntries(renamed));
    },
    (loaded, [field]) => strictEqual(loaded, undefined, `"${field}" was renamed and the model accepted`),
  );
});

Deno.test("a field that is removed is refused or takes the default of Hugging Face", async () => {
  await mutate(
    fc.constantFrom(...Object.keys(config)),
    (folder, json, field) => {
      delete json[field];
      writeConfig(folder, json);
    },
    (loaded, field) => {
      if (loaded === undefined) return;
      const { [field as keyof typeof config]: _, ...rest } = config;
      const { [field as keyof typeof config]: found, ...others } = loaded.config;
      deepStrictEqual([others, found], [rest, DEFAULTS[field]]);
      deepStrictEqual(loaded.weights, model.weights);
    },
  );
});

Deno.test("a value that is changed is refused or the model's own", async () => {
  await mutate(
    fc.tuple(fc.constantFrom(...Object.keys(config)), value),
    (folder, json, [field, value]) => writeConfig(folder, { ...json, [field]: value }),
    (loaded, [field, value]) => {
      if (loaded === undefined) return;
      // An empty scaling is the default one.
      const read = field === "rope_scaling" ? { rope_type: "default" } : value;
      deepStrictEqual(loaded.config, { ...config, [field]: read });
    },
  );
});

Deno.test("tensors that are added, renamed, removed or reshaped are refused, but for known buffers and copies", async () => {
  const shapes = Object.entries(llamaParameterShapes(config));
  const whole = shapes.map(([name, shape]) => ({ name, shape, data: model.weights[name]! }));
  const extra = fc.constantFrom(
    "model.layers.0.self_attn.q_proj.bias",
    "model.layers.0.mlp.down_proj.bias",
    "model.layers.1.input_layernorm.weight",
    "model.layers.0.self_attn.q_norm.weight",
    "model.norm.bias",
    "score.weight",
    "rotary_emb",
    "model.layers.0.self_attn.rotary_emb.inv_freq",
    "model.rotary_emb.inv_freq",
  );
  const at = fc.nat(whole.length - 1);
  const add = fc.tuple(fc.oneof(extra, fc.string()), at).map(([name]) => ({
    accepted: name.endsWith("rotary_emb.inv_freq"),
    tensors: [...whole, { name, shape: [2], data: Float32Array.of(1, 2) }],
  }));
  const remove = at.map((i) => ({ accepted: false, tensors: whole.filter((_, j) => j !== i) }));
  const rename = fc.tuple(at, fc.constantFrom("x", ".weight", "_scale_inv")).map(([i, end]) => ({
    accepted: false,
    tensors: whole.map((tensor, j) => (j === i ? { ...tensor, name: tensor.name + end } : tensor)),
  }));
  const reshape = at.map((i) => ({
    accepted: false,
    tensors: whole.map((tensor, j) => (j === i ? { ...tensor, shape: [1, ...tensor.shape] } : tensor)),
  }));
  const embeddings = model.weights["model.embed_tokens.weight"]!;
  const head = fc.boolean().map((accepted) => ({
    accepted,
    tensors: [...whole, {
      name: "lm_head.weight",
      shape: [10, 16],
      data: accepted ? embeddings : embeddings.map((x, i) => (i === 7 ? x + 1 : x)),
    }],
  }));
  await mutate(
    fc.tuple(fc.oneof(add, remove, rename, reshape, head), fc.constantFrom(undefined, 600)),
    (folder, config, [{ tensors }, maxShardBytes]) =>
      exportCheckpoint(folder, { config, tensors }, { maxShardBytes }),
    (loaded, [{ accepted }]) => deepStrictEqual(loaded, accepted ? model : undefined),
    80,
  );
});
