/** Committed parts: they stand for exactly the training that made them. */
import { deepStrictEqual, notStrictEqual, rejects, strictEqual } from "node:assert/strict";
import { join } from "node:path";
import { exists } from "../../lib/files.ts";
import { sha256 } from "../../lib/hash.ts";
import {
  committedModel,
  fingerprintOf,
  type ModelName,
  MODELS,
  PRETRAINED,
  type Pretraining,
  writeModel,
} from "../../lib/method/pretrain/committed.ts";
import { MICRO } from "../../lib/method/recipe/scales.ts";
import { encoderPretraining } from "../../lib/method/pretrain/encoder.ts";
import { llmPretraining } from "../../lib/method/pretrain/llm.ts";
import { tokenizerStep } from "../../lib/method/pretrain/tokenizer.ts";
import { float32 } from "../../lib/tensor/mod.ts";
import { train } from "../../lib/engine/onnx/train.ts";
import { LOOP, readSteps } from "../engine/_loop.ts";
import { bench, stepContext } from "./_tiny.ts";

const PRETRAINING: Pretraining = { ...LOOP, kept: ["w"] };

/** A folder with a model trained by `PRETRAINING`, and the training's result. */
async function withPart(use: (folder: string, weights: Float32Array) => Promise<void>): Promise<void> {
  const folder = Deno.makeTempDirSync();
  try {
    const dir = join(folder, "llm");
    Deno.mkdirSync(dir);
    const trained = await train(PRETRAINING, stepContext(folder, { dir }));
    await writeModel(dir, PRETRAINING, trained);
    await use(folder, trained.parameters.w!);
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
}

Deno.test("a committed model gives the parameters and losses of the training that made it", async () => {
  await withPart(async (folder, w) => {
    const dir = Deno.makeTempDirSync({ dir: folder });
    const model = await committedModel("llm", PRETRAINING, dir, folder);
    deepStrictEqual(model?.parameters, { w });
    strictEqual(readSteps(dir).length, PRETRAINING.training.steps);
  });
});

Deno.test("a model is refused for other settings, first values, data or kept parameters, and where there is none", async () => {
  const others: Pretraining[] = [
    { ...PRETRAINING, training: { ...PRETRAINING.training, lr: 0.2 } },
    { ...PRETRAINING, values: { w: Float32Array.of(1, -2) } },
    { ...PRETRAINING, batch: (step) => ({ wanted: float32([Math.cos(step), step], [1, 2]) }) },
    { ...PRETRAINING, kept: [] },
  ];
  await withPart(async (folder) => {
    for (const other of others) {
      strictEqual(await committedModel("llm", other, folder, folder), undefined);
      notStrictEqual(await fingerprintOf(other), await fingerprintOf(PRETRAINING));
    }
    strictEqual(await committedModel("encoder", PRETRAINING, folder, folder), undefined);
  });
});

Deno.test("a damaged model is an error that names the file, not a silent training", async () => {
  await withPart(async (folder) => {
    const model = join(folder, "llm", "model.safetensors");
    const bytes = Deno.readFileSync(model);
    bytes[bytes.length - 1]! ^= 1;
    Deno.writeFileSync(model, bytes);
    await rejects(committedModel("llm", PRETRAINING, folder, folder), /model\.safetensors/);
    Deno.writeTextFileSync(join(folder, "llm", "manifest.json"), "{");
    await rejects(committedModel("llm", PRETRAINING, folder, folder), /Cannot read .*manifest\.json/);
  });
});

for (const model of MODELS) {
  Deno.test(`the committed ${model} was trained by the micro recipe's settings and is the file that its manifest names`, () => {
    const folder = join(PRETRAINED, model);
    const manifest = JSON.parse(Deno.readTextFileSync(join(folder, "manifest.json")));
    deepStrictEqual(manifest.training, MICRO[model].pretrain);
    strictEqual(manifest.model_sha256, sha256(Deno.readFileSync(join(folder, "model.safetensors"))));
    strictEqual(exists(join(folder, "loss.csv")), true);
    strictEqual(readSteps(folder).length, MICRO[model].pretrain.steps);
  });
}

Deno.test("a micro run takes the committed models: its own trainings have their fingerprints", async () => {
  const context = bench();
  const world = "mini";
  const tokenizer = (model: ModelName) =>
    context.step(tokenizerStep, {
      world,
      model,
      vocab_size: MICRO[model].vocab_size,
      seed: MICRO[model].pretrain.seed,
    });
  const { llm, encoder } = MICRO;
  const trainings = {
    llm: llmPretraining({ world, llm, tokenizer: await tokenizer("llm") }).pretraining,
    encoder: encoderPretraining({ world, encoder, tokenizer: await tokenizer("encoder") }).pretraining,
  };
  for (const model of MODELS) {
    const { fingerprint } = JSON.parse(Deno.readTextFileSync(join(PRETRAINED, model, "manifest.json")));
    strictEqual(
      await fingerprintOf(trainings[model]),
      fingerprint,
      `make it again: deno task pretrain ${model} --write`,
    );
  }
});
