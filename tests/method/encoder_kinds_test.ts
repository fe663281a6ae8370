/** Kinds of encoders and sizes of models as patches: what a kind reads, and that sizes are what they say. */
import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { atLeast } from "../../lib/checked.ts";
import { applyPatch } from "../../lib/lab/plan/patch.ts";
import { encoderBatches } from "../../lib/method/pretrain/encoder_batches.ts";
import { POOLED_STEPS } from "../../lib/method/pretrain/encoder_texts.ts";
import { encoderKinds, textsInExample } from "../../lib/method/recipe/encoder_kinds.ts";
import { shortTrained } from "../../lib/method/recipe/budgets.ts";
import { encoderSize, llmSize } from "../../lib/method/recipe/sizes.ts";
import { EOS } from "../../lib/method/reader/prompts.ts";
import type { Recipe } from "../../lib/method/recipe/fields.ts";
import { MICRO } from "../../lib/method/recipe/scales.ts";
import { tokenizerStep } from "../../lib/method/pretrain/tokenizer.ts";
import { loadTokenizer } from "../../lib/model/checkpoint/tokenizer.ts";
import { encoderConfig, encoderParameterShapes } from "../../lib/model/encoder/config.ts";
import { llamaConfig, llamaParameterShapes } from "../../lib/model/llama/config.ts";
import type { ParameterShapes } from "../../lib/model/parameters.ts";
import { mini } from "../../lib/world/mini/mod.ts";
import { bench, TINY } from "./_tiny.ts";

const { vocab_size, pretrain } = TINY.encoder;
const tokenizer = loadTokenizer(
  (await bench().step(tokenizerStep, { world: "mini", model: "encoder", vocab_size, seed: pretrain.seed }))
    .dir,
);

/** Texts that the encoder reads in a step, counted in the batches themselves: each ends with eos. */
function textsRead(recipe: Recipe["encoder"]["pretrain"], steps: number): number {
  const batch = encoderBatches(mini, tokenizer, recipe);
  let texts = 0;
  for (let step = 0; step < steps; step++) {
    for (const [name, { data }] of Object.entries(batch(step))) {
      if (!name.endsWith(".ids") || name.startsWith("written") || name.startsWith("decoder")) continue;
      texts += [...data as Int32Array].filter((id) => id === EOS).length;
    }
  }
  return texts / steps;
}

Deno.test("every kind of encoder reads as many texts a step as the default, in as many steps", () => {
  const budget = textsRead(MICRO.encoder.pretrain, POOLED_STEPS);
  ok(
    Math.abs(textsInExample(MICRO.encoder.pretrain) * MICRO.encoder.pretrain.batch_size / budget - 1) < 0.05,
  );
  for (const [kind, patch] of Object.entries(encoderKinds())) {
    const { steps, ...rest } = applyPatch(MICRO, patch).encoder.pretrain;
    strictEqual(steps, MICRO.encoder.pretrain.steps);
    const read = textsRead({ steps, ...rest }, POOLED_STEPS);
    ok(Math.abs(read / budget - 1) < 0.06, `${kind}: ${read} texts a step, the default ${budget}`);
  }
});

Deno.test("larger encoders have more parameters, and an LLM of 1.25 times the width, heads and layers 1.95 times as many", () => {
  const count = (shapes: ParameterShapes) =>
    Object.values(shapes).reduce((sum, shape) => sum + shape.reduce((a, b) => a * b, 1), 0);
  const encoders = ([[0.25, 1], [0.5, 2], [0.75, 3], [1, 3], [1.5, 4]] as const).map(([width, layers]) => {
    const { encoder } = applyPatch(MICRO, encoderSize(width, layers));
    strictEqual(encoder.hidden_size / encoder.num_attention_heads, 32);
    const { checkpoint: _c, dtype: _d, digits: _g, whitened: _w, pretrain: _p, ...size } = encoder;
    return count(encoderParameterShapes(encoderConfig({ ...size, max_position_embeddings: 512 })));
  });
  ok(encoders.every((parameters, i) => i === 0 || parameters > 1.2 * encoders[i - 1]!), `${encoders}`);
  const [llm, larger] = atLeast(
    [MICRO, applyPatch(MICRO, llmSize(1.25))].map(({ llm }) => {
      const { checkpoint: _c, tokenizer: _t, pretrain: _p, ...size } = llm;
      const config = llamaConfig({ ...size, max_position_embeddings: 2048, tie_word_embeddings: true });
      const { "model.embed_tokens.weight": _vocabulary, ...layers } = llamaParameterShapes(config);
      return count(layers);
    }),
    2,
  );
  ok(Math.abs(larger / llm - 1.25 ** 3) < 0.01, `${larger / llm}`);
});

Deno.test("shortTrained() takes fewer steps and sees each example as often; what is left out stays left out", () => {
  const { encoder, align, transfer } = shortTrained(MICRO);
  strictEqual(encoder.pretrain.steps, MICRO.encoder.pretrain.steps / 10);
  const [half, whole] = [align!, MICRO.align!];
  strictEqual(half.steps, whole.steps / 2);
  strictEqual(
    half.steps * half.batch_size / half.examples,
    whole.steps * whole.batch_size / whole.examples,
  );
  deepStrictEqual(transfer, MICRO.transfer);
  strictEqual(shortTrained({ ...MICRO, align: null }).align, null);
});
