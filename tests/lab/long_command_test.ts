/** A run's process has a flag for every input file, so that its command line may be long. */
import { strictEqual } from "node:assert/strict";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { workerEnvironment } from "../../lib/lab/run/worker_command.ts";
import { ROOT } from "../../lib/lab/record/paths.ts";

const TENSOR = pathToFileURL(join(ROOT, "lib/tensor/mod.ts")).href;
const SCRIPT = `
import { add, compile, float32, float32Data, input } from ${JSON.stringify(TENSOR)};
const x = input("x", [2]);
const session = await compile({ sum: add(x, x) }, { threads: 1 });
const { sum } = await session.run({ x: float32(Float32Array.of(1, 2), [2]) });
console.log(float32Data(sum).join());
await session.dispose();
`;

Deno.test("ONNX Runtime computes in a process whose command line has a hundred thousand characters", async () => {
  const folder = Deno.makeTempDirSync();
  try {
    const script = join(folder, "script.ts");
    Deno.writeTextFileSync(script, SCRIPT);
    const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["run", "-q", "-A", "--config", join(ROOT, "deno.json"), script, "x".repeat(100_000)],
      ...{ clearEnv: true, env: workerEnvironment(), stdin: "null" },
    }).output();
    strictEqual(new TextDecoder().decode(stdout).trim(), "2,4", new TextDecoder().decode(stderr));
    strictEqual(code, 0);
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
});
