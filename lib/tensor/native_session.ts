/**
 * A session on the cpu device, through ONNX Runtime's C API: inputs and outputs are read and written where they lie.
 * @module
 */
import { addressOf, check, cString, ortApi } from "./_ort_api.ts";
import { ONNX_DTYPE } from "./ops/cast.ts";
import type { OnnxGraph } from "./onnx_graph.ts";
import type { DType } from "./tensor.ts";
import type { Value } from "./value.ts";

/** A compiled graph; `run` takes inputs and outputs in the graph's order. */
export interface NativeSession {
  run(inputs: readonly Value[], outputs: readonly Value[]): void;
  dispose(): void;
}

export interface NativeOptions {
  readonly threads: number;
  /** Prefix of the profile's file. */
  readonly profile?: string | undefined;
}

/** GraphOptimizationLevel ORT_ENABLE_ALL, OrtLoggingLevel ORT_LOGGING_LEVEL_FATAL (errors are thrown). */
const ALL_OPTIMIZATIONS = 99;
const LOG_LEVEL = 4;

interface Shared {
  readonly env: bigint;
  readonly memoryInfo: bigint;
}
let shared: Shared | undefined;

/** The environment and the description of cpu memory, one a process. */
function sharedHandles(): Shared {
  if (shared === undefined) {
    const { CreateEnv, CreateCpuMemoryInfo } = ortApi();
    const env = created("start ONNX Runtime", (out) => CreateEnv(LOG_LEVEL, cString("lingualift"), out));
    // OrtDeviceAllocator 0, OrtMemTypeDefault 0
    shared = { env, memoryInfo: created("describe memory", (out) => CreateCpuMemoryInfo(0, 0, out)) };
  }
  return shared;
}

/** The values of the run in progress. */
const inUse = new Set<readonly Value[]>();

/** Compiles a graph; its weights are copied. @throws {Error} with ONNX Runtime's message */
export function createNativeSession(graph: OnnxGraph, options: NativeOptions): NativeSession {
  const api = ortApi();
  const { env } = sharedHandles();
  const settings = createSettings(options);
  const weights = ortValues([...graph.weights.values()]);
  const weightNames = stringTable([...graph.weights.keys()]);
  const out = new BigUint64Array(1);
  try {
    if (graph.weights.size > 0) {
      const count = BigInt(graph.weights.size);
      check("add weights", api.AddExternalInitializers(settings, weightNames.table, weights.handles, count));
    }
    const size = BigInt(graph.bytes.length);
    check("compile the graph", api.CreateSessionFromArray(env, graph.bytes, size, settings, out));
  } finally {
    api.ReleaseSessionOptions(settings);
    release(weights.temporary);
  }
  const session = out[0]!;
  const [inputNames, outputNames] = [[...graph.inputs.keys()], [...graph.outputs.keys()]];
  const [inputs, outputs] = [stringTable(inputNames), stringTable(outputNames)];
  let disposed = false;

  function run(inputValues: readonly Value[], outputValues: readonly Value[]): void {
    if (disposed) throw new Error("Cannot run a session after dispose()");
    const [feeds, fetches] = [ortValues(inputValues), ortValues(outputValues)];
    const [n, m] = [BigInt(inputValues.length), BigInt(outputValues.length)];
    // ONNX Runtime knows the addresses only: whatever they belong to must not be collected before it is done.
    inUse.add(inputValues).add(outputValues);
    try {
      check(
        "run the graph",
        api.Run(session, 0n, inputs.table, feeds.handles, n, outputs.table, m, fetches.handles),
      );
    } finally {
      inUse.clear();
      release(feeds.temporary);
      release(fetches.temporary);
    }
  }
  function dispose(): void {
    if (disposed) return;
    disposed = true;
    if (options.profile !== undefined) {
      const allocator = created("get the allocator", (slot) => api.GetAllocatorWithDefaultOptions(slot));
      created("write the profile", (slot) => api.SessionEndProfiling(session, allocator, slot));
    }
    api.ReleaseSession(session);
  }
  return { run, dispose };
}

function createSettings({ threads, profile }: NativeOptions): bigint {
  const api = ortApi();
  const settings = created("make session options", (out) => api.CreateSessionOptions(out));
  check("set threads", api.SetIntraOpNumThreads(settings, threads));
  check("set threads", api.SetInterOpNumThreads(settings, 1));
  check("set the log level", api.SetSessionLogSeverityLevel(settings, LOG_LEVEL));
  check("set the optimisation level", api.SetSessionGraphOptimizationLevel(settings, ALL_OPTIMIZATIONS));
  // It plans one block of memory a shape, and keeps it beside what the first run took: 743 against 514 MB for the
  // training of a 4M-parameter model, and no faster.
  check("disable memory patterns", api.DisableMemPattern(settings));
  if (profile !== undefined) check("profile", api.EnableProfiling(settings, pathString(profile)));
  return settings;
}

/** Paths are UTF-16 on Windows, UTF-8 elsewhere. */
function pathString(path: string): Uint8Array<ArrayBuffer> {
  if (Deno.build.os !== "windows") return cString(path);
  return new Uint8Array(Uint16Array.from([...path, "\0"].join(""), (c) => c.charCodeAt(0)).buffer);
}

/** Calls a function that writes a handle to its last argument. */
function created(
  action: string,
  call: (out: BigUint64Array<ArrayBuffer>) => bigint,
): bigint {
  const out = new BigUint64Array(1);
  check(action, call(out));
  return out[0]!;
}

/** An array of C strings; `strings` keeps them alive. */
function stringTable(
  names: readonly string[],
): { table: BigUint64Array<ArrayBuffer>; strings: Uint8Array[] } {
  const strings = names.map(cString);
  return { table: BigUint64Array.from(strings, addressOf), strings };
}

/** An OrtValue over the memory of a value, and that memory's size when it was made. */
interface Wrapped {
  readonly handle: bigint;
  readonly bytes: number;
}
/** Parameters and caches are fed again and again: from the second time on their OrtValues live as long as they do. */
const wrapped = new WeakMap<Value, Wrapped>();
const fedOnce = new WeakSet<Value>();
const released = new FinalizationRegistry<bigint>((handle) => ortApi().ReleaseValue(handle));

/** OrtValues over the memory of `values`, and those among them to release after use. */
function ortValues(
  values: readonly Value[],
): { handles: BigUint64Array<ArrayBuffer>; temporary: readonly bigint[] } {
  const temporary: bigint[] = [];
  const handles = BigUint64Array.from(values, (value) => {
    const bytes = value.data as Float32Array<ArrayBuffer>;
    const known = wrapped.get(value);
    // Memory that was transferred to another thread has no bytes any more.
    if (known !== undefined && known.bytes === bytes.byteLength) return known.handle;
    const handle = wrap(value);
    if (fedOnce.has(value)) {
      wrapped.set(value, { handle, bytes: bytes.byteLength });
      released.register(value, handle);
    } else {
      fedOnce.add(value);
      temporary.push(handle);
    }
    return handle;
  });
  return { handles, temporary };
}

function wrap(value: Value): bigint {
  const { CreateTensorWithDataAsOrtValue } = ortApi();
  const { memoryInfo } = sharedHandles();
  const view = value.data as Float32Array<ArrayBuffer>;
  // An empty array has no address; nothing is read from or written to this one.
  const memory = view.byteLength === 0 ? new Uint8Array(8) : view;
  const shape = value.dims.length === 0 ? null : BigInt64Array.from(value.dims, BigInt);
  const [bytes, rank] = [BigInt(view.byteLength), BigInt(value.dims.length)];
  const dtype = ONNX_DTYPE[value.type as DType];
  return created(
    "wrap a tensor",
    (out) => CreateTensorWithDataAsOrtValue(memoryInfo, memory, bytes, shape, rank, dtype, out),
  );
}

function release(handles: readonly bigint[]): void {
  const { ReleaseValue } = ortApi();
  for (const handle of handles) ReleaseValue(handle);
}
