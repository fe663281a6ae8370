/** Safetensors files: round trips, the reference's verdicts on headers, fuzz, and errors that name file and tensor. @module */
import { deepStrictEqual, ok, strictEqual, throws } from "node:assert/strict";
import { UserError } from "../../lib/errors.ts";
import { openSafetensors, type SafetensorsInput, writeSafetensors } from "../../lib/tensor/safetensors.ts";
import fc from "fast-check";
import golden from "./safetensors_headers.json" with { type: "json" };

function inTemporaryFolder(body: (folder: string) => void): void {
  const folder = Deno.makeTempDirSync();
  try {
    body(folder);
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
}

/** A file with this header text and so many data bytes. */
function fileOf(path: string, header: unknown, dataBytes: number): string {
  const json = header instanceof Uint8Array
    ? header
    : new TextEncoder().encode(typeof header === "string" ? header : JSON.stringify(header));
  const file = new Uint8Array(8 + json.length + dataBytes);
  new DataView(file.buffer).setBigUint64(0, BigInt(json.length), true);
  file.set(json, 8);
  Deno.writeFileSync(path, file);
  return path;
}

Deno.test("openSafetensors() returns what writeSafetensors() wrote, for any shapes", () => {
  inTemporaryFolder((folder) => {
    const tensor = fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 3 }).chain((shape) =>
      fc.float32Array({
        minLength: shape.reduce((a, b) => a * b, 1),
        maxLength: shape.reduce((a, b) => a * b, 1),
      }).map((data) => ({ shape, data }))
    );
    fc.assert(fc.property(fc.array(tensor, { maxLength: 5 }), (tensors) => {
      const path = `${folder}/a.safetensors`;
      const inputs: SafetensorsInput[] = tensors.map((t, i) => ({ name: `t${i}`, dtype: "F32", ...t }));
      writeSafetensors(path, inputs, { note: "ü" });
      const file = openSafetensors(path);
      strictEqual(file.metadata.note, "ü");
      for (const { name, shape, data } of inputs) {
        deepStrictEqual(file.entries.get(name)?.shape, shape);
        deepStrictEqual(file.float32(name), data);
      }
    }));
  });
});

Deno.test("openSafetensors() decodes F16, BF16 and F64", () => {
  inTemporaryFolder((folder) => {
    const path = `${folder}/a.safetensors`;
    writeSafetensors(path, [
      { name: "half", dtype: "F16", shape: [3], data: new Uint16Array([0x3c00, 0xc100, 0x0001]) },
      { name: "brain", dtype: "BF16", shape: [2], data: new Uint16Array([0x3fc0, 0xff80]) },
      { name: "double", dtype: "F64", shape: [1], data: new Float64Array([0.1]) },
    ]);
    const file = openSafetensors(path);
    deepStrictEqual([...file.float32("half")], [1, -2.5, 2 ** -24]);
    deepStrictEqual([...file.float32("brain")], [1.5, -Infinity]);
    deepStrictEqual([...file.float32("double")], [Math.fround(0.1)]);
  });
});

Deno.test("openSafetensors() names the file and the tensor of a bad header", () => {
  inTemporaryFolder((folder) => {
    const path = `${folder}/bad.safetensors`;
    const entry = (data_offsets: number[], shape = [2], dtype = "F32") => ({ dtype, shape, data_offsets });
    const cases: [unknown, number, RegExp][] = [
      [{ w: entry([0, 8], [2], "F4") }, 8, /tensor "w" of ".*bad\.safetensors": dtype "F4" is none of/],
      [{ w: entry([0, 8], [-2]) }, 8, /"w".*no list of sizes/],
      [{ w: entry([0, 8]) }, 7, /"w".*truncated/],
      [{ w: entry([0, 12]) }, 12, /"w".*takes 8 bytes, its range has 12/],
      [{ w: entry([8, 0]) }, 8, /"w".*ends before it starts/],
      [{ w: entry([0, 8]), v: entry([4, 12]) }, 12, /"v".*overlaps/],
      [{ w: entry([4, 12]) }, 12, /"w".*gap/],
      [{ w: entry([0, 8]) }, 9, /1 bytes after the last tensor/],
      ["[1]", 0, /not a JSON object/],
      ["{", 0, /not JSON/],
      [new Uint8Array([0x7b, 0xff, 0x7d]), 0, /header is not UTF-8/],
      [{ __metadata__: { n: 1 } }, 0, /bad\.safetensors": its __metadata__ "n" is 1, the format wants/],
      [{ __metadata__: ["a"] }, 0, /__metadata__ is \["a"\]/],
    ];
    for (const [header, size, message] of cases) {
      throws(() => openSafetensors(fileOf(path, header, size)), (error) => {
        return error instanceof UserError && message.test(error.message);
      }, String(message));
    }
    Deno.writeFileSync(path, new Uint8Array([1, 2, 3]));
    throws(() => openSafetensors(path), /3 bytes are no safetensors file/);
    Deno.writeFileSync(path, new Uint8Array(16).fill(255));
    throws(() => openSafetensors(path), /truncated or not safetensors/);
    throws(() => openSafetensors(`${folder}/none`), /there is no such file/);
  });
});

for (const { case: name, header, data_bytes, opened } of golden.cases) {
  Deno.test(`openSafetensors() ${opened ? "opens" : "refuses"}, as the reference does, the header: ${name}`, () => {
    inTemporaryFolder((folder) => {
      const bytes = Uint8Array.from(header, (c) => c.charCodeAt(0));
      const open = () => openSafetensors(fileOf(`${folder}/a.safetensors`, bytes, data_bytes));
      if (opened) open();
      else throws(open, UserError);
    });
  });
}

Deno.test("openSafetensors() of a damaged header is one line of error or entries that cover the data exactly", () => {
  inTemporaryFolder((folder) => {
    const path = `${folder}/a.safetensors`;
    const data = new Float32Array(6);
    writeSafetensors(path, [
      { name: "a", dtype: "F32", shape: [2, 2], data: data.subarray(0, 4) },
      { name: "ü", dtype: "F16", shape: [4], data: data.subarray(4) },
    ], { format: "pt" });
    const whole = Deno.readFileSync(path);
    const headerEnd = whole.length - data.byteLength;
    const change = fc.tuple(
      fc.nat(headerEnd - 1),
      fc.oneof(fc.nat(255), fc.constantFrom(...[...'"{}[],:09-'].map((c) => c.charCodeAt(0)))),
    );
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 4 }), (changes) => {
        const damaged = whole.slice();
        for (const [at, byte] of changes) damaged[at] = byte;
        Deno.writeFileSync(path, damaged);
        try {
          const { entries, metadata, float32 } = openSafetensors(path);
          ok(Object.values(metadata).every((value) => typeof value === "string"));
          const sizes = [...entries.values()].map(({ start, end }) => end - start);
          strictEqual(
            sizes.reduce((a, b) => a + b, 0),
            whole.length - new DataView(damaged.buffer).getUint32(0, true) - 8,
          );
          for (const [name, { dtype }] of entries) if (dtype.includes("F")) float32(name);
        } catch (error) {
          ok(error instanceof UserError, String(error));
          strictEqual(error.message.split("\n").length, 1, error.message);
        }
      }),
      { numRuns: 1000 },
    );
  });
});

Deno.test("writeSafetensors() keeps tensors whose names mean something to JavaScript", () => {
  inTemporaryFolder((folder) => {
    const path = `${folder}/a.safetensors`;
    const names = ["constructor", "__proto__", "toString", "1", "0"];
    writeSafetensors(
      path,
      names.map((name, i) => ({ name, dtype: "F32", shape: [1], data: new Float32Array([i]) })),
    );
    const { entries, float32 } = openSafetensors(path);
    deepStrictEqual([...entries.keys()].sort(), [...names].sort());
    names.forEach((name, i) => deepStrictEqual([...float32(name)], [i]));
  });
});

Deno.test("openSafetensors() refuses an unknown name and an integer tensor read as float32", () => {
  inTemporaryFolder((folder) => {
    const path = `${folder}/a.safetensors`;
    writeSafetensors(path, [{ name: "ids", dtype: "I64", shape: [1], data: new BigInt64Array([7n]) }]);
    throws(() => openSafetensors(path).float32("ids"), /"ids".*dtype is I64/);
    throws(() => openSafetensors(path).bytes("w"), /Cannot read tensor "w"/);
    deepStrictEqual(new BigInt64Array(openSafetensors(path).bytes("ids").buffer), new BigInt64Array([7n]));
  });
});

Deno.test("writeSafetensors() leaves the old file when the data does not fit its shape", () => {
  inTemporaryFolder((folder) => {
    const path = `${folder}/a.safetensors`;
    const good: SafetensorsInput = { name: "w", dtype: "F32", shape: [1], data: new Float32Array([1]) };
    writeSafetensors(path, [good]);
    throws(() => writeSafetensors(path, [{ ...good, shape: [2] }]), /takes 8 bytes, the data has 4/);
    throws(() => writeSafetensors(path, [good, good]), /"w" comes twice/);
    deepStrictEqual([...openSafetensors(path).float32("w")], [1]);
    deepStrictEqual([...Deno.readDirSync(folder)].map((entry) => entry.name), ["a.safetensors"]);
  });
});
