/** Who may know whom: the store nobody, results the store and the lab, the lab (its command lines aside) only the store. */
import { deepStrictEqual, ok } from "node:assert/strict";
import { dirname, join, relative } from "node:path";
import { filesBelow } from "../../lib/lab/code/closure.ts";
import { ROOT } from "../../lib/lab/paths.ts";

const FORBIDDEN: Readonly<Record<string, RegExp>> = {
  "lib/store": /^lib\/(lab|results|report|cli)\//,
  "lib/results": /^lib\/(report|cli|lab\/cli)\//,
  "lib/lab": /^lib\/(results|report)\//,
  "lib/metric": /^lib\/(store|lab|results|report)\//,
};

for (const [folder, forbidden] of Object.entries(FORBIDDEN)) {
  Deno.test(`${folder} imports nothing that stands above it`, () => {
    const files = filesBelow(join(ROOT, folder)).filter((path) =>
      path.endsWith(".ts") && !path.includes("lib/lab/cli/")
    );
    ok(files.length > 2);
    const wrong = files.flatMap((path) =>
      [...Deno.readTextFileSync(path).matchAll(/ from "(\.[^"]+)"/g)]
        .map(([, to]) => relative(ROOT, join(dirname(path), to)))
        .filter((to) => forbidden.test(to)).map((to) => `${relative(ROOT, path)} -> ${to}`)
    );
    deepStrictEqual(wrong, []);
  });
}
