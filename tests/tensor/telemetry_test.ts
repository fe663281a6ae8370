/** A long prompt, or a flag for every input file, makes a long command line; ONNX Runtime must not read it. */
import { ok, strictEqual } from "node:assert/strict";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import denoJson from "../../deno.json" with { type: "json" };
import { WORKER_ENVIRONMENT } from "../../lib/lab/run/worker_command.ts";
import { ROOT } from "../../lib/lab/record/paths.ts";
import { filesBelow } from "../../lib/lab/code/closure.ts";
import { TELEMETRY_SWITCH } from "../../lib/tensor/telemetry.ts";

const TENSOR = pathToFileURL(join(ROOT, "lib/tensor/mod.ts")).href;
const SCRIPT = `
import { add, compile, float32, float32Data, input } from ${JSON.stringify(TENSOR)};
const x = input("x", [2]);
const session = await compile({ sum: add(x, x) }, { threads: 1 });
const { sum } = await session.run({ x: float32(Float32Array.of(1, 2), [2]) });
console.log(float32Data(sum).join());
await session.dispose();
`;

/** The flags of a task that names its permissions one by one. */
const flags = (command: string) => command.split(" ").filter((part) => part.startsWith("--"));

for (
  const [who, permissions] of [
    ["deno task generate", flags(denoJson.tasks.generate.command)],
    ["a run's process", ["--no-prompt", "--allow-read", "--allow-ffi", `--allow-env=${WORKER_ENVIRONMENT}`]],
    ["a process that may do anything", ["-A"]],
  ] as const
) {
  Deno.test(`ONNX Runtime computes behind a hundred thousand characters, with the permissions of ${who}`, async () => {
    const folder = Deno.makeTempDirSync();
    try {
      const script = join(folder, "script.ts");
      Deno.writeTextFileSync(script, SCRIPT);
      const { [TELEMETRY_SWITCH]: _, ...env } = Deno.env.toObject();
      const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
        args: ["run", "-q", ...permissions, "--config", join(ROOT, "deno.json"), script, "x".repeat(100_000)],
        ...{ clearEnv: true, env, stdin: "null" },
      }).output();
      strictEqual(new TextDecoder().decode(stdout).trim(), "2,4", new TextDecoder().decode(stderr));
      strictEqual(code, 0);
    } finally {
      Deno.removeSync(folder, { recursive: true });
    }
  });
}

Deno.test("every task that names the environment it may see may switch ONNX Runtime's reports off where it loads it", () => {
  const open = Object.entries(denoJson.tasks).filter(([, { command }]) =>
    command.includes("--allow-ffi") && !/--allow-env( |$)/.test(command)
  );
  ok(open.length > 0);
  for (const [name, { command }] of open) ok(command.includes(`--allow-env=${TELEMETRY_SWITCH}`), name);
});

Deno.test("wherever the lab loads ONNX Runtime, itself or by way of transformers.js, its reports are switched off first", () => {
  const doors = /await import\("(onnxruntime-node|@huggingface\/transformers)"\)|loadApi\(libraryPath\(\)\)/g;
  const found = filesBelow(join(ROOT, "lib")).filter((path) => path.endsWith(".ts")).flatMap((path) => {
    const text = Deno.readTextFileSync(path);
    return [...text.matchAll(doors)].map(({ index }) => ({ path, before: text.slice(0, index) }));
  });
  ok(found.length >= 5, `${found.length} doors`);
  for (const { path, before } of found) {
    const opened = before.lastIndexOf("withoutTelemetry();");
    ok(opened > Math.max(before.lastIndexOf("\nexport "), before.lastIndexOf("\nasync function ")), path);
  }
});
