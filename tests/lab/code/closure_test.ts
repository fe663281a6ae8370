/** What code a step depends on. */
import { deepStrictEqual, notStrictEqual, ok, strictEqual, throws } from "node:assert/strict";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { openClosures } from "../../../lib/lab/code/closure.ts";
import { readPackages } from "../../../lib/lab/code/packages.ts";
import { withFolder } from "../_lab.ts";

const CONFIG = JSON.stringify({
  imports: { "a": "npm:a@1.0.0", "b": "npm:@s/b@2.0.0", "local": "./lib/local.ts" },
});
const LOCK = JSON.stringify({
  version: "5",
  specifiers: { "npm:a@1.0.0": "1.0.0", "npm:@s/b@2.0.0": "2.0.0_peer@3.0.0" },
  npm: {
    "a@1.0.0": { integrity: "A", dependencies: ["c", "d@4.0.0"] },
    "@s/b@2.0.0_peer@3.0.0": { integrity: "B" },
    "c@3.0.0": { integrity: "C", dependencies: ["a"] },
    "d@4.0.0": { integrity: "D" },
    "d@5.0.0": { integrity: "E" },
  },
});

Deno.test("readPackages() reaches packages through the lock file, cycles and peers included", () => {
  const packages = readPackages(CONFIG, LOCK);
  strictEqual(packages.specifier("a/sub/path"), "npm:a@1.0.0");
  strictEqual(packages.specifier("npm:@s/b@2.0.0/x"), "npm:@s/b@2.0.0");
  strictEqual(packages.specifier("local"), undefined);
  strictEqual(packages.specifier("node:path"), undefined);
  deepStrictEqual(packages.reached(["npm:a@1.0.0"]), { "a@1.0.0": "A", "c@3.0.0": "C", "d@4.0.0": "D" });
  deepStrictEqual(packages.reached(["npm:@s/b@2.0.0"]), { "@s/b@2.0.0_peer@3.0.0": "B" });
  throws(() => packages.reached(["npm:gone@1.0.0"]), /Cannot find "npm:gone@1.0.0" in deno.lock/);
});

Deno.test("openClosures() takes all of a folder that the code names, but not what Python makes of code beside it", async () => {
  await withFolder((folder) => {
    Deno.mkdirSync(join(folder, "package"));
    Deno.writeTextFileSync(join(folder, "package", "a.py"), "1");
    const main = join(folder, "main.ts");
    Deno.writeTextFileSync(main, 'export const p = new URL("./package", import.meta.url);');
    const read = () => openClosures(join(folder, "cache")).of(pathToFileURL(main).href);
    const before = read();
    deepStrictEqual(Object.keys(before.closure.data).map((path) => path.split("/").at(-1)), ["a.py"]);
    Deno.mkdirSync(join(folder, "package", "__pycache__"));
    Deno.writeTextFileSync(join(folder, "package", "__pycache__", "a.cpython-311.pyc"), "x");
    strictEqual(read().hash, before.hash);
    Deno.writeTextFileSync(join(folder, "package", "b.py"), "2");
    notStrictEqual(read().hash, before.hash);
    return Promise.resolve();
  });
});

Deno.test("openClosures() follows imports and assets, and remembers them between starts", async () => {
  await withFolder((folder) => {
    const write = (name: string, text: string): void => Deno.writeTextFileSync(join(folder, name), text);
    write(
      "main.ts",
      'import { b } from "./b.ts";\nimport "valibot";\nexport const t = new URL("t.csv", import.meta.url), x = b;',
    );
    write("b.ts", 'import "./main.ts";\nexport const b = 1;');
    write("t.csv", "1,2");
    write("unrelated.ts", "export const u = 1;");
    const module = pathToFileURL(join(folder, "main.ts")).href;
    const cache = join(folder, "cache");
    const read = (): ReturnType<ReturnType<typeof openClosures>["of"]> => {
      const closures = openClosures(cache);
      const found = closures.of(module);
      closures.save();
      return found;
    };
    const before = read();
    deepStrictEqual(Object.keys(before.closure.code).map((path) => path.split("/").at(-1)), [
      "b.ts",
      "main.ts",
    ]);
    deepStrictEqual(Object.keys(before.closure.data).map((path) => path.split("/").at(-1)), ["t.csv"]);
    ok(Object.keys(before.closure.packages).some((name) => name.startsWith("valibot@")));
    write("unrelated.ts", "export const u = 2;");
    write("b.ts", '// A comment.\nimport "./main.ts";\nexport const b =\n  1;');
    strictEqual(read().hash, before.hash);
    write("t.csv", "1,3");
    const data = read().hash;
    notStrictEqual(data, before.hash);
    write("b.ts", 'import "./main.ts";\nexport const b = 2;');
    notStrictEqual(read().hash, data);
    // Old files are taken from the cache; a cache that is no JSON is an empty one.
    for (const name of ["main.ts", "b.ts", "t.csv"]) Deno.utimeSync(join(folder, name), 1000, 1000);
    const settled = read().hash;
    ok(Deno.readTextFileSync(join(cache, "modules.json")).includes("b.ts"));
    Deno.writeTextFileSync(join(cache, "modules.json"), '[["tor');
    strictEqual(read().hash, settled);
    return Promise.resolve();
  });
});
