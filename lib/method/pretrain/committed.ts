/**
 * Pre-trained models that are committed, so that nobody has to train them first. A model stands for a training when it has
 * the same fingerprint: settings, first values and batches of the training. Whatever changes one of these (the recipe,
 * the languages' files, the tokenizer, the code that draws text) trains anew; `deno task pretrain` makes the files again
 * and compares the bytes.
 * @module
 */
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import * as v from "valibot";
import { UserError } from "../../errors.ts";
import { exists, writeFileAtomic } from "../../files.ts";
import { canonicalJson, hashJson, sha256 } from "../../hash.ts";
import { type Feeds, openSafetensors, writeSafetensors } from "../../tensor/mod.ts";
import { type Loop, LOSSES_FILE, type Trained } from "../../engine/onnx/train.ts";

/** Where the committed models lie, a folder each. */
export const PRETRAINED = fileURLToPath(new URL("../../../data/pretrained/", import.meta.url));
/** Names of the parts. */
export const MODELS = ["llm", "encoder"] as const;
export type ModelName = typeof MODELS[number];

/** The files of a model. */
export const MODEL_FILES = ["manifest.json", "model.safetensors", LOSSES_FILE] as const;
const [MANIFEST, MODEL] = MODEL_FILES;

const manifest = v.object({
  fingerprint: v.string(),
  training: v.record(
    v.string(),
    v.union([v.string(), v.number(), v.null(), v.record(v.string(), v.number())]),
  ),
  loss: v.object({ first: v.number(), last: v.number() }),
  model_sha256: v.string(),
});

/** A training with what of its parameters is kept. */
export interface Pretraining extends Loop {
  /** Names of the parameters that the model consists of; the rest (heads, decoders) is thrown away. */
  readonly kept: readonly string[];
}

/**
 * The committed model if it is what `pretraining` would make, else undefined. Copies its losses into `dir`.
 * @throws {UserError} for a damaged model
 */
export async function committedModel(
  model: ModelName,
  pretraining: Pretraining,
  dir: string,
  folder = PRETRAINED,
): Promise<Trained | undefined> {
  const path = (file: string) => join(folder, model, file);
  if (!exists(path(MANIFEST))) return undefined;
  const { fingerprint, training, loss, model_sha256 } = readManifest(path(MANIFEST));
  // Before the fingerprint, which takes seconds.
  if (canonicalJson(training) !== canonicalJson(pretraining.training)) return undefined;
  if (fingerprint !== await fingerprintOf(pretraining)) return undefined;
  if (sha256(Deno.readFileSync(path(MODEL))) !== model_sha256) {
    throw new UserError(
      `Cannot use "${
        path(MODEL)
      }": it is not the file that ${MANIFEST} names; restore it from git, or make it again ` +
        `with "deno task pretrain --write"`,
    );
  }
  const file = openSafetensors(path(MODEL));
  Deno.copyFileSync(path(LOSSES_FILE), join(dir, LOSSES_FILE));
  return {
    parameters: Object.fromEntries(pretraining.kept.map((name) => [name, file.float32(name)])),
    loss,
  };
}

/** Writes the files of a model into `dir`, which has the losses already. */
export async function writeModel(dir: string, pretraining: Pretraining, trained: Trained): Promise<void> {
  const { kept, spec, training } = pretraining;
  writeSafetensors(
    join(dir, MODEL),
    kept.map((name) => ({
      name,
      dtype: "F32" as const,
      shape: spec.parameters[name]!.shape as readonly number[],
      data: trained.parameters[name]!,
    })),
  );
  const content: v.InferOutput<typeof manifest> = {
    fingerprint: await fingerprintOf(pretraining),
    training: { ...training },
    loss: trained.loss,
    model_sha256: sha256(Deno.readFileSync(join(dir, MODEL))),
  };
  writeFileAtomic(join(dir, MANIFEST), JSON.stringify(content, null, 2) + "\n");
}

function readManifest(path: string): v.InferOutput<typeof manifest> {
  try {
    return v.parse(manifest, JSON.parse(Deno.readTextFileSync(path)));
  } catch (error) {
    throw new UserError(`Cannot read "${path}": ${(error as Error).message}`);
  }
}

/** Hash of the settings, the first values, and the batches at the start, in the middle and at the end. */
export async function fingerprintOf({ training, values, kept, batch }: Pretraining): Promise<string> {
  const steps = [0, Math.floor(training.steps / 2), training.steps - 1];
  const batches: Feeds[] = [];
  for (const step of steps) batches.push(await batch(step));
  const bytes = (data: ArrayBufferView) =>
    sha256(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
  return hashJson({
    training,
    kept,
    values: Object.fromEntries(Object.entries(values).map(([name, data]) => [name, bytes(data)])),
    batches: batches.map((feeds) =>
      Object.fromEntries(
        Object.entries(feeds).map((
          [name, { dims, data }],
        ) => [name, { dims, data: bytes(data as ArrayBufferView) }]),
      )
    ),
  });
}
