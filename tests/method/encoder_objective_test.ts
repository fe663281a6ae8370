/** The mini encoder's objectives: which parameters and inputs each one needs, and that training lowers their sum. */
import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { atLeast } from "../../lib/checked.ts";
import { encoderBatches } from "../../lib/method/pretrain/encoder_batches.ts";
import { encoderObjective } from "../../lib/method/pretrain/encoder_objective.ts";
import { train } from "../../lib/engine/onnx/train.ts";
import { tokenizerStep } from "../../lib/method/pretrain/tokenizer.ts";
import { loadTokenizer } from "../../lib/model/checkpoint/tokenizer.ts";
import { encoderConfig } from "../../lib/model/encoder/config.ts";
import { stream } from "../../lib/random.ts";
import { SPECIAL_TOKENS } from "../../lib/method/reader/prompts.ts";
import { mini } from "../../lib/world/mini/mod.ts";
import { bench, stepContext, TINY } from "./_tiny.ts";

const { pretrain, digits: _ofCheckpoints, ...size } = TINY.encoder;
const input = { world: "mini", model: "encoder", vocab_size: size.vocab_size, seed: pretrain.seed } as const;
const tokenizer = loadTokenizer((await bench().step(tokenizerStep, input)).dir);
const config = encoderConfig({ ...size, vocab_size: tokenizer.vocabSize, max_position_embeddings: 512 });
const NONE = { ...pretrain, mlm: 0, tlm: 0, contrastive: 0, translation: 0, denoising: 0 };

const objectives = {
  "masked LM": { ...NONE, mlm: 1 },
  "translation LM": { ...NONE, tlm: 1 },
  contrastive: { ...NONE, contrastive: 1 },
  translation: { ...NONE, translation: 1 },
  denoising: { ...NONE, denoising: 1 },
  "all of them": { ...NONE, mlm: 0.5, tlm: 0.5, contrastive: 0.1, translation: 1, denoising: 0.5 },
};

for (const [name, settings] of Object.entries(objectives)) {
  const objective = () => encoderObjective(config, settings, stream(1, "objective"));
  const batch = encoderBatches(mini, tokenizer, settings);

  Deno.test(`${name}: every parameter has a first value, and the encoder's are the same whatever else is trained`, () => {
    const { spec, values } = objective();
    deepStrictEqual(Object.keys(values).sort(), Object.keys(spec.parameters).sort());
    const alone = encoderObjective(config, objectives.contrastive, stream(1, "objective")).values;
    for (const [key, value] of Object.entries(alone)) deepStrictEqual(values[key], value, key);
  });

  Deno.test(`${name}: training lowers the loss, and a batch depends on its number alone`, async () => {
    deepStrictEqual(batch(3), batch(3));
    const folder = Deno.makeTempDirSync();
    try {
      const training = { ...settings, batch_size: 4, steps: 30, lr: 3e-3, schedule: "constant" } as const;
      const same = encoderBatches(mini, tokenizer, training)(0);
      const { loss } = await train({ ...objective(), training, batch: () => same }, stepContext(folder));
      ok(loss.last < 0.8 * loss.first, `from ${loss.first} to ${loss.last}`);
    } finally {
      Deno.removeSync(folder, { recursive: true });
    }
  });
}

Deno.test("masked LM predicts what was masked or all tokens of the same rows: where nothing was masked, what stands there", () => {
  const data = (predict: "all" | "masked", name: string) => {
    const settings = { ...NONE, mlm: 1, batch_size: 4, mask_ratio: 0.3, predict };
    return [...encoderBatches(mini, tokenizer, settings)(0)[`rows.${name}`]!.data as Int32Array];
  };
  const ids = data("all", "ids");
  deepStrictEqual(data("masked", "ids"), ids);
  const [all, masked] = atLeast(
    (["all", "masked"] as const).map((predict) => {
      const targets = data(predict, "targets");
      return new Map(data(predict, "target_rows").map((place, i) => [place, targets[i]]));
    }),
    2,
  );
  for (const [place, id] of masked) strictEqual(all.get(place), id);
  const kept = [...all].filter(([place]) => !masked.has(place));
  ok(kept.length > masked.size);
  for (const [place, id] of kept) strictEqual(ids[place], id);
  // Every token but the special ones, and the masked, which are special now.
  const words = ids.flatMap((id, place) => (id >= SPECIAL_TOKENS.length || masked.has(place) ? [place] : []));
  deepStrictEqual([...all.keys()].sort((a, b) => a - b), words);
});
