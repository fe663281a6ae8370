/**
 * Compiling a trace and running it with ONNX Runtime. Everything is checked on this side (names, dtypes, shapes against
 * sizes) because a mistake that reaches native code can end the process instead of throwing.
 * @module
 */
import { UserError } from "../errors.ts";
import { type Device, deviceError, requireDevice } from "./device.ts";
import { dimNames, evaluateDim } from "./dims.ts";
import { createNativeSession, type NativeOptions } from "./native_session.ts";
import { type OnnxGraph, onnxGraph, type Signature, type Weights } from "./onnx_graph.ts";
import { withoutTelemetry } from "./telemetry.ts";
import type { Tensor } from "./tensor.ts";
import { type Value, zeroValue } from "./value.ts";

/** How a graph is run. */
export interface CompileOptions {
  /** Default "cpu". */
  readonly device?: Device;
  /** Threads inside one operator; default: every core. Results of different numbers may differ in the last bits. */
  readonly threads?: number | undefined;
  /** Values built into the graph, by input name; they need not be fed and cannot change. Fastest for inference. */
  readonly weights?: Weights;
  /** Outputs that stay on the device, to be fed again; default none. Without effect on "cpu". */
  readonly keepOnDevice?: readonly string[];
  /** Writes an ONNX Runtime profile (JSON, Chrome trace) to a file beginning with this; `dispose` finishes it. */
  readonly profile?: string | undefined;
}

/** A compiled graph. */
export interface Session {
  /** What must be fed, by name. */
  readonly inputs: ReadonlyMap<string, Signature>;
  /** What comes out, by name. */
  readonly outputs: ReadonlyMap<string, Signature>;
  /**
   * Computes the outputs.
   * @param feeds a value for every input
   * @param into values whose memory takes the outputs of the same name (cpu); saves allocating them
   * @throws {TypeError} for a missing or unknown feed, a wrong dtype, or shapes that contradict each other
   */
  run(feeds: Feeds, into?: Feeds): Promise<Record<string, Value>>;
  /** Frees the native session; it cannot run any more. */
  dispose(): Promise<void>;
}

/** Values by input name. */
export type Feeds = Readonly<Record<string, Value>>;

/**
 * Turns the trace behind `outputs` into a session. Inputs are found in the trace.
 * @throws {TypeError} when the trace cannot be compiled
 * @throws {UserError} when the device is not there
 */
export async function compile(
  outputs: Readonly<Record<string, Tensor>>,
  options: CompileOptions = {},
): Promise<Session> {
  const { device = "cpu", threads = navigator.hardwareConcurrency, weights, keepOnDevice = [], profile } =
    options;
  await requireDevice(device);
  if (!Number.isInteger(threads) || threads < 1) {
    throw new UserError(`Cannot run on ${threads} threads: give a whole number from 1 on`);
  }
  const graph = onnxGraph(outputs, weights);
  const engine = device === "cpu"
    ? cpuEngine(graph, { threads, profile })
    : await boundEngine(graph, device, { threads, profile, keepOnDevice });

  async function run(feeds: Feeds, into: Feeds = {}): Promise<Record<string, Value>> {
    const sizes = checkFeeds(feeds, graph.inputs);
    checkInto(into, graph.outputs, sizes);
    return await engine.run(feeds, into, sizes);
  }
  return { inputs: graph.inputs, outputs: graph.outputs, run, dispose: engine.dispose };
}

/** What runs a graph whose feeds have been checked. */
interface Engine {
  run(feeds: Feeds, into: Feeds, sizes: ReadonlyMap<string, number>): Promise<Record<string, Value>>;
  dispose(): Promise<void>;
}

/** On cpu ONNX Runtime writes every output where it is wanted; shapes are known from the sizes of the feeds. */
function cpuEngine(graph: OnnxGraph, options: NativeOptions): Engine {
  const [inputNames, outputs] = [[...graph.inputs.keys()], [...graph.outputs]];
  const native = createNativeSession(graph, options);
  return {
    run: (feeds, into, sizes) => {
      const results = outputs.map(([name, signature]) => into[name] ?? emptyValue(name, signature, sizes));
      native.run(inputNames.map((name) => feeds[name]!), results);
      return Promise.resolve(Object.fromEntries(results.map((value, i) => [outputs[i]![0], value])));
    },
    dispose: () => Promise.resolve(native.dispose()),
  };
}

/** Other devices go through onnxruntime-node, which keeps outputs there if asked to. */
async function boundEngine(
  graph: OnnxGraph,
  device: Device,
  options: NativeOptions & { readonly keepOnDevice: readonly string[] },
): Promise<Engine> {
  withoutTelemetry();
  const { InferenceSession } = await import("onnxruntime-node");
  const { threads, profile, keepOnDevice } = options;
  const names = [...graph.outputs.keys()];
  const settings = {
    executionProviders: [device],
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    graphOptimizationLevel: "all",
    logSeverityLevel: 4,
    externalData: [...graph.weights].map(([path, { data }]) => ({
      path,
      data: bytesOf(data as Float32Array),
    })),
    ...(profile === undefined ? {} : { enableProfiling: true, profileFilePrefix: profile }),
    ...(keepOnDevice.length === 0 ? {} : {
      preferredOutputLocation: Object.fromEntries(
        keepOnDevice.map((name) => [name, "gpu-buffer" as const]),
      ),
    }),
  } as const;
  const native = await InferenceSession.create(graph.bytes, settings).catch((error) => {
    throw deviceError(device, error);
  });
  return {
    run: async (feeds, into) => {
      return await native.run(feeds, Object.fromEntries(names.map((name) => [name, into[name] ?? null])));
    },
    dispose: async () => {
      if (profile !== undefined) native.endProfiling();
      await native.release();
    },
  };
}

function bytesOf(data: Float32Array): Uint8Array {
  return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
}

/** Fresh memory for an output. */
function emptyValue(name: string, { dtype, shape }: Signature, sizes: ReadonlyMap<string, number>): Value {
  const dims = shape.map((dim) => {
    const size = evaluateDim(dim, sizes);
    if (size === undefined) {
      throw new TypeError(`internal: the size ${dim} of the output "${name}" is not known`);
    }
    return size;
  });
  return zeroValue(dtype, dims);
}

/** Checks every feed; returns what the names of sizes stand for in this run. */
function checkFeeds(feeds: Feeds, inputs: ReadonlyMap<string, Signature>): Map<string, number> {
  for (const name of Object.keys(feeds)) {
    if (!inputs.has(name)) {
      throw new TypeError(
        `Cannot run: there is no input "${name}"; inputs are ${[...inputs.keys()].join(", ")}`,
      );
    }
  }
  const sizes = new Map<string, number>();
  const givenBy = new Map<string, string>();
  for (const [name, signature] of inputs) {
    const value = Object.hasOwn(feeds, name) ? feeds[name] : undefined;
    if (value === undefined) {
      throw new TypeError(`Cannot run: the input "${name}" is missing (${print(signature)})`);
    }
    checkKind("feed", name, value, signature);
    signature.shape.forEach((dim, axis) => {
      if (typeof dim !== "string" || sizes.has(dim) || dimNames(dim)[0] !== dim) return;
      sizes.set(dim, value.dims[axis]!);
      givenBy.set(dim, name);
    });
  }
  for (const [name, { shape }] of inputs) checkSizes("feed", name, feeds[name]!, shape, sizes, givenBy);
  return sizes;
}

function checkInto(
  into: Feeds,
  outputs: ReadonlyMap<string, Signature>,
  sizes: ReadonlyMap<string, number>,
): void {
  for (const [name, value] of Object.entries(into)) {
    const signature = outputs.get(name);
    if (signature === undefined) throw new TypeError(`Cannot run: there is no output "${name}" to write to`);
    checkKind("write", name, value, signature);
    checkSizes("write", name, value, signature.shape, sizes, new Map());
  }
}

function checkKind(verb: string, name: string, value: Value, signature: Signature): void {
  if (value.type !== signature.dtype || value.dims.length !== signature.shape.length) {
    throw new TypeError(
      `Cannot ${verb} "${name}": it is ${value.type}[${value.dims.join(", ")}], expected ${print(signature)}`,
    );
  }
}

function checkSizes(
  verb: string,
  name: string,
  value: Value,
  shape: Signature["shape"],
  sizes: ReadonlyMap<string, number>,
  givenBy: ReadonlyMap<string, string>,
): void {
  shape.forEach((dim, axis) => {
    const expected = evaluateDim(dim, sizes);
    if (expected === undefined || expected === value.dims[axis]) return;
    const source = typeof dim === "string" ? givenBy.get(dim) : undefined;
    const because = typeof dim === "number"
      ? ""
      : source === undefined
      ? ` ("${dim}" is ${expected})`
      : ` ("${dim}" is ${expected} in "${source}")`;
    throw new TypeError(
      `Cannot ${verb} "${name}": axis ${axis} has ${value.dims[axis]} elements, expected ${dim}${because}`,
    );
  });
}

function print({ dtype, shape }: Signature): string {
  return `${dtype}[${shape.join(", ")}]`;
}
