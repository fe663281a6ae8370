/**
 * Symbolic tensors: values of a traced computation. A tensor knows its shape, its dtype and the node that makes it; an
 * op is a function from tensors to tensors that checks shapes, names the ONNX operator that it becomes and says how its
 * gradient is made. Nothing is computed here: `compile` (session.ts) runs a trace, `grad` (grad.ts) extends it.
 * @module
 */
import { atLeast } from "../checked.ts";
import { canonicalDim, type Dim, type Shape } from "./dims.ts";

/** Element types of a graph. */
export type DType = "float32" | "int32" | "int64" | "uint32" | "bool";
/** Typed arrays behind constants. */
export type TensorData = Float32Array | Int32Array | BigInt64Array | Uint32Array | Uint8Array;

/** A value of a trace. */
export interface Tensor {
  readonly shape: Shape;
  readonly dtype: DType;
  readonly node: Node;
  /** Which output of the node this is. */
  readonly output: number;
}

/** An ONNX attribute; whole numbers are ints, `float` makes a float. */
export type Attribute = number | string | readonly number[] | { readonly float: number };

/**
 * How a node's gradient is made: from the gradients of its outputs (undefined where nothing depends on one) to those of
 * its inputs (undefined where an input has none).
 */
export type Gradient = (
  dys: readonly (Tensor | undefined)[],
  outputs: readonly Tensor[],
) => readonly (Tensor | undefined)[];

/** What makes a tensor. `id` grows with time, so that descending ids are a reverse topological order. */
export type Node =
  | {
    readonly kind: "input";
    readonly id: number;
    readonly name: string;
    readonly shape: Shape;
    readonly dtype: DType;
  }
  | { readonly kind: "constant"; readonly id: number; readonly data: TensorData; readonly shape: Shape }
  | { readonly kind: "sizes"; readonly id: number; readonly dims: Shape }
  | OpNode
  | CustomNode;

/** One ONNX operator. */
export interface OpNode {
  readonly kind: "op";
  readonly id: number;
  readonly type: string;
  readonly domain: "" | "com.microsoft";
  readonly inputs: readonly (Tensor | undefined)[];
  readonly attributes: Readonly<Record<string, Attribute>>;
  readonly outputs: readonly Tensor[];
  readonly gradient: Gradient | undefined;
}

/** A composition whose gradient is given as a whole; in the graph it is its `value`. */
export interface CustomNode {
  readonly kind: "custom";
  readonly id: number;
  readonly name: string;
  readonly inputs: readonly Tensor[];
  readonly value: Tensor;
  readonly outputs: readonly Tensor[];
  readonly gradient: Gradient;
}

let lastId = 0;

/**
 * A tensor that is fed when the graph runs: data, parameters, state. Sizes may be names.
 * @throws {TypeError} for an empty name or a shape that is none.
 */
export function input(name: string, shape: Shape, dtype: DType = "float32"): Tensor {
  if (name === "") throw new TypeError("An input needs a name");
  const canonical = shape.map(canonicalDim);
  return {
    shape: canonical,
    dtype,
    output: 0,
    node: { kind: "input", id: ++lastId, name, shape: canonical, dtype },
  };
}

/**
 * A tensor whose values are part of the graph.
 * @throws {TypeError} when the number of values is not the product of the shape.
 */
export function constant(data: TensorData, shape: readonly number[]): Tensor {
  const size = shape.reduce((a, b) => a * b, 1);
  if (data.length !== size) {
    throw new TypeError(`A constant of shape [${shape}] takes ${size} values, not ${data.length}`);
  }
  return { shape, dtype: dtypeOf(data), output: 0, node: { kind: "constant", id: ++lastId, data, shape } };
}

/** A float32 constant of shape []. */
export function scalar(value: number): Tensor {
  return constant(new Float32Array([value]), []);
}

/** An int64 constant vector: axes, starts and other arguments of ONNX operators. */
export function int64s(values: readonly number[]): Tensor {
  return constant(BigInt64Array.from(values, BigInt), [values.length]);
}

/** The sizes themselves as an int64 vector, known when the graph runs: the shape argument of Reshape, Expand ... */
export function sizes(dims: Shape): Tensor {
  if (dims.every((dim) => typeof dim === "number")) return int64s(dims as number[]);
  return { shape: [dims.length], dtype: "int64", output: 0, node: { kind: "sizes", id: ++lastId, dims } };
}

/** Marks an attribute as a float. */
export function float(value: number): Attribute {
  return { float: value };
}

/** What an op says about itself besides its inputs. */
export interface OpSpec {
  readonly shape: Shape;
  /** Default float32. */
  readonly dtype?: DType | undefined;
  readonly attributes?: Readonly<Record<string, Attribute>> | undefined;
  readonly domain?: "" | "com.microsoft" | undefined;
  /** Gradients of the inputs from the gradient of the output; absent for ops without one (comparisons, casts). */
  readonly gradient?: (dy: Tensor, y: Tensor) => readonly (Tensor | undefined)[];
}

/** One ONNX operator with one output. An undefined input is an optional one left out. */
export function op(type: string, inputs: readonly (Tensor | undefined)[], spec: OpSpec): Tensor {
  const { gradient } = spec;
  const [tensor] = atLeast(
    opWithOutputs(type, inputs, {
      outputs: [{ shape: spec.shape, dtype: spec.dtype }],
      attributes: spec.attributes,
      domain: spec.domain,
      gradient: gradient && (([dy], [y]) => (dy === undefined ? [] : gradient(dy, y!))),
    }),
    1,
  );
  return tensor;
}

/** One ONNX operator with several outputs. */
export function opWithOutputs(
  type: string,
  inputs: readonly (Tensor | undefined)[],
  spec: {
    readonly outputs: readonly { readonly shape: Shape; readonly dtype?: DType | undefined }[];
    readonly attributes?: Readonly<Record<string, Attribute>> | undefined;
    readonly domain?: "" | "com.microsoft" | undefined;
    readonly gradient?: Gradient | undefined;
  },
): readonly Tensor[] {
  const outputs: Tensor[] = [];
  const { attributes = {}, domain = "", gradient } = spec;
  const node: OpNode = { kind: "op", id: ++lastId, type, domain, inputs, attributes, outputs, gradient };
  spec.outputs.forEach(({ shape, dtype = "float32" }, output) =>
    outputs.push({ shape, dtype, node, output })
  );
  return outputs;
}

/**
 * Gives a composition its own gradient, in place of those of the ops inside it: for formulas that are cheaper or more
 * exact as a whole. `gradient` gets the gradient of `value` and returns those of `inputs`.
 */
export function withGradient(
  name: string,
  inputs: readonly Tensor[],
  value: Tensor,
  gradient: (dy: Tensor) => readonly (Tensor | undefined)[],
): Tensor {
  const outputs: Tensor[] = [];
  const node: CustomNode = {
    kind: "custom",
    id: ++lastId,
    name,
    inputs,
    value,
    outputs,
    gradient: ([dy]) => (dy === undefined ? [] : gradient(dy)),
  };
  outputs.push({ shape: value.shape, dtype: value.dtype, node, output: 0 });
  return outputs[0]!;
}

/** How a tensor is called in messages: `"ids" int32[B, T]` for an input, `matmul float32[B, 4]` for a result. */
export function describe(tensor: Tensor): string {
  const { node, dtype, shape } = tensor;
  const name = node.kind === "input"
    ? `"${node.name}"`
    : node.kind === "op"
    ? node.type
    : node.kind === "custom"
    ? node.name
    : node.kind;
  return `${name} ${dtype}[${shape.join(", ")}]`;
}

/** @throws {TypeError} naming op and tensor unless the dtype is one of `dtypes`. */
export function requireDType(opName: string, tensor: Tensor, ...dtypes: DType[]): void {
  if (!dtypes.includes(tensor.dtype)) {
    throw new TypeError(`Cannot ${opName} ${describe(tensor)}: the dtype must be ${dtypes.join(" or ")}`);
  }
}

/** The axis counted from the front. @throws {TypeError} when the tensor has no such axis. */
export function normalizeAxis(opName: string, tensor: Tensor, axis: number): number {
  const rank = tensor.shape.length;
  if (!Number.isInteger(axis) || axis < -rank || axis >= rank) {
    throw new TypeError(`Cannot ${opName} ${describe(tensor)}: there is no axis ${axis}`);
  }
  return axis < 0 ? axis + rank : axis;
}

/** The last size of a shape. @throws {TypeError} for a scalar. */
export function lastDim(opName: string, tensor: Tensor): Dim {
  const dim = tensor.shape.at(-1);
  if (dim === undefined) throw new TypeError(`Cannot ${opName} ${describe(tensor)}: it is a scalar`);
  return dim;
}

/** The dtype of a typed array; bytes are bool. */
export function dtypeOf(data: TensorData): DType {
  if (data instanceof Float32Array) return "float32";
  if (data instanceof Int32Array) return "int32";
  if (data instanceof BigInt64Array) return "int64";
  return data instanceof Uint32Array ? "uint32" : "bool";
}
