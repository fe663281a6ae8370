/**
 * Writes a trace as an ONNX model: one NodeProto an op, the sizes that are only known at run time as arithmetic on the
 * shapes of the inputs. Names are given in trace order, so that the same computation is the same bytes.
 * @module
 */
import onnxProto, { type onnx } from "onnx-proto";
import { dimTerms, type Shape } from "./dims.ts";
import { ONNX_DTYPE } from "./ops/cast.ts";
import {
  type Attribute,
  describe,
  type DType,
  dtypeOf,
  type Node,
  type OpNode,
  type Tensor,
  type TensorData,
} from "./tensor.ts";
import { float32, type Value } from "./value.ts";

const { AttributeProto, ModelProto, TensorProto } = onnxProto.onnx;

/** ONNX operator set and IR version: the newest that every execution provider used here implements. */
const OPSET = 20;
const IR_VERSION = 9;

/** A graph ready for ONNX Runtime, with what is needed to check feeds against it. */
export interface OnnxGraph {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly inputs: ReadonlyMap<string, Signature>;
  readonly outputs: ReadonlyMap<string, Signature>;
  /** Values that the model names and ONNX Runtime is given beside it; a protobuf message cannot exceed 2 GB. */
  readonly weights: ReadonlyMap<string, Value>;
}

/** What a feed or a result looks like. */
export interface Signature {
  readonly shape: Shape;
  readonly dtype: DType;
}

/** Values that become part of the graph instead of being fed, by input name. */
export type Weights = Readonly<Record<string, Float32Array>>;

/**
 * Lowers what `outputs` need, and no more.
 * @throws {TypeError} for two inputs of one name, an input's size that no input gives, or an output called as an input
 */
export function onnxGraph(outputs: Readonly<Record<string, Tensor>>, weights: Weights = {}): OnnxGraph {
  const nodes = reachable(Object.values(outputs).map((tensor) => tensor.node));
  const writer = new GraphWriter(outputs, weights);
  for (const node of nodes) if (node.kind === "input") writer.declare(node);
  for (const node of nodes) writer.write(node);
  return writer.finish();
}

/** Everything that `roots` depend on, in trace order. */
function reachable(roots: readonly Node[]): Node[] {
  const seen = new Set<Node>();
  const stack = [...roots];
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (seen.has(node)) continue;
    seen.add(node);
    if (node.kind === "custom") stack.push(node.value.node);
    if (node.kind === "op") {
      stack.push(...node.inputs.flatMap((tensor) => (tensor === undefined ? [] : [tensor.node])));
    }
  }
  return [...seen].sort((a, b) => a.id - b.id);
}

class GraphWriter {
  readonly #outputs: ReadonlyMap<string, Tensor>;
  readonly #weights: Weights;
  readonly #inputs = new Map<string, Signature>();
  readonly #built = new Map<string, Value>();
  readonly #nodes: onnx.INodeProto[] = [];
  readonly #initializers: onnx.ITensorProto[] = [];
  /** The names of a node's outputs. */
  readonly #names = new Map<Node, string[]>();
  /** The output name that an op's result gets at once, so that no copy is needed to rename it. */
  readonly #claimed = new Map<Node, Map<number, string>>();
  /** Shared initializers and sizes, by what they hold. */
  readonly #constants = new Map<string, string>();
  readonly #sizes = new Map<string, string>();
  #last = 0;

  constructor(outputs: Readonly<Record<string, Tensor>>, weights: Weights) {
    this.#outputs = new Map(Object.entries(outputs));
    this.#weights = weights;
    for (const [name, tensor] of this.#outputs) {
      const { node, output } = withoutCustom(tensor);
      const names = this.#claimed.get(node) ?? new Map<number, string>();
      if (node.kind === "op" && !names.has(output)) this.#claimed.set(node, names.set(output, name));
    }
  }

  /** Takes an input into the graph, before anything else: sizes are read off the shapes of inputs. */
  declare(node: Node & { kind: "input" }): void {
    const { name, shape, dtype } = node;
    if (this.#names.has(node)) return;
    if (this.#inputs.has(name) || this.#built.has(name)) {
      throw new TypeError(`Cannot compile: two inputs are called "${name}"`);
    }
    if (this.#outputs.has(name)) throw new TypeError(`Cannot compile: "${name}" is an input and an output`);
    this.#names.set(node, [name]);
    const weight = Object.hasOwn(this.#weights, name) ? this.#weights[name] : undefined;
    if (weight === undefined) {
      this.#inputs.set(name, { shape, dtype });
      return;
    }
    this.#built.set(name, weightValue(name, { shape, dtype }, weight));
    this.#initializers.push({
      name,
      dims: shape as number[],
      dataType: ONNX_DTYPE.float32,
      dataLocation: TensorProto.DataLocation.EXTERNAL,
      externalData: Object.entries({ location: name, offset: "0", length: String(weight.byteLength) })
        .map(([key, value]) => ({ key, value })),
    });
  }

  write(node: Node): void {
    switch (node.kind) {
      case "input":
        return;
      case "constant":
        this.#names.set(node, [this.#constant(node.data, node.shape)]);
        return;
      case "sizes":
        this.#names.set(node, [this.#writeSizes(node.dims)]);
        return;
      case "custom":
        this.#names.set(node, [this.#nameOf(node.value)]);
        return;
      case "op":
        this.#names.set(node, this.#writeOp(node));
    }
  }

  finish(): OnnxGraph {
    for (const [name, tensor] of this.#outputs) {
      const made = this.#nameOf(tensor);
      if (made !== name) this.#emit("Identity", [made], { outputs: [name] });
    }
    const bytes = ModelProto.encode({
      irVersion: IR_VERSION,
      producerName: "lingualift",
      opsetImport: [{ domain: "", version: OPSET }, { domain: "com.microsoft", version: 1 }],
      graph: {
        name: "trace",
        node: this.#nodes,
        initializer: this.#initializers,
        input: [...this.#inputs].map(([name, signature]) => valueInfo(name, signature)),
        output: [...this.#outputs].map(([name, tensor]) => valueInfo(name, tensor)),
      },
    }).finish() as Uint8Array<ArrayBuffer>;
    return { bytes, inputs: this.#inputs, outputs: this.#outputs, weights: this.#built };
  }

  #fresh(): string {
    return `t${++this.#last}`;
  }

  #nameOf(tensor: Tensor): string {
    const name = this.#names.get(tensor.node)?.[tensor.output];
    if (name === undefined) throw new TypeError(`internal: ${describe(tensor)} is used before it is made`);
    return name;
  }

  #writeOp(node: OpNode): string[] {
    const inputs = node.inputs.map((tensor) => (tensor === undefined ? "" : this.#nameOf(tensor)));
    const claimed = this.#claimed.get(node);
    const outputs = node.outputs.map((_, i) => claimed?.get(i) ?? this.#fresh());
    this.#emit(node.type, inputs, { outputs, domain: node.domain, attributes: node.attributes });
    return outputs;
  }

  #emit(
    opType: string,
    input: string[],
    spec: { outputs?: string[]; domain?: string; attributes?: Readonly<Record<string, Attribute>> } = {},
  ): string {
    const { outputs = [this.#fresh()], domain = "", attributes = {} } = spec;
    const attribute = Object.entries(attributes).map(([name, value]) => attributeProto(name, value));
    this.#nodes.push({ name: `${opType}_${outputs[0]}`, opType, domain, input, output: outputs, attribute });
    return outputs[0]!;
  }

  /** An initializer; small equal ones are shared. */
  #constant(data: TensorData, shape: Shape): string {
    const dtype = ONNX_DTYPE[dtypeOf(data)];
    const key = data.length <= 64
      ? `${dtype}[${shape}]${[...data].map((v) => (Object.is(v, -0) ? "-0" : v))}`
      : undefined;
    const known = key === undefined ? undefined : this.#constants.get(key);
    if (known !== undefined) return known;
    const name = this.#fresh();
    this.#initializers.push({ name, dims: shape as number[], dataType: dtype, rawData: bytesOf(data) });
    if (key !== undefined) this.#constants.set(key, name);
    return name;
  }

  /** An int64 vector of sizes, each computed from the names in it. */
  #writeSizes(dims: Shape): string {
    if (dims.every((dim) => typeof dim === "number")) {
      return this.#constant(BigInt64Array.from(dims as number[], BigInt), [dims.length]);
    }
    const parts = dims.map((dim) => {
      const key = String(dim);
      const known = this.#sizes.get(key);
      if (known !== undefined) return known;
      const terms = dimTerms(dim).map(([coefficient, names]) => {
        const factors = names.map((name) => this.#sizeOf(name));
        if (coefficient !== 1 || factors.length === 0) {
          factors.unshift(this.#constant(new BigInt64Array([BigInt(coefficient)]), [1]));
        }
        return factors.reduce((a, b) => this.#emit("Mul", [a, b]));
      });
      const size = terms.reduce((a, b) => this.#emit("Add", [a, b]));
      this.#sizes.set(key, size);
      return size;
    });
    return parts.length === 1 ? parts[0]! : this.#emit("Concat", parts, { attributes: { axis: 0 } });
  }

  /** The int64 [1] value of a name: read off the shape of an input that has it as a size. */
  #sizeOf(name: string): string {
    const key = `name ${name}`;
    const known = this.#sizes.get(key);
    if (known !== undefined) return known;
    for (const [feed, { shape }] of this.#inputs) {
      const axis = shape.indexOf(name);
      if (axis === -1) continue;
      const size = this.#emit("Shape", [feed], { attributes: { start: axis, end: axis + 1 } });
      this.#sizes.set(key, size);
      return size;
    }
    throw new TypeError(`Cannot compile: no input has the size "${name}" as an axis of its own`);
  }
}

function attributeProto(name: string, value: Attribute): onnx.IAttributeProto {
  const { AttributeType } = AttributeProto;
  if (typeof value === "string") {
    return { name, type: AttributeType.STRING, s: new TextEncoder().encode(value) };
  }
  if (typeof value === "number") return { name, type: AttributeType.INT, i: value };
  if ("float" in value) return { name, type: AttributeType.FLOAT, f: value.float };
  return { name, type: AttributeType.INTS, ints: [...value] };
}

function withoutCustom(tensor: Tensor): Tensor {
  let made = tensor;
  while (made.node.kind === "custom") made = made.node.value;
  return made;
}

function weightValue(name: string, { shape, dtype }: Signature, data: Float32Array): Value {
  const count = shape.reduce<number>((n, dim) => (typeof dim === "number" ? n * dim : NaN), 1);
  if (dtype !== "float32" || count !== data.length) {
    throw new TypeError(
      `Cannot compile: the weight "${name}" has ${data.length} values, the input is ${dtype}[${
        shape.join(", ")
      }]`,
    );
  }
  return float32(data, shape as number[]);
}

function valueInfo(name: string, { dtype, shape }: Signature): onnx.IValueInfoProto {
  const dim = shape.map((size) => (typeof size === "number" ? { dimValue: size } : { dimParam: size }));
  return { name, type: { tensorType: { elemType: ONNX_DTYPE[dtype], shape: { dim } } } };
}

function bytesOf(data: TensorData): Uint8Array {
  return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
}
