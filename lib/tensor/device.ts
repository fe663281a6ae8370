/**
 * Where a graph runs: `cpu` always, `webgpu` and `cuda` where onnxruntime-node has them.
 * @module
 */
import { UserError } from "../errors.ts";
import { withoutTelemetry } from "./telemetry.ts";

/** An execution provider of ONNX Runtime. */
export type Device = "cpu" | "webgpu" | "cuda";

/** What to do when a device is missing. */
const REMEDY: Readonly<Record<Device, string>> = {
  cpu: "reinstall onnxruntime-node",
  webgpu:
    "use a platform for which onnxruntime-node bundles WebGPU (Windows, macOS, Linux x64) and install a Vulkan driver",
  cuda: "on Linux x64 install CUDA 12 and cuDNN 9 and run onnxruntime-node's install script " +
    "(deno install --allow-scripts=npm:onnxruntime-node), which downloads the CUDA provider",
};

/**
 * @throws {UserError} saying what to install when `device` is none, or is not there
 */
export async function requireDevice(device: string): Promise<Device> {
  if (!Object.hasOwn(REMEDY, device)) {
    throw new UserError(`Cannot use the device "${device}": valid are ${Object.keys(REMEDY).join(", ")}`);
  }
  if (device === "cpu") return device;
  withoutTelemetry();
  const { listSupportedBackends } = await import("onnxruntime-node");
  const present = listSupportedBackends().map(({ name }) => name);
  if (!present.includes(device)) {
    throw new UserError(
      `Cannot use the device "${device}": this onnxruntime-node has ${present.join(", ")}; ${
        REMEDY[device as Device]
      }`,
    );
  }
  return device as Device;
}

/** What a failure to start `device` means for the reader, with ONNX Runtime's own words as the cause. */
export function deviceError(device: Device, error: unknown): UserError {
  const reason = error instanceof Error ? error.message.split("\n")[0] : String(error);
  return new UserError(`Cannot start the device "${device}": ${REMEDY[device]} (${reason})`, {
    cause: error,
  });
}
