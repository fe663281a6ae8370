/** Where encoders are found, which of their files count, and what is said when some are missing. */
import { deepStrictEqual, rejects, strictEqual, throws } from "node:assert/strict";
import { findOnnxFolder, type OnnxFolder } from "../../lib/model/encoder/onnx_folder.ts";
import { elsewhere } from "../_elsewhere.ts";
import { withFolder } from "./_models.ts";

const TEXT_FILES = ["config.json", "tokenizer.json", "tokenizer_config.json"];

/** An encoder's folder with empty files. */
function write(folder: string, graphs: readonly string[], texts = TEXT_FILES): void {
  Deno.mkdirSync(`${folder}/onnx`, { recursive: true });
  for (const name of texts) Deno.writeTextFileSync(`${folder}/${name}`, "{}");
  for (const name of graphs) Deno.writeTextFileSync(`${folder}/onnx/${name}`, "");
}

/** What `findOnnxFolder` finds with these variables in its environment. */
async function foundWith(
  env: Readonly<Record<string, string>>,
  ...args: Parameters<typeof findOnnxFolder>
): Promise<OnnxFolder> {
  return (await elsewhere<OnnxFolder>("lib/model/encoder/onnx_folder.ts", "findOnnxFolder", args, env)).value;
}

Deno.test("findOnnxFolder() takes a path or a name below the folder of models, with the files that count", async () => {
  await withFolder((models) => {
    write(`${models}/mini`, ["model_quantized.onnx", "readme.txt"]);
    const found = findOnnxFolder("mini", { models });
    deepStrictEqual(found, {
      folder: `${models}/mini`,
      dtype: "q8",
      graph: "model",
      files: [...TEXT_FILES, "onnx/model_quantized.onnx"],
    });
    deepStrictEqual(findOnnxFolder(`${models}/mini`, { models: "nowhere" }), found);
    write(`${models}/org/name`, ["model.onnx"]);
    strictEqual(findOnnxFolder("org/name", { models }).folder, `${models}/org/name`);
  });
});

Deno.test("findOnnxFolder() takes the most precise graph or the one asked for, with its external data", async () => {
  await withFolder((models) => {
    const big = ["model.onnx", "model.onnx_data", "model.onnx_data_1"];
    write(`${models}/big`, [...big, "model_fp16.onnx", "model_quantized.onnx", "decoder_model_merged.onnx"]);
    const whole = findOnnxFolder("big", { models });
    strictEqual(whole.dtype, "fp32");
    deepStrictEqual(whole.files.slice(3), big.map((name) => `onnx/${name}`));
    deepStrictEqual(findOnnxFolder("big", { models, dtype: "fp16" }).files.slice(3), [
      "onnx/model_fp16.onnx",
    ]);
    throws(() => findOnnxFolder("big", { models, dtype: "q4" }), /it has no onnx\/model_q4\.onnx/);
    write(`${models}/both`, ["encoder_model.onnx", "decoder_model_merged.onnx"]);
    strictEqual(findOnnxFolder("both", { models }).graph, "encoder_model");
  });
});

Deno.test("findOnnxFolder() finds a hub id in Hugging Face's cache, by the commit that main stands for", async () => {
  await withFolder(async (home) => {
    const repository = `${home}/hub/models--org--name`;
    write(`${repository}/snapshots/abc`, ["model.onnx"]);
    write(`${repository}/snapshots/old`, ["model.onnx"]);
    Deno.mkdirSync(`${repository}/refs`);
    Deno.writeTextFileSync(`${repository}/refs/main`, "abc\n");
    const asked = { models: `${home}/models` };
    const env = { HF_HOME: home };
    strictEqual((await foundWith(env, "org/name", asked)).folder, `${repository}/snapshots/abc`);
    await rejects(foundWith(env, "org/other", asked), /Cannot find the encoder "org\/other"/);
    // The user's own folder comes first.
    write(`${home}/models/org/name`, ["model.onnx"]);
    strictEqual((await foundWith(env, "org/name", asked)).folder, `${home}/models/org/name`);
    strictEqual(
      (await foundWith({ HF_HUB_CACHE: `${home}/hub` }, "org/name", { models: "no" })).folder,
      `${repository}/snapshots/abc`,
    );
  });
});

Deno.test("findOnnxFolder() says which files are missing and where they belong", async () => {
  await withFolder(async (models) => {
    await rejects(foundWith({ HF_HOME: `${models}/none` }, "org/name", { models }), {
      message: `Cannot find the encoder "org/name": put its files (config.json, tokenizer.json, ` +
        `tokenizer_config.json, onnx/model.onnx or model.safetensors) into "${models}/org/name", or get them into Hugging Face's cache ` +
        `with "hf download org/name"; \`deno task models\` lists those that the lab gets by itself`,
    });
    throws(
      () => findOnnxFolder("mini", { models, dtype: "q8" }),
      /onnx\/model_quantized\.onnx\) into ".*mini"; `deno task models`/,
    );
    write(`${models}/half`, [], ["config.json"]);
    throws(
      () => findOnnxFolder("half", { models }),
      /half" as an encoder: it has no tokenizer.json, no tokenizer_config.json, no onnx\/model.onnx; the model's page/,
    );
  });
});
