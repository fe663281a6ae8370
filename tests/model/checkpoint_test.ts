/** Checkpoint folders: round trips, shards, laziness, and errors that name what is wrong. @module */
import { deepStrictEqual, ok, strictEqual, throws } from "node:assert/strict";
import * as fc from "fast-check";
import { checkTensors, openCheckpoint } from "../../lib/model/checkpoint/open.ts";
import { type CheckpointContent, exportCheckpoint } from "../../lib/model/checkpoint/export.ts";
import { openSafetensors, writeSafetensors } from "../../lib/tensor/safetensors.ts";
import { elsewhere } from "../_elsewhere.ts";
import { writeSparseFile } from "./_sparse.ts";
import { testWithStories, withFolder } from "./_models.ts";

const CONFIG = { architectures: ["LlamaForCausalLM"], model_type: "llama" };

function content(sizes: readonly number[]): CheckpointContent {
  const tensors = sizes.map((size, i) => ({
    name: `t${i}`,
    shape: [size, 2],
    data: Float32Array.from({ length: size * 2 }, (_, j) => i + j / 7),
  }));
  return { config: CONFIG, tensors };
}

Deno.test("exportCheckpoint() then openCheckpoint() gives the same tensors, however they are sharded", async () => {
  await withFolder((root) => {
    let n = 0;
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1, maxLength: 6 }),
        fc.integer({ min: 1, max: 400 }),
        (sizes, maxShardBytes) => {
          const folder = `${root}/${n++}`;
          const written = content(sizes);
          exportCheckpoint(folder, written, { maxShardBytes });
          const read = openCheckpoint(folder);
          deepStrictEqual(read.config, CONFIG);
          deepStrictEqual([...read.shapes], written.tensors.map(({ name, shape }) => [name, shape]));
          for (const { name, data } of written.tensors) deepStrictEqual(read.float32(name), data);
        },
      ),
      { numRuns: 40 },
    );
  });
});

Deno.test("exportCheckpoint() writes shards no larger than asked, except for a single larger tensor", async () => {
  await withFolder((folder) => {
    exportCheckpoint(folder, content([4, 4, 4, 100, 1]), { maxShardBytes: 64 });
    const files = [...Deno.readDirSync(folder)].map(({ name }) => name).filter((name) =>
      name.endsWith(".safetensors")
    );
    deepStrictEqual(files.sort(), [1, 2, 3, 4].map((i) => `model-0000${i}-of-00004.safetensors`));
    const bytes = (name: string) => {
      const entries = [...openSafetensors(`${folder}/${name}`).entries.values()];
      return entries.reduce((sum, { start, end }) => sum + end - start, 0);
    };
    deepStrictEqual(files.map(bytes), [64, 32, 800, 8]);
    const index = JSON.parse(Deno.readTextFileSync(`${folder}/model.safetensors.index.json`));
    strictEqual(index.metadata.total_size, 904);
  });
});

Deno.test("openCheckpoint() names what is wrong with a folder", async () => {
  await withFolder((folder) => {
    const fails = (message: RegExp) => throws(() => openCheckpoint(folder), { name: "UserError", message });
    throws(() => openCheckpoint(`${folder}/none`), { message: /there is no such folder/ });
    fails(/config.json": there is no such file/);
    Deno.writeTextFileSync(`${folder}/config.json`, "{");
    fails(/config.json": it is not JSON/);
    Deno.writeTextFileSync(`${folder}/config.json`, JSON.stringify({ architectures: ["T5Model"] }));
    fails(/neither|architecture "T5Model" is not supported; supported: LlamaForCausalLM/);
    Deno.writeTextFileSync(`${folder}/config.json`, JSON.stringify(CONFIG));
    fails(/neither model.safetensors nor model.safetensors.index.json/);
    const index = (weight_map: Record<string, string>) =>
      Deno.writeTextFileSync(`${folder}/model.safetensors.index.json`, JSON.stringify({ weight_map }));
    index({ a: "../other.safetensors" });
    fails(/shard "..\/other.safetensors" is not a file of this folder/);
    index({ a: "one.safetensors" });
    fails(/one.safetensors": there is no such file/);
    writeSafetensors(`${folder}/one.safetensors`, [{
      name: "b",
      dtype: "F32",
      shape: [1],
      data: new Float32Array(1),
    }]);
    fails(/it says that "one.safetensors" holds tensor "a"/);
  });
});

Deno.test("checkTensors() names missing tensors and shapes that differ", async () => {
  await withFolder((folder) => {
    exportCheckpoint(folder, content([3]));
    const checkpoint = openCheckpoint(folder);
    checkTensors(checkpoint, { t0: [3, 2] });
    throws(() => checkTensors(checkpoint, { t0: [3, 2], head: [1] }), { message: /missing tensor "head"/ });
    throws(() => checkTensors(checkpoint, { t0: [2, 3] }), {
      message: /"t0" has shape \[3,2\].*asks for \[2,3\]/,
    });
    throws(() => checkTensors(checkpoint, {}), {
      message: /tensor "t0" would not be used: the model of its config.json/,
    });
    throws(() => checkpoint.float32("t1"), { message: /did you mean "t0"/ });
  });
});

Deno.test("openCheckpoint() on gigabytes of shards takes memory only for the tensors that are read", async () => {
  await withFolder(async (folder) => {
    // Sparse files: 4 shards that claim 1 GiB each and occupy a few blocks of the disk.
    const elements = 2 ** 28;
    const weight_map: Record<string, string> = {};
    for (let i = 0; i < 4; i++) {
      const name = `model-${i}.safetensors`;
      weight_map[`big${i}`] = weight_map[`small${i}`] = name;
      writeSparseFile(`${folder}/${name}`, {
        [`small${i}`]: { dtype: "F32", shape: [4], data_offsets: [0, 16] },
        [`big${i}`]: { dtype: "F32", shape: [elements], data_offsets: [16, 16 + elements * 4] },
      }, 16 + elements * 4);
    }
    Deno.writeTextFileSync(`${folder}/config.json`, JSON.stringify(CONFIG));
    Deno.writeTextFileSync(`${folder}/model.safetensors.index.json`, JSON.stringify({ weight_map }));
    const shapes = Object.fromEntries(
      [0, 1, 2, 3].flatMap((i) => [[`small${i}`, [4]], [`big${i}`, [elements]]]),
    );
    const args = [folder, shapes, "small2"];
    const { value, grown } = await elsewhere<number[]>("tests/model/_sparse.ts", "openedTensor", args);
    deepStrictEqual(value, [0, 0, 0, 0]);
    ok(grown < 32 * 2 ** 20, `memory grew by ${Math.round(grown / 2 ** 20)} MiB`);
  });
});

Deno.test("openCheckpoint() refuses a tensor that two shards hold", async () => {
  await withFolder((folder) => {
    exportCheckpoint(folder, content([4, 4]), { maxShardBytes: 32 });
    const second = { name: "t1", dtype: "F32" as const, shape: [4, 2], data: new Float32Array(8) };
    writeSafetensors(`${folder}/model-00002-of-00002.safetensors`, [second, { ...second, name: "t0" }]);
    throws(() => openCheckpoint(folder), {
      name: "UserError",
      message:
        /tensor "t0" is in ".*model-00001-of-00002.safetensors" and in ".*model-00002-of-00002.safetensors"$/,
    });
  });
});

Deno.test("a folder that is written again holds the new weights alone, in one file or in shards", async () => {
  await withFolder((folder) => {
    for (const [sizes, maxShardBytes] of [[[1, 2], undefined], [[3, 4], 32], [[5], undefined]] as const) {
      exportCheckpoint(folder, content(sizes), { maxShardBytes });
      deepStrictEqual([...openCheckpoint(folder).shapes.values()], sizes.map((size) => [size, 2]));
    }
    // As transformers does: model.safetensors before an index.
    Deno.writeTextFileSync(
      `${folder}/model.safetensors.index.json`,
      '{"weight_map":{"x":"none.safetensors"}}',
    );
    deepStrictEqual([...openCheckpoint(folder).shapes.keys()], ["t0"]);
  });
});

testWithStories("openCheckpoint() decodes the float16 weights of stories15M", (folder) => {
  const checkpoint = openCheckpoint(folder);
  deepStrictEqual(checkpoint.shapes.get("model.embed_tokens.weight"), [32000, 288]);
  const norm = checkpoint.float32("model.norm.weight");
  strictEqual(norm.length, 288);
  ok(norm.every((x) => Number.isFinite(x) && Math.abs(x) < 100));
});
