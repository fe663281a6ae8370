/**
 * The webgpu device under SwiftShader, the software Vulkan driver that Debian's chromium brings. Without it the test is
 * ignored with a printed reason; under CI that is a failure, because there it must have run.
 */
import { deepStrictEqual, ok } from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { exists } from "../../lib/files.ts";
import type { DeviceTraining } from "./_webgpu_worker.ts";

/** Where Debian's chromium keeps SwiftShader and a Vulkan loader. */
const CHROMIUM = "/usr/lib/chromium";
const DRIVER = `${CHROMIUM}/vk_swiftshader_icd.json`;
const missing = !exists(DRIVER) && Deno.env.get("CI") !== "true";

/** Runs the training in a process of its own; its environment chooses the driver. */
async function trainOn(device: string): Promise<DeviceTraining> {
  const permissions = ["--allow-read", "--allow-env", "--allow-sys", "--allow-ffi"];
  const { success, code, signal, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "-q",
      "--no-prompt",
      ...permissions,
      fileURLToPath(import.meta.resolve("./_webgpu_worker.ts")),
      device,
    ],
    env: { VK_ICD_FILENAMES: DRIVER, LD_LIBRARY_PATH: CHROMIUM },
  }).output();
  const complaint = new TextDecoder().decode(stderr);
  ok(success, `training on ${device} ended with ${signal ?? code}: ${complaint}`);
  return JSON.parse(new TextDecoder().decode(stdout));
}

function assertClose(
  actual: readonly number[],
  expected: readonly number[],
  tolerance: number,
  what: string,
) {
  deepStrictEqual(actual.length, expected.length, what);
  actual.forEach((value, i) => {
    const bound = tolerance * Math.max(1, Math.abs(expected[i]!));
    ok(
      Math.abs(value - expected[i]!) <= bound,
      `${what}[${i}]: ${value}, expected ${expected[i]} +- ${bound}`,
    );
  });
}

Deno.test({
  name: "createTrainer() on webgpu follows the cpu for five steps and keeps its state on the device" +
    (missing ? ` (skipped: "${DRIVER}" of Debian's package chromium is absent)` : ""),
  ignore: missing,
}, async () => {
  const [cpu, gpu] = [await trainOn("cpu"), await trainOn("webgpu")];
  deepStrictEqual(gpu.places, ["gpu-buffer"]);
  assertClose(gpu.losses, cpu.losses, 1e-3, "losses");
  assertClose(gpu.gradNorms, cpu.gradNorms, 1e-3, "gradient norms");
  ok(cpu.losses[4]! < cpu.losses[0]!, "five steps should lower the loss");
  deepStrictEqual(Object.keys(gpu.state), Object.keys(cpu.state));
  for (const [name, values] of Object.entries(cpu.state)) assertClose(gpu.state[name]!, values, 1e-3, name);
});
