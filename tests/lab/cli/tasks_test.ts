/** The tasks of deno.json with the permissions that they have: each says what it can do, and what it may not. */
import { match, ok, strictEqual } from "node:assert/strict";
import { join } from "node:path";
import { atLeast } from "../../../lib/checked.ts";
import { PLAIN } from "../../../lib/docs/tasks_page.ts";
import { ROOT } from "../../../lib/lab/record/paths.ts";

const { tasks } = JSON.parse(Deno.readTextFileSync(join(ROOT, "deno.json"))) as {
  tasks: Record<string, { description: string; command: string }>;
};

async function task(...args: string[]) {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["task", "-q", ...args],
    cwd: ROOT,
    stdin: "null",
  }).output();
  const [out, errors] = atLeast([stdout, stderr].map((bytes) => new TextDecoder().decode(bytes)), 2);
  return { code, out, errors };
}

for (const name of Object.keys(tasks).filter((name) => !PLAIN.includes(name))) {
  Deno.test(`deno task ${name} --help`, async () => {
    const { code, out, errors } = await task(name, "--help");
    strictEqual(code, 0, errors);
    match(out, new RegExp(`^Usage: ${name} `));
  });
}

Deno.test("deno task lists every task with what it is for, each in a line of 80 columns", async () => {
  const { out, errors } = await task();
  for (const [name, { description }] of Object.entries(tasks)) {
    ok((out + errors).includes(description), name);
    ok(description.length <= 76, name);
  }
});

Deno.test("the help of experiment fits 80 columns, has examples and no path of this machine", async () => {
  const { out } = await task("experiment", "--help");
  for (const line of out.split("\n")) ok(line.length <= 80, line);
  match(out, /\nExamples:\n {2}deno task experiment +stage_removal/);
  match(out, /without any, only the first in --list/);
  ok(!out.includes(ROOT) && !out.includes("[]"), out);
  const { out: list } = await task("experiment", "--list");
  match(list, /^stage_removal: /);
});

Deno.test("a path that a task may not use is one line, exit code 2", async () => {
  const { code, errors } = await task("experiment", "--scale", "smoke", "--lab", "/nowhere/lab");
  strictEqual(code, 2, errors);
  match(
    errors,
    /^Not permitted: requires write access to "\/nowhere\/lab[^\n]*name a path that it may use\n$/,
  );
});
