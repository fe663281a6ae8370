/** Code that is edited while a run goes on: nothing is stored under the new code's name, and the run says why it ends. */
import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { labPaths, ROOT } from "../../lib/lab/record/paths.ts";
import { readFailures, readRecords } from "../../lib/lab/record/records.ts";
import { experimentArgs, withFolder } from "./_lab.ts";

const TYPES = pathToFileURL(join(ROOT, "lib/lab/experiment/types.ts")).href;

/** A step in a file of its own. */
function stepCode(id: string, body: string): string {
  return `import type { StepDefinition } from "${TYPES}";
export const step: StepDefinition<Record<never, never>, null> = {
  id: "${id}",
  version: 1,
  module: import.meta.url,
  async run() {
    ${body}
    return null;
  },
};
`;
}

const METHOD = `import * as v from "valibot";
import type { Method } from "${TYPES}";
import { step as slow } from "./slow.ts";
import { step as quick } from "./quick.ts";
export const method: Method<Record<never, never>> = {
  id: "edited",
  version: 1,
  module: import.meta.url,
  recipe: v.strictObject({}),
  scales: { smoke: {} },
  worlds: ["none"],
  runtime: [],
  benchmarks: () => [{ id: "none", languages: ["en"], groups: {} }],
  inputs: () => [],
  async run(_, context) {
    await context.step(slow, {});
    await context.step(quick, {});
  },
};
`;

const EXPERIMENT = `import { method } from "../method.ts";
export default {
  method,
  ...{ id: "edited", version: 1, title: "Edited", base: {}, baseName: "Base", variants: {} },
  ...{ benchmarks: ["none"], claims: [] },
};
`;

Deno.test("a step whose code was edited while the step before it ran ends the run with a line that says so", async () => {
  await withFolder(async (folder) => {
    const experiments = join(folder, "experiments");
    Deno.mkdirSync(experiments);
    const write = (name: string, text: string) => Deno.writeTextFileSync(join(folder, name), text);
    write("slow.ts", stepCode("slow", "await new Promise((resolve) => setTimeout(resolve, 4000));"));
    write("quick.ts", stepCode("quick", ""));
    write("method.ts", METHOD);
    write("experiments/edited.ts", EXPERIMENT);
    const lab = join(folder, "lab");
    const child = new Deno.Command(Deno.execPath(), {
      args: experimentArgs(lab, ["edited", "--scale", "smoke"], experiments),
      ...{ stdin: "null", stdout: "piped", stderr: "piped" },
    }).spawn();
    const results = new Response(child.stdout).text();
    let out = "", isEdited = false;
    for await (const text of child.stderr.pipeThrough(new TextDecoderStream())) {
      out += text;
      if (!isEdited && out.includes("slow: runs")) {
        write("quick.ts", stepCode("quick", "console.log();"));
        isEdited = true;
      }
    }
    const { code } = await child.status;
    const all = out + await results;
    ok(isEdited, all);
    strictEqual(code, 1, all);
    const problems: string[] = [];
    const say = (text: string) => problems.push(text);
    deepStrictEqual([...readRecords(labPaths(lab), say).values()], []);
    const messages = [...readFailures(labPaths(lab), say).values()].map(({ message }) => message);
    deepStrictEqual(messages, ["The code or data changed while the lab was running; run again"], all);
    deepStrictEqual(problems, []);
  });
});
