/** Real encoders: batches and padding on a graph whose states are known, and MiniLM against transformers.js itself. */
import { deepStrictEqual, ok, rejects, strictEqual } from "node:assert/strict";
import type { FeatureExtractionPipeline } from "@huggingface/transformers";
import { atLeast } from "../../lib/checked.ts";
import { loadOnnxEncoder, longestInput, type OnnxEncoder } from "../../lib/model/encoder/onnx.ts";
import { findOnnxFolder } from "../../lib/model/encoder/onnx_folder.ts";
import { SIZE, WORDS, writeLookupEncoder } from "./_lookup_encoder.ts";
import { testWithMiniLm, withFolder } from "./_models.ts";

const NO_MODELS = { models: "" };

const TEXTS = ["one two three", "four", "", "two two", "three one four two one", "one"];

/** What the lookup encoder's states are: rows of its table, between those of [CLS] and [SEP]. */
function statesOf(text: string): number[] {
  const words = text.split(" ").filter((word) => word !== "");
  return ["[CLS]", ...words, "[SEP]"].map((word) => WORDS.indexOf(word)).flatMap((id) => [id, id + 0.5]);
}

async function withEncoder(
  folder: string,
  options: Parameters<typeof loadOnnxEncoder>[1],
  use: (encoder: OnnxEncoder) => Promise<void>,
): Promise<void> {
  const encoder = await loadOnnxEncoder(findOnnxFolder(folder, NO_MODELS), { threads: 1, ...options });
  try {
    await use(encoder);
  } finally {
    await encoder.dispose();
  }
}

for (const side of ["right", "left"]) {
  for (const batch_size of [1, 4, 32]) {
    Deno.test(`encode() gives each text its own states in its own place (padding ${side}, batches of ${batch_size})`, async () => {
      await withFolder(async (folder) => {
        writeLookupEncoder(folder, { side });
        await withEncoder(folder, { batch_size }, async ({ encode, hidden_size }) => {
          strictEqual(hidden_size, SIZE);
          deepStrictEqual((await encode(TEXTS)).map((states) => [...states]), TEXTS.map(statesOf));
          deepStrictEqual(await encode([]), []);
        });
      });
    });
  }
}

Deno.test("embed() is the mean of the states, special tokens included, divided by its length where asked", async () => {
  await withFolder(async (folder) => {
    writeLookupEncoder(folder);
    await withEncoder(folder, {}, async ({ embed }) => {
      const means = (await embed(TEXTS)).map((vector) => [...vector]);
      const wanted = TEXTS.map((text) => {
        const states = statesOf(text);
        const ids = states.filter((_, i) => i % 2 === 0);
        const mean = ids.reduce((a, b) => a + b) / ids.length;
        return [mean, mean + 0.5].map(Math.fround);
      });
      deepStrictEqual(means, wanted);
      for (const [i, vector] of (await embed(TEXTS, { normalize: true })).entries()) {
        ok(Math.abs(Math.hypot(...vector) - 1) < 1e-6);
        ok(Math.abs(vector[0]! / vector[1]! - means[i]![0]! / means[i]![1]!) < 1e-6);
      }
    });
  });
});

Deno.test("encode() cuts what is longer than max_tokens or than the model reads; countTokens() does not", async () => {
  await withFolder(async (folder) => {
    writeLookupEncoder(folder, { maxTokens: 5 });
    await withEncoder(folder, {}, async ({ countTokens, encode, max_tokens }) => {
      strictEqual(max_tokens, 5);
      const long = "one two three four one two";
      strictEqual(countTokens(long), 8);
      const tokens = async (most?: number) =>
        (await encode([long, "four"], most)).map((x) => x.length / SIZE);
      deepStrictEqual(await tokens(), [5, 3]);
      deepStrictEqual(await tokens(4), [4, 3]);
      deepStrictEqual(await tokens(2), [2, 2]);
      deepStrictEqual(await tokens(100), [5, 3]);
    });
  });
});

Deno.test("the encoder of an encoder-decoder model is taken alone; a graph without hidden states, or those of the layer, is refused", async () => {
  await withFolder(async (folder) => {
    writeLookupEncoder(folder, { file: "encoder_model.onnx" });
    await withEncoder(folder, {}, async ({ encode }) => {
      deepStrictEqual((await encode(TEXTS)).map((states) => [...states]), TEXTS.map(statesOf));
    });
  });
  await withFolder(async (folder) => {
    writeLookupEncoder(folder, { output: "logits" });
    await rejects(loadOnnxEncoder(findOnnxFolder(folder, NO_MODELS)), {
      name: "UserError",
      message: /its graph gives logits, not last_hidden_state/,
    });
  });
  await withFolder(async (folder) => {
    writeLookupEncoder(folder, { output: "hidden_states.1" });
    await withEncoder(folder, { layer: 1 }, async ({ encode }) => {
      deepStrictEqual((await encode(TEXTS)).map((states) => [...states]), TEXTS.map(statesOf));
    });
    await rejects(loadOnnxEncoder(findOnnxFolder(folder, NO_MODELS), { layer: 2 }), {
      message: /gives hidden_states\.1, not hidden_states\.2; .*all layers/,
    });
  });
});

Deno.test("a damaged graph or tokenizer is refused with the folder's name", async () => {
  for (const file of ["onnx/model.onnx", "tokenizer.json", "config.json"]) {
    await withFolder(async (folder) => {
      writeLookupEncoder(folder);
      Deno.truncateSync(`${folder}/${file}`, 20);
      await rejects(loadOnnxEncoder(findOnnxFolder(folder, NO_MODELS)), (error: Error) => {
        strictEqual(error.name, "UserError", file);
        ok(error.message.includes(folder), error.message);
        return true;
      });
    });
  }
});

/** Several scripts and lengths, an empty text and one that is too long. */
const SENTENCES = [
  "The cat sat on the mat.",
  "A dog is running through the park while two children watch it from a bench under the old tree.",
  "Let's try something.",
  "Das ist ein deutlich längerer Satz über Katzen, Hunde und Mäuse, die auf Bäumen sitzen.",
  "Wie geht es dir?",
  "Où est la bibliothèque ?",
  "¿Cuántas manzanas tiene María si compra tres docenas y regala siete?",
  "Habari ya asubuhi, rafiki yangu?",
  "Ina kwana?",
  "Сколько стоит этот билет до Москвы?",
  "你好，世界！今天天气很好。",
  "これは日本語の文です。",
  "สวัสดีครับ วันนี้อากาศดีมาก",
  "আমি বাংলায় কথা বলি।",
  "నేను తెలుగు మాట్లాడతాను.",
  "مرحبا بالعالم",
  "x",
  "",
  " \t ",
  "3 + 4 = 7; 12,000 / 5 = 2,400",
  "word ".repeat(700),
];

type Vectors = readonly ArrayLike<number>[];

/** The largest difference of two lists of vectors. */
function difference(a: Vectors, b: Vectors): number {
  strictEqual(a.length, b.length);
  let most = 0;
  a.forEach((vector, i) => {
    strictEqual(vector.length, b[i]!.length);
    for (let d = 0; d < vector.length; d++) most = Math.max(most, Math.abs(vector[d]! - b[i]![d]!));
  });
  return most;
}

/** transformers.js's own way from texts to vectors. */
async function withPipeline(
  folder: string,
  use: (vectors: (texts: readonly string[]) => Promise<number[][]>) => Promise<void>,
): Promise<void> {
  const { env, pipeline } = await import("@huggingface/transformers");
  env.allowRemoteModels = false;
  const session_options = { intraOpNumThreads: 1 };
  const extract = await pipeline("feature-extraction", folder, { dtype: "q8", session_options }) as
    & FeatureExtractionPipeline
    & ((texts: string[], options: object) => Promise<{ tolist(): number[][] }>);
  try {
    await use(async (texts) => (await extract([...texts], { pooling: "mean", normalize: true })).tolist());
  } finally {
    await extract.dispose();
  }
}

testWithMiniLm(
  "MiniLM's sentence vectors are those of transformers.js's pipeline to 1e-3, batched and one by one",
  (folder) =>
    withPipeline(folder, async (pipeline) => {
      const alone: number[][] = [];
      for (const text of SENTENCES) alone.push(...await pipeline([text]));
      await withEncoder(folder, {}, async ({ embed, hidden_size, max_tokens }) => {
        strictEqual(hidden_size, 384);
        strictEqual(max_tokens, 512);
        ok(difference(await embed(SENTENCES, { normalize: true }), alone) < 1e-3);
      });
      // Without the one of 512 tokens, which would pad all others to its length.
      const batch = SENTENCES.slice(0, -1);
      const together = await pipeline(batch);
      await withEncoder(folder, { batch_size: batch.length }, async ({ embed }) => {
        ok(difference(await embed(batch, { normalize: true }), together) < 1e-3);
      });
      // Why 8-bit graphs run one text at a time unless told otherwise.
      ok(difference(alone.slice(0, -1), together) > 1e-2);
    }),
);

testWithMiniLm(
  "MiniLM's vectors do not depend on a text's neighbours and tell paraphrases from other sentences",
  (folder) =>
    withEncoder(folder, {}, async ({ embed }) => {
      const texts = ["How old are you?", "What is your age?", "The bank was closed on Sunday."];
      const [age, paraphrase, bank] = atLeast(await embed(texts, { normalize: true }), 3);
      deepStrictEqual(await embed([texts[2]!, texts[0]!], { normalize: true }), [bank, age]);
      const cosine = (a: Float32Array, b: Float32Array) => a.reduce((sum, x, d) => sum + x * b[d]!, 0);
      const [near, far] = [cosine(age, paraphrase), cosine(age, bank)];
      ok(near > 0.5 && far < 0.3, `${near} and ${far}`);
    }),
);

Deno.test("longestInput() is what tokenizer and positions allow, two less where positions begin at 2", () => {
  const longest = (model_type: string, positions: number | undefined, tokenizer = Infinity) =>
    longestInput({ model_type, max_position_embeddings: positions }, tokenizer);
  strictEqual(longest("bert", 512), 512);
  strictEqual(longest("distilbert", 512, 128), 128);
  for (const type of ["xlm-roberta", "camembert", "mpnet", "longformer", "luke"]) {
    strictEqual(longest(type, 514), 512, type);
  }
  strictEqual(longest("mt5", undefined), Infinity);
});
