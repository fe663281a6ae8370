/** The committed script of the report is what its sources give. */
import { ok, strictEqual } from "node:assert/strict";
import { bundleScript, CLIENT_SCRIPTS, scriptPath } from "../../lib/report/client/bundle.ts";

for (const name of CLIENT_SCRIPTS) {
  Deno.test(`the committed ${name} is what its modules give: else run \`deno task client\``, async () => {
    const committed = Deno.readTextFileSync(scriptPath(name));
    strictEqual(committed, await bundleScript(name));
    ok(!/^\s*\/\/ .*\/.*\.m?[jt]sx?$/m.test(committed), "a path of the machine it was bundled on");
    ok(
      !/^\s*(import|export)\b|\bimport\(/m.test(committed),
      "a module that a page from a folder cannot load",
    );
  });
}
