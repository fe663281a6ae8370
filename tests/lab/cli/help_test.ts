/** Every task of deno.json that is a command line says what it can do, with the permissions that it has. */
import { match, strictEqual } from "node:assert/strict";
import { join } from "node:path";
import { ROOT } from "../../../lib/lab/paths.ts";

/** Tasks that call Deno's own commands. */
const DENO = ["check", "test", "ok"];

const { tasks } = JSON.parse(Deno.readTextFileSync(join(ROOT, "deno.json"))) as {
  tasks: Record<string, string>;
};

for (const task of Object.keys(tasks).filter((name) => !DENO.includes(name))) {
  Deno.test(`deno task ${task} --help`, async () => {
    const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["task", "-q", task, "--help"],
      cwd: ROOT,
      stdin: "null",
    }).output();
    const [out, errors] = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes));
    strictEqual(code, 0, errors);
    match(out, new RegExp(`^Usage: ${task} `));
  });
}
