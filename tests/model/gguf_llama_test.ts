/** GGUF files as read-only starts: a Llama's weights are those that Python's `gguf` reads (`gguf_llama_golden.py`). */
import { deepStrictEqual, ok, strictEqual, throws } from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { UserError } from "../../lib/errors.ts";
import { sha256 } from "../../lib/hash.ts";
import { llmFiles, llmModel } from "../../lib/method/models/llm.ts";
import { MICRO } from "../../lib/method/recipe/scales.ts";
import { findGguf } from "../../lib/model/checkpoint/gguf_place.ts";
import { exportLlama, loadLlama, openLlama } from "../../lib/model/llama/model.ts";
import { bench, declared } from "../method/_tiny.ts";
import golden from "./gguf_llama_golden.json" with { type: "json" };
import { withFolder } from "./_models.ts";

const TINY = fileURLToPath(new URL("gguf_llama.gguf", import.meta.url));
const bytes = Deno.readFileSync(TINY);

function refuses(run: () => unknown, message: RegExp): void {
  throws(run, (error) => {
    ok(error instanceof UserError, String(error));
    ok(message.test(error.message), error.message);
    ok(!error.message.includes("\n"));
    return true;
  });
}

/** The file with some bytes replaced. */
function damaged(folder: string, at: number, by: readonly number[]): string {
  const path = `${folder}/damaged.gguf`;
  const copy = bytes.slice();
  copy.set(by, at);
  Deno.writeFileSync(path, copy);
  return path;
}

/** Where a text stands in the file. */
function indexOf(text: string): number {
  return new TextDecoder("latin1").decode(bytes).indexOf(text);
}

Deno.test("a GGUF file's weights of every type, in transformers' names and order, are bit by bit Python's", () => {
  const { config, weights } = loadLlama(TINY);
  deepStrictEqual(Object.keys(weights).sort(), Object.keys(golden).sort());
  for (const [name, { sha256: hash, first }] of Object.entries(golden)) {
    const data = weights[name]!;
    deepStrictEqual([...data.slice(0, 3)], first, name);
    strictEqual(sha256(new Uint8Array(data.buffer, data.byteOffset, data.byteLength)), hash, name);
  }
  deepStrictEqual(
    [config.hidden_size, config.num_attention_heads, config.num_key_value_heads, config.num_hidden_layers],
    [32, 2, 1, 1],
  );
  deepStrictEqual([config.vocab_size, config.tie_word_embeddings, config.bos_token_id], [48, true, 1]);
});

Deno.test("a model from a GGUF file is written as safetensors and read again as the same", async () => {
  await withFolder((folder) => {
    const model = loadLlama(TINY);
    exportLlama(folder, model);
    deepStrictEqual(loadLlama(folder).weights, model.weights);
  });
});

Deno.test("findGguf() takes a file, or the only one of a folder without safetensors", async () => {
  await withFolder((folder) => {
    strictEqual(findGguf(folder), null);
    Deno.copyFileSync(TINY, `${folder}/one.gguf`);
    strictEqual(findGguf(folder), `${folder}/one.gguf`);
    strictEqual(findGguf(`${folder}/one.gguf`), `${folder}/one.gguf`);
    Deno.copyFileSync(TINY, `${folder}/two.gguf`);
    refuses(() => findGguf(folder), /has 2 GGUF files \(one.gguf, two.gguf\); name one by its path/);
    Deno.writeTextFileSync(`${folder}/model.safetensors`, "");
    strictEqual(findGguf(folder), null);
  });
});

Deno.test("a recipe's LLM may be a GGUF file, with the tokenizer beside it, known by its content", async () => {
  await withFolder(async (models) => {
    Deno.mkdirSync(`${models}/tiny`);
    Deno.copyFileSync(TINY, `${models}/tiny/tiny.gguf`);
    const llm = { ...MICRO.llm, checkpoint: "tiny" };
    const environment = { world: "mini", models };
    refuses(() => llmFiles(llm, environment), /there is no tokenizer.json beside it/);
    Deno.writeTextFileSync(`${models}/tiny/tokenizer.json`, "{}");
    // What other programs left there says nothing of this model.
    Deno.writeTextFileSync(`${models}/tiny/config.json`, "{}");
    const files = llmFiles(llm, environment).filter(({ isOptional }) => !isOptional);
    deepStrictEqual(files.map(({ name }) => name), ["models/tiny/tiny.gguf", "models/tiny/tokenizer.json"]);
    const byPath = llmFiles({ ...llm, checkpoint: `${models}/tiny/tiny.gguf` }, environment)
      .filter(({ isOptional }) => !isOptional);
    deepStrictEqual(byPath.map(({ path }) => path), files.map(({ path }) => path));
    const parts = await llmModel(llm, bench({ models, ...declared(llmFiles(llm, environment)) }));
    strictEqual(parts.llm.dir, `${models}/tiny/tiny.gguf`);
    strictEqual(parts.llm_tokenizer.dir, `${models}/tiny`);
    strictEqual(openLlama(parts.llm.dir).config.hidden_size, 32);
  });
});

Deno.test("another architecture is refused by name, and a cut file in one line", async () => {
  await withFolder((folder) => {
    const llama = indexOf("general.architecture") + "general.architecture".length + 12;
    const gemma = new TextEncoder().encode("gemma");
    refuses(() => openLlama(damaged(folder, llama, [...gemma])), /its architecture is "gemma"; .*"llama"/);
    const folderOfThatName = `${folder}/model.gguf`;
    Deno.mkdirSync(folderOfThatName);
    refuses(() => openLlama(folderOfThatName), /model\.gguf": it is no file/);
    // Names of one length, so that one may stand for the other.
    const [q, k] = ["blk.0.attn_q.weight", "blk.0.attn_k.weight"];
    refuses(
      () => openLlama(damaged(folder, indexOf(k), [...new TextEncoder().encode(q)])),
      /has tensor "blk.0.attn_q.weight" twice/,
    );
    const cut = `${folder}/cut.gguf`;
    Deno.writeFileSync(cut, bytes.slice(0, -5));
    refuses(() => openLlama(cut), /cut\.gguf.*truncated/);
  });
});
