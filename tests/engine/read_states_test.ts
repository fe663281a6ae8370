/** The frozen encoder's states of a training's texts: the bits of any batch, each text once, kept for a resumed training. */
import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { onnx } from "../../lib/engine/onnx/engine.ts";
import { createTextEncoder } from "../../lib/engine/onnx/encoder.ts";
import { readStates } from "../../lib/engine/onnx/read_states.ts";
import { tokenizerFromJson } from "../../lib/model/checkpoint/tokenizer.ts";
import { encoderConfig } from "../../lib/model/encoder/config.ts";
import { initEncoder } from "../../lib/model/encoder/model.ts";
import { stream } from "../../lib/random.ts";
import { stepContext } from "../method/_tiny.ts";
import { WORDS, writeLookupEncoder } from "../model/_lookup_encoder.ts";
import { withFolder } from "../model/_models.ts";

const CPU = { device: "cpu", threads: 1 };
const TEXTS = ["one two", "three", "one two", "four four four one", "three"];

for (const threads of [1, 2]) {
  for (const hidden_size of [8, 96, 128]) {
    Deno.test(`states of a text are the same bits whatever stands beside it: size ${hidden_size}, ${threads} threads`, async () => {
      const config = encoderConfig({
        hidden_size,
        intermediate_size: 3 * hidden_size - 7,
        num_hidden_layers: 2,
        num_attention_heads: 2,
        vocab_size: 50,
      });
      const vocab = Object.fromEntries(Array.from({ length: 50 }, (_, id) => [`w${id}`, id]));
      const tokenizer = tokenizerFromJson(
        {
          added_tokens: [],
          normalizer: null,
          pre_tokenizer: { type: "WhitespaceSplit" },
          post_processor: null,
          decoder: null,
          model: { type: "WordPiece", unk_token: "w0", continuing_subword_prefix: "##", vocab },
        },
        {},
        "the test",
      );
      const model = initEncoder(config, stream(1, "encoder"));
      const encoder = await createTextEncoder(model, tokenizer, { device: "cpu", threads });
      try {
        const texts = Array.from(
          { length: 80 },
          (_, i) =>
            Array.from({ length: 1 + (i * 37) % 61 }, (_, k) => `w${3 + (i * 7 + k * k) % 46}`).join(" "),
        );
        const together = await encoder.encode(texts);
        for (const [i, text] of texts.entries()) {
          const [alone] = await encoder.encode([text]);
          deepStrictEqual(alone, together[i], text);
        }
      } finally {
        await encoder.dispose();
      }
    });
  }
}

Deno.test("readStates() gives every text its own states, and texts that are the same one array", async () => {
  await withFolder(async (root) => {
    writeLookupEncoder(`${root}/encoder`);
    const folder = { kind: "checkpoint", encoder: `${root}/encoder`, dtype: "fp32", graph: "model" } as const;
    const states = await readStates(TEXTS, folder, stepContext(root));
    const encoder = await onnx.encoder(folder, CPU);
    try {
      deepStrictEqual(states, await encoder.encode(TEXTS));
    } finally {
      await encoder.dispose();
    }
    strictEqual(states[0], states[2]);
    strictEqual(states[1], states[4]);
    strictEqual(states[1]![2], WORDS.indexOf("three"));
  });
});

Deno.test("readStates() of a training that goes on reads what the one before kept, and computes new texts only", async () => {
  await withFolder(async (root) => {
    writeLookupEncoder(`${root}/encoder`);
    const folder = { kind: "checkpoint", encoder: `${root}/encoder`, dtype: "fp32", graph: "model" } as const;
    const context = stepContext(root);
    const first = await readStates(TEXTS, folder, context);
    // Another encoder would give other states: whoever asks it is found out.
    writeLookupEncoder(`${root}/encoder`, { states: (id) => [-id, -id] });
    const again = await readStates([...TEXTS, "two"], folder, context);
    deepStrictEqual(again.slice(0, -1), first);
    ok(again.at(-1)![2]! < 0);
    // Without what was kept everything is computed.
    ok((await readStates(TEXTS, folder, stepContext(root)))[0]![2]! < 0);
  });
});
