/** A recipe's real encoder: which files a run declares, and what its key follows. */
import { deepStrictEqual, notStrictEqual, strictEqual, throws } from "node:assert/strict";
import { realEncoder, realEncoderFiles } from "../../lib/method/real_encoder.ts";
import { writeLookupEncoder } from "../model/_lookup_encoder.ts";
import { withFolder } from "../model/_models.ts";
import { bench } from "./_tiny.ts";

const NAMED = { checkpoint: "org/tiny", dtype: null };

Deno.test("realEncoderFiles() declares the files that are read under names that are the same on every machine", async () => {
  await withFolder((models) => {
    writeLookupEncoder(`${models}/org/tiny`);
    Deno.writeTextFileSync(`${models}/org/tiny/README.md`, "");
    const files = realEncoderFiles(NAMED, { models });
    deepStrictEqual(
      files.map(({ name }) => name),
      ["config.json", "tokenizer.json", "tokenizer_config.json", "onnx/model.onnx"].map((name) =>
        `models/tiny/${name}`
      ),
    );
    for (const { path } of files) strictEqual(Deno.statSync(path).isFile, true);
    deepStrictEqual(realEncoderFiles({ checkpoint: null, dtype: null }, { models: "nowhere" }), []);
    throws(
      () => realEncoderFiles({ checkpoint: "org/other", dtype: null }, { models }),
      /Cannot find the encoder/,
    );
    // Beside the data, unless said.
    Deno.mkdirSync(`${models}/models`);
    Deno.renameSync(`${models}/org`, `${models}/models/org`);
    strictEqual(realEncoderFiles(NAMED, { data: `${models}/data` }).length, 4);
  });
});

Deno.test("realEncoder() is known by the content of its files, wherever they lie", async () => {
  await withFolder((models) => {
    writeLookupEncoder(`${models}/org/tiny`);
    writeLookupEncoder(`${models}/elsewhere/org/tiny`);
    const keyOf = (hash: string, folder = models) => {
      const context = bench({ models: folder, file: (name) => ({ kind: "data", name, path: "", hash }) });
      const { encoder, dtype } = realEncoder(NAMED, context);
      strictEqual(encoder.dir, `${folder}/org/tiny`);
      strictEqual(dtype, "fp32");
      return encoder.key;
    };
    strictEqual(keyOf("a"), keyOf("a", `${models}/elsewhere`));
    notStrictEqual(keyOf("a"), keyOf("b"));
  });
});
