/** BERT and XLM-R encoders from safetensors, beside transformers' states (`tests/model/bert_golden.py`). */
import { deepStrictEqual, ok, rejects, strictEqual, throws } from "node:assert/strict";
import { openLayers } from "../../lib/engine/fused/layers.ts";
import { lowerLayers } from "../../lib/engine/fused/mod.ts";
import { onnx } from "../../lib/engine/onnx/engine.ts";
import type { TextEncoder } from "../../lib/engine/engine.ts";
import { encoderFiles } from "../../lib/method/models/encoder.ts";
import { checkBertFits, openBert } from "../../lib/model/encoder/bert.ts";
import { openSafetensors, writeSafetensors } from "../../lib/tensor/mod.ts";
import { withFolder } from "../model/_models.ts";
import golden from "../model/bert_golden.json" with { type: "json" };
import { TESTED, type Tested } from "./_engines.ts";

const MODELS = ["bert", "xlm-roberta"] as const;
type Name = typeof MODELS[number];
interface Tensor {
  readonly shape: readonly number[];
  readonly data: readonly number[];
}

/** Ids 0 to 4 are special, as in the golden batch: 2 begins a text, 3 ends it. The others are words. */
const WORDS = ["<a>", "<b>", "<s>", "</s>", "<u>", ...Array.from({ length: 15 }, (_, i) => `w${i + 5}`)];
const TEXTS = golden.batch.map((row) => row.slice(1, -1).map((id) => WORDS[id]).join(" "));

const tokenizer = {
  version: "1.0",
  added_tokens: [2, 3].map((id) => ({ id, content: WORDS[id], special: true })),
  normalizer: null,
  pre_tokenizer: { type: "WhitespaceSplit" },
  decoder: null,
  post_processor: {
    type: "TemplateProcessing",
    single: [
      { SpecialToken: { id: "<s>", type_id: 0 } },
      { Sequence: { id: "A", type_id: 0 } },
      { SpecialToken: { id: "</s>", type_id: 0 } },
    ],
    special_tokens: {
      "<s>": { id: "<s>", ids: [2], tokens: ["<s>"] },
      "</s>": { id: "</s>", ids: [3], tokens: ["</s>"] },
    },
  },
  model: {
    type: "WordPiece",
    unk_token: "<u>",
    continuing_subword_prefix: "##",
    max_input_chars_per_word: 100,
    vocab: Object.fromEntries(WORDS.map((word, id) => [word, id])),
  },
};

interface Changes {
  readonly prefix?: string;
  readonly config?: Readonly<Record<string, unknown>>;
  readonly tensors?: (all: Map<string, Tensor>) => void;
  readonly vocabulary?: unknown;
  readonly dtype?: "F32" | "BF16";
}

function write(folder: string, name: Name, changes: Changes = {}): string {
  const { prefix = "", config = {}, tensors, vocabulary = tokenizer, dtype = "F32" } = changes;
  Deno.mkdirSync(folder, { recursive: true });
  Deno.writeTextFileSync(`${folder}/config.json`, JSON.stringify({ ...golden[name].config, ...config }));
  if (vocabulary !== null) Deno.writeTextFileSync(`${folder}/tokenizer.json`, JSON.stringify(vocabulary));
  const all = new Map<string, Tensor>(Object.entries(golden[name].weights));
  tensors?.(all);
  writeSafetensors(
    `${folder}/model.safetensors`,
    [...all].map(([own, { shape, data }]) => ({
      name: `${prefix}${own}`,
      dtype,
      shape,
      data: dtype === "F32" ? Float32Array.from(data) : Uint16Array.from(upperHalves(data)),
    })),
  );
  return folder;
}

/** Numbers as bfloat16, rounded towards zero. */
function upperHalves(data: readonly number[]): Uint32Array {
  return new Uint32Array(Float32Array.from(data).buffer).map((bits) => bits >>> 16);
}

async function withEncoder(
  folder: string,
  layer: number | null,
  use: (encoder: TextEncoder) => Promise<void> | void,
  digits?: "apart",
  { engine, compute }: Tested = { engine: onnx, compute: { device: "cpu", threads: 1 } },
): Promise<void> {
  const encoder = await engine.encoder({ kind: "bert", encoder: folder, digits }, compute!, layer);
  try {
    await use(encoder);
  } finally {
    await encoder.dispose();
  }
}

for (const tested of TESTED) {
  for (const name of MODELS) {
    Deno.test({
      name:
        `${tested.engine.name}: ${name}: every layer's states are transformers', in a batch of any lengths`,
      ignore: tested.compute === null,
      fn: () => withFolder((root) => isGolden(write(root, name), name, tested)),
    });
  }
}

async function isGolden(folder: string, name: Name, tested: Tested): Promise<void> {
  for (const layer of [0, 1, 2, null]) {
    await withEncoder(
      folder,
      layer,
      async (encoder) => {
        const states = await encoder.encode(TEXTS);
        for (const [i, layers] of golden[name].states.entries()) {
          const expected = layers.at(layer ?? -1)!;
          strictEqual(states[i]!.length, expected.length);
          expected.forEach((x, k) => {
            ok(Math.abs(x - states[i]![k]!) < 1e-4, `${TEXTS[i]}, ${k}: ${states[i]![k]} is not ${x}`);
          });
        }
      },
      undefined,
      tested,
    );
  }
}

for (const name of MODELS) {
  Deno.test(`${name}: all layers at once are each layer's states, bit for bit`, () =>
    withFolder(async (root) => {
      const folder = write(root, name);
      const together = await openLayers({ kind: "bert", encoder: folder }, { device: "cpu", threads: 1 });
      try {
        const all = await together.encode(TEXTS);
        const layers = lowerLayers({ kind: "bert", encoder: folder });
        for (const layer of [...Array(layers).keys(), null]) {
          await withEncoder(folder, layer, async ({ encode, hidden_size: size }) => {
            const [own, first] = [await encode(TEXTS), (layer ?? layers) * size];
            for (const [i, rows] of own.entries()) {
              for (let token = 0; token < rows.length / size; token++) {
                const at = token * together.hidden_size + first;
                deepStrictEqual(
                  all[i]!.subarray(at, at + size),
                  rows.subarray(token * size, (token + 1) * size),
                );
              }
            }
          });
        }
      } finally {
        await together.dispose();
      }
    }));
}

Deno.test("a model with a head gives the states of its encoder, and its pooler and head are passed over", async () => {
  await withFolder(async (root) => {
    const plain = write(`${root}/plain`, "xlm-roberta");
    const headed = write(`${root}/headed`, "xlm-roberta", {
      prefix: "roberta.",
      config: { architectures: ["XLMRobertaForMaskedLM"] },
      tensors: (all) => all.set("pooler.dense.weight", { shape: [8, 8], data: Array(64).fill(1) }),
    });
    await withEncoder(plain, null, (one) =>
      withEncoder(headed, null, async (other) => {
        deepStrictEqual(await other.encode(TEXTS), await one.encode(TEXTS));
      }));
  });
});

Deno.test("norms by their old names, 16-bit weights and shards are the same model", async () => {
  // Three decimals are no bfloat16: both models have the rounded numbers.
  const rounded = (all: Map<string, Tensor>) => {
    for (const [name, { shape, data }] of all) {
      const bits = upperHalves(data).map((half) => half << 16);
      all.set(name, { shape, data: [...new Float32Array(bits.buffer)] });
    }
  };
  const oldNames = (all: Map<string, Tensor>) => {
    rounded(all);
    for (const [name, tensor] of [...all]) {
      all.delete(name);
      all.set(
        name.replace("LayerNorm.weight", "LayerNorm.gamma").replace("LayerNorm.bias", "LayerNorm.beta"),
        tensor,
      );
    }
  };
  await withFolder(async (root) => {
    const plain = write(`${root}/plain`, "bert", { tensors: rounded });
    const others = [
      write(`${root}/old`, "bert", { tensors: oldNames, prefix: "bert." }),
      write(`${root}/half`, "bert", { dtype: "BF16" }),
      inShards(write(`${root}/shards`, "bert", { tensors: rounded })),
    ];
    await withEncoder(plain, null, async (one) => {
      const states = await one.encode(TEXTS);
      for (const folder of others) {
        await withEncoder(folder, null, async (other) => {
          deepStrictEqual(await other.encode(TEXTS), states, folder);
        });
      }
    });
  });
});

/** The weights in two files and an index instead of one. */
function inShards(folder: string): string {
  const whole = openSafetensors(`${folder}/model.safetensors`);
  const weight_map: Record<string, string> = {};
  for (const shard of [0, 1]) {
    const file = `model-0000${shard + 1}-of-00002.safetensors`;
    const entries = [...whole.entries.values()].filter((_, i) => i % 2 === shard);
    for (const { name } of entries) weight_map[name] = file;
    writeSafetensors(
      `${folder}/${file}`,
      entries.map(({ name, dtype, shape }) => ({ name, dtype, shape, data: whole.bytes(name) })),
    );
  }
  Deno.writeTextFileSync(`${folder}/model.safetensors.index.json`, JSON.stringify({ weight_map }));
  Deno.removeSync(`${folder}/model.safetensors`);
  return folder;
}

Deno.test("a text's tokens are counted with its boundaries, and a long one is cut before the last of them", async () => {
  await withFolder(async (root) => {
    await withEncoder(write(root, "bert"), null, async (encoder) => {
      const long = Array(30).fill("w5").join(" ");
      strictEqual(encoder.max_tokens, 10);
      strictEqual(encoder.countTokens(long), 32);
      deepStrictEqual(encoder.pieces("w5 w6"), ["", "w5", "w6", ""]);
      const [whole, cut] = await encoder.encode([Array(8).fill("w5").join(" "), long]);
      deepStrictEqual(cut, whole);
    });
    // Positions begin after the padding's.
    await withEncoder(
      write(`${root}/x`, "xlm-roberta"),
      null,
      ({ max_tokens }) => strictEqual(max_tokens, 10),
    );
  });
});

Deno.test("an encoder that cannot be used is refused in one line that says why", async () => {
  const faults: [RegExp, Changes][] = [
    [/its tokenizer.json has 20 ids, its config.json says vocab_size 19/, {
      config: { vocab_size: 19 },
      tensors: (all) => {
        const { shape: [, d], data } = all.get("embeddings.word_embeddings.weight")!;
        all.set("embeddings.word_embeddings.weight", { shape: [19, d!], data: data.slice(0, 19 * d!) });
      },
    }],
    [/missing tensor "encoder.layer.1.output.dense.bias"/, {
      tensors: (all) => all.delete("encoder.layer.1.output.dense.bias"),
    }],
    [/"encoder.layer.0.gate.weight" would not be used/, {
      tensors: (all) => all.set("encoder.layer.0.gate.weight", { shape: [1], data: [1] }),
    }],
    [/architecture "T5EncoderModel" is not supported; supported: BertModel/, {
      config: { architectures: ["T5EncoderModel"] },
    }],
    [/"model_type" is "deberta-v2", expected \("bert" \| "roberta" \| "xlm-roberta" \| "camembert"\)/, {
      config: { architectures: null, model_type: "deberta-v2" },
    }],
    [/"hidden_act" is "relu", expected "gelu"/, { config: { hidden_act: "relu" } }],
    [/num_attention_heads 3 does not divide hidden_size 8/, { config: { num_attention_heads: 3 } }],
    [/there is no such file/, { vocabulary: null }],
  ];
  for (const [message, changes] of faults) {
    await withFolder(async (root) => {
      const folder = write(root, "bert", changes);
      await rejects(withEncoder(folder, null, () => {}), (error: Error) => {
        strictEqual(error.name, "UserError");
        ok(!error.message.includes("\n"));
        ok(message.test(error.message), error.message);
        return true;
      });
    });
  }
});

Deno.test("a cut file, and an encoder that this machine has no memory for, are refused before anything is loaded", async () => {
  await withFolder((root) => {
    const folder = write(root, "bert");
    throws(
      () => checkBertFits(folder, openBert(folder), 1000),
      /parameters take about .* of memory, the machine has/,
    );
    const bytes = Deno.readFileSync(`${folder}/model.safetensors`);
    Deno.writeFileSync(`${folder}/model.safetensors`, bytes.slice(0, -5));
    throws(() => openBert(folder), { name: "UserError" });
  });
});

Deno.test("digits apart: each is a token of its own, and a text without any is as it was", async () => {
  await withFolder(async (root) => {
    // Three of the words are another one, a digit and two of them.
    const renamed = new Map([["w17", "w"], ["w18", "1"], ["w19", "12"]]);
    const vocab = Object.fromEntries(WORDS.map((word, id) => [renamed.get(word) ?? word, id]));
    const folder = write(root, "xlm-roberta", {
      vocabulary: { ...tokenizer, model: { ...tokenizer.model, vocab } },
    });
    const [pieces, apart] = [new Map<string, number>(), new Map<string, number>()];
    const texts = ["12", "w", "w 12 w"];
    await withEncoder(
      folder,
      null,
      (encoder) => texts.forEach((text) => pieces.set(text, encoder.countTokens(text))),
    );
    await withEncoder(
      folder,
      null,
      (encoder) => {
        texts.forEach((text) => apart.set(text, encoder.countTokens(text)));
        deepStrictEqual(encoder.pieces("w 12").slice(1, 3), ["w", "1"]);
      },
      "apart",
    );
    deepStrictEqual([...pieces.values()], [3, 3, 5]);
    deepStrictEqual([...apart.values()], [4, 3, 6]);
  });
});

Deno.test("encoderFiles() declares safetensors where there is no graph, a graph where there is one, and says what is missing", async () => {
  await withFolder((models) => {
    write(`${models}/tiny`, "bert");
    const names = (dtype: "fp32" | null = null) =>
      encoderFiles({ checkpoint: "tiny", dtype, digits: "pieces" }, { models }).map(({ name }) => name);
    deepStrictEqual(
      names(),
      ["config.json", "tokenizer.json", "model.safetensors"].map((name) => `models/tiny/${name}`),
    );
    throws(() => names("fp32"), /it has no tokenizer_config.json, no onnx\/model.onnx/);
    Deno.mkdirSync(`${models}/tiny/onnx`);
    Deno.writeTextFileSync(`${models}/tiny/onnx/model.onnx`, "");
    Deno.writeTextFileSync(`${models}/tiny/tokenizer_config.json`, "{}");
    ok(names().includes("models/tiny/onnx/model.onnx"));
    throws(
      () => encoderFiles({ checkpoint: "tiny", dtype: null, digits: "apart" }, { models }),
      {
        name: "UserError",
        message: /Cannot read digits apart .*: only BERT and XLM-R in safetensors can; take one, or /,
      },
    );
    write(`${models}/dumb`, "bert", { vocabulary: null });
    throws(
      () => encoderFiles({ checkpoint: "dumb", dtype: null, digits: "pieces" }, { models }),
      /it has no tokenizer.json/,
    );
  });
});
