/** The tasks of deno.json with the permissions that they have: each says what it can do, and what it may not. */
import { match, strictEqual } from "node:assert/strict";
import { join } from "node:path";
import { ROOT } from "../../../lib/lab/paths.ts";

/** Tasks that call Deno's own commands. */
const DENO = ["check", "test", "ok"];

const { tasks } = JSON.parse(Deno.readTextFileSync(join(ROOT, "deno.json"))) as {
  tasks: Record<string, string>;
};

async function task(...args: string[]) {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["task", "-q", ...args],
    cwd: ROOT,
    stdin: "null",
  }).output();
  const [out, errors] = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes));
  return { code, out, errors };
}

for (const name of Object.keys(tasks).filter((name) => !DENO.includes(name))) {
  Deno.test(`deno task ${name} --help`, async () => {
    const { code, out, errors } = await task(name, "--help");
    strictEqual(code, 0, errors);
    match(out, new RegExp(`^Usage: ${name} `));
  });
}

Deno.test("a path that a task may not use is one line, exit code 2", async () => {
  const { code, errors } = await task("experiment", "--scale", "smoke", "--lab", "/nowhere/lab");
  strictEqual(code, 2, errors);
  match(
    errors,
    /^Not permitted: requires write access to "\/nowhere\/lab[^\n]*name a path that it may use\n$/,
  );
});
