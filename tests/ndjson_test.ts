/** JSON values a line: what is written comes back, whatever falls on the edge of a part. */
import { deepStrictEqual, strictEqual, throws } from "node:assert/strict";
import { join } from "node:path";
import { readNdjson, writeNdjson } from "../lib/ndjson.ts";

function inFolder(use: (file: string) => void): void {
  const folder = Deno.makeTempDirSync();
  try {
    use(join(folder, "rows.ndjson"));
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
}

Deno.test("values come back as they were, in order, also where a letter of several bytes stands on a part's edge", () =>
  inFolder((file) => {
    // Three bytes a letter: no power of two is a multiple.
    const rows = Array.from({ length: 40 }, (_, at) => ({ at, text: "ක".repeat(20_000 + at) }));
    writeNdjson(file, rows);
    strictEqual(Deno.statSync(file).size > 2 * 2 ** 20, true);
    deepStrictEqual([...readNdjson(file)], rows);
  }));

Deno.test("no value is an empty file, and a file without a line break at its end is read whole", () =>
  inFolder((file) => {
    writeNdjson(file, []);
    strictEqual(Deno.statSync(file).size, 0);
    deepStrictEqual([...readNdjson(file)], []);
    Deno.writeTextFileSync(file, '{"a":1}\n\n{"a":2}');
    deepStrictEqual([...readNdjson(file)], [{ a: 1 }, { a: 2 }]);
  }));

Deno.test("a line that is cut off is an error", () =>
  inFolder((file) => {
    Deno.writeTextFileSync(file, '{"a":1}\n{"a":');
    throws(() => [...readNdjson(file)], SyntaxError);
  }));

Deno.test("more text than one string holds is written and read", () =>
  inFolder((file) => {
    const text = "x".repeat(2 ** 20);
    writeNdjson(file, Array.from({ length: 520 }, () => text).values());
    strictEqual(readNdjson<string>(file).reduce((sum, row) => sum + row.length, 0), 520 * 2 ** 20);
  }));
