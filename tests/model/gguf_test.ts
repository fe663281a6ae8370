/** GGUF files: values are those of llama.cpp's own Python package, and damage is one line. */
import { deepStrictEqual, strictEqual, throws } from "node:assert/strict";
import { join } from "node:path";
import { ROOT } from "../../lib/lab/record/paths.ts";
import { decodeWeights, weightBytes } from "../../lib/model/checkpoint/blocks.ts";
import { openGguf } from "../../lib/model/checkpoint/gguf.ts";
import { openSafetensors } from "../../lib/tensor/safetensors.ts";
import { withFolder } from "./_models.ts";

const GOLDEN = join(ROOT, "tests", "model", "gguf_golden.gguf");
const FORMATS = ["F32", "F16", "BF16", "Q8_0", "Q4_0", "Q4_1"];

/** Bit patterns, so that no rounding and no sign of zero hides. */
const bits = (values: Float32Array<ArrayBuffer>) => [...new Uint32Array(values.buffer, 0, values.length)];

Deno.test("every format's values are the Python package's, bit by bit", () => {
  const [file, golden] = [openGguf(GOLDEN), openSafetensors(GOLDEN.replace(/gguf$/, "safetensors"))];
  deepStrictEqual([...file.tensors.keys()], FORMATS.map((name) => `${name}.weight`));
  for (const [name, { shape, format }] of file.tensors) {
    deepStrictEqual(shape, [3, 64]);
    strictEqual(`${format}.weight`, name);
    deepStrictEqual(bits(file.float32(name)), bits(golden.float32(name)), name);
  }
});

Deno.test("metadata of every type is read", () => {
  const { metadata } = openGguf(GOLDEN);
  const found = Object.fromEntries([...metadata].filter(([name]) => name.startsWith("test.")));
  deepStrictEqual(found, {
    "test.count": 7,
    "test.below": -7,
    "test.large": 2 ** 40,
    "test.epsilon": Math.fround(1e-5),
    "test.flag": true,
    "test.text": "ab ▁ü",
    "test.words": ["a", "ß", ""],
    "test.numbers": [1, 2, 3],
  });
  strictEqual(metadata.get("general.architecture"), "llama");
});

Deno.test("a file that is cut off anywhere is refused by name, and never read", async () => {
  await withFolder((folder) => {
    const whole = Deno.readFileSync(GOLDEN);
    const path = `${folder}/cut.gguf`;
    for (let length = 0; length < whole.length; length += 97) {
      Deno.writeFileSync(path, whole.subarray(0, length));
      throws(() => openGguf(path), { name: "UserError", message: /^Cannot read .*cut\.gguf/ }, `${length}`);
    }
  });
});

Deno.test("formats that are not read, other versions and other files are refused by name", async () => {
  await withFolder((folder) => {
    const path = `${folder}/other.gguf`;
    const changed = (change: (view: DataView, bytes: Uint8Array) => void) => {
      const bytes = Deno.readFileSync(GOLDEN);
      change(new DataView(bytes.buffer), bytes);
      Deno.writeFileSync(path, bytes);
      return () => openGguf(path);
    };
    // The type stands behind the name, the count of dimensions and two of them.
    const typeOf = (bytes: Uint8Array, name: string) =>
      new TextDecoder("latin1").decode(bytes).indexOf(name) + name.length + 4 + 16;
    throws(
      changed((view, bytes) => view.setUint32(typeOf(bytes, "Q4_1.weight"), 12, true)),
      /tensor "Q4_1.weight" .*format is Q4_K; read are F32, F16, BF16, Q8_0, Q4_0, Q4_1$/,
    );
    throws(
      changed((view, bytes) => view.setUint32(typeOf(bytes, "F16.weight"), 99, true)),
      /its format is number 99;/,
    );
    throws(changed((view) => view.setUint32(4, 1, true)), /GGUF version 1; versions 2 and 3 are read/);
    throws(changed((view) => view.setUint8(0, 0)), /does not begin with GGUF/);
    throws(changed((view) => view.setBigUint64(8, 1n << 60n, true)), /too large|claims/);
    throws(() => openGguf(`${folder}/no.gguf`), /there is no such file/);
    throws(() => openGguf(GOLDEN).float32("Q4_2.weight"), /Cannot find tensor.*did you mean "Q4_/);
  });
});

Deno.test("a short file that claims much, or lists in lists without end, is one line", async () => {
  await withFolder((folder) => {
    const path = `${folder}/claims.gguf`;
    // GGUF, version 3, no tensor, one key "k", which is a list (9) of lists and so on.
    const written = (levels: number, count: number) => {
      const numbers = [0x46554747, 3, 0, 0, 1, 0, 1, 0];
      const lists = Array.from({ length: levels }, () => [9, count, 0]).flat();
      const [head, tail] = [numbers, [9, ...lists, 4]].map((part) =>
        new Uint8Array(Uint32Array.from(part).buffer)
      );
      Deno.writeFileSync(path, new Uint8Array([...head!, "k".charCodeAt(0), ...tail!]));
      return () => openGguf(path);
    };
    throws(written(1, 9_000_000), { name: "UserError", message: /it claims 9000000 entries/ });
    throws(written(20_000, 1), { name: "UserError", message: /lists of more than 4 levels/ });
  });
});

Deno.test("values that do not fill whole blocks are no tensor", () => {
  strictEqual(weightBytes("Q4_0", 64, "it"), 36);
  throws(() => weightBytes("Q4_0", 65, "it"), /its 65 values do not fill Q4_0 blocks of 32/);
});

Deno.test("a block is scale times what its nibbles say, low halves first", () => {
  const block = new Uint8Array(18);
  new DataView(block.buffer).setFloat16(0, 0.5, true);
  block.fill(0x18, 2); // low 8 is zero, high 1 is seven below
  deepStrictEqual([...decodeWeights("Q4_0", block)], [...Array(16).fill(0), ...Array(16).fill(-3.5)]);
});
