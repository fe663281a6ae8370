/**
 * ONNX Runtime's C API, called from Deno. onnxruntime-node's own binding copies every output into fresh memory, also
 * when memory was given for it (52 MB and 40 ms a training step of a 4M-parameter model), so the cpu device calls the
 * library that onnxruntime-node brings directly. The API is a table of function pointers that only ever grows at its
 * end (onnxruntime_c_api.h, struct OrtApi); the numbers below are positions in it.
 * @module
 */
import { createRequire } from "node:module";
import { UserError } from "../errors.ts";
import { withoutTelemetry } from "./telemetry.ts";

/** Pointers travel as bigints; an `OrtStatus*` that is not 0 is an error. */
const FUNCTIONS = {
  GetErrorMessage: [2, ["usize"]],
  CreateEnv: [3, ["i32", "buffer", "buffer"]],
  CreateSessionFromArray: [8, ["usize", "buffer", "usize", "usize", "buffer"]],
  Run: [9, ["usize", "usize", "buffer", "buffer", "usize", "buffer", "usize", "buffer"]],
  CreateSessionOptions: [10, ["buffer"]],
  EnableProfiling: [14, ["usize", "buffer"]],
  DisableMemPattern: [17, ["usize"]],
  SetSessionLogSeverityLevel: [22, ["usize", "i32"]],
  SetSessionGraphOptimizationLevel: [23, ["usize", "i32"]],
  SetIntraOpNumThreads: [24, ["usize", "i32"]],
  SetInterOpNumThreads: [25, ["usize", "i32"]],
  CreateTensorWithDataAsOrtValue: [49, ["usize", "buffer", "usize", "buffer", "usize", "i32", "buffer"]],
  CreateCpuMemoryInfo: [69, ["i32", "i32", "buffer"]],
  GetAllocatorWithDefaultOptions: [78, ["buffer"]],
  ReleaseStatus: [93, ["usize"]],
  ReleaseSession: [95, ["usize"]],
  ReleaseValue: [96, ["usize"]],
  ReleaseSessionOptions: [100, ["usize"]],
  SessionEndProfiling: [110, ["usize", "usize", "buffer"]],
  AddExternalInitializers: [210, ["usize", "buffer", "buffer", "usize"]],
} as const satisfies Record<string, readonly [number, readonly Deno.NativeType[]]>;

/** The version of the table that is asked for: the first one with every function above. */
const API_VERSION = 12;

type Argument = bigint | number | BufferSource | null;
type ApiFunction = (...args: Argument[]) => bigint;

/** The functions above by name. */
export type OrtApi = Readonly<Record<keyof typeof FUNCTIONS, ApiFunction>>;

let api: OrtApi | undefined;

/** Loads the library on first use. @throws {UserError} when it is not there or must not be loaded */
export function ortApi(): OrtApi {
  if (api === undefined) {
    withoutTelemetry();
    api = loadApi(libraryPath());
  }
  return api;
}

function libraryPath(): string {
  const entry = createRequire(import.meta.url).resolve("onnxruntime-node");
  const platform = Deno.build.os === "windows" ? "win32" : Deno.build.os;
  const arch = Deno.build.arch === "x86_64" ? "x64" : "arm64";
  const file =
    { linux: "libonnxruntime.so.1", darwin: "libonnxruntime.1.30.0.dylib", win32: "onnxruntime.dll" }[
      platform as string
    ];
  if (file === undefined) {
    throw new UserError(`Cannot use the device "cpu": onnxruntime-node has nothing for ${platform}`);
  }
  return entry.replace(/dist[\\/]index\.js$/, `bin/napi-v6/${platform}/${arch}/${file}`);
}

function loadApi(path: string): OrtApi {
  let base: Deno.PointerValue;
  try {
    base = Deno.dlopen(path, { OrtGetApiBase: { parameters: [], result: "pointer" } }).symbols
      .OrtGetApiBase();
  } catch (error) {
    if (error instanceof Deno.errors.NotCapable) throw error;
    throw new UserError(`Cannot load ONNX Runtime from "${path}": reinstall onnxruntime-node`, {
      cause: error,
    });
  }
  const getApi = new Deno.UnsafePointerView(base!).getPointer<never>(0)!;
  const table = new Deno.UnsafeFnPointer(getApi, { parameters: ["u32"], result: "pointer" }).call(
    API_VERSION,
  );
  if (table === null) {
    throw new UserError(`Cannot use ONNX Runtime at "${path}": it is too old; reinstall onnxruntime-node`);
  }
  const view = new Deno.UnsafePointerView(table);
  const entries = Object.entries(FUNCTIONS).map(([name, [position, parameters]]) => {
    const pointer = view.getPointer<never>(position * 8)!;
    // Deno derives the type of `call` from these literals, which are not known to the compiler here.
    const native = new Deno.UnsafeFnPointer(pointer, {
      parameters: [...parameters],
      result: "usize",
    });
    return [name, native.call.bind(native) as unknown as ApiFunction];
  });
  return Object.fromEntries(entries) as OrtApi;
}

/** @throws {Error} with ONNX Runtime's message when `status` is an error */
export function check(action: string, status: bigint): void {
  if (status === 0n) return;
  const { GetErrorMessage, ReleaseStatus } = ortApi();
  const message = Deno.UnsafePointerView.getCString(
    Deno.UnsafePointer.create(GetErrorMessage(status))!,
  );
  ReleaseStatus(status);
  throw new Error(`Cannot ${action}: ${message}`);
}

/** A zero-terminated UTF-8 string. */
export function cString(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text + "\0");
}

/** The address of a buffer, which must be kept alive while it is in use. */
export function addressOf(buffer: BufferSource): bigint {
  return Deno.UnsafePointer.value(Deno.UnsafePointer.of(buffer));
}
