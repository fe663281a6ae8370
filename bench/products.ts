/**
 * The matrix products of a graph alone: what a step would take if everything between them were free.
 * @module
 */
import { atLeast } from "../lib/checked.ts";
import { evaluateDim } from "../lib/tensor/dims.ts";
import { compile, type Feeds, float32, input, matmul, type Tensor, type Value } from "../lib/tensor/mod.ts";
import type { Node, OpNode } from "../lib/tensor/tensor.ts";
import { uniform } from "./workload.ts";

/** A graph as it is run. */
export interface GraphUse {
  readonly outputs: Readonly<Record<string, Tensor>>;
  /** What it is fed: the sizes behind the names are read off these. */
  readonly feeds: Feeds;
  /** Values that are built into the graph, see `CompileOptions.weights`. */
  readonly weights?: Readonly<Record<string, Float32Array>>;
  readonly threads: number;
}

/** The products, ready to run. */
export interface Products {
  readonly count: number;
  /** Multiplications and additions. */
  readonly operations: number;
  /** Computes all of them once, in the order of the graph. */
  run(): Promise<void>;
  dispose(): Promise<void>;
}

/**
 * The products that `outputs` need, by the same operators with the same sizes, transpositions and built-in weights.
 * Factors of one size lie in the same memory, and so do results: the products find more of them in the cache than in the
 * step, so that their time is the least that this library can take, and a share of it flatters nobody.
 */
export async function productsOf({ outputs, feeds, weights = {}, threads }: GraphUse): Promise<Products> {
  const nodes = reachable(outputs);
  const concrete = sizesIn(nodes, feeds);
  const [factors, results] = [memory(1), memory(0)];
  const given: Record<string, Value> = {};
  const into: Record<string, Value> = {};
  const products: Record<string, Tensor> = {};
  let operations = 0;

  // Every factor has a name of its own, because equal products of equal names would be computed once.
  const standIn = (factor: Tensor): Tensor => {
    const { node } = factor;
    if (node.kind === "input" && Object.hasOwn(weights, node.name)) return factor;
    const [name, shape] = [`factor.${Object.keys(given).length}`, concrete(factor)];
    given[name] = factors(shape);
    return input(name, shape);
  };
  for (const node of nodes.filter(isProduct)) {
    const [a, b] = atLeast(node.inputs as readonly Tensor[], 2);
    const transA = node.attributes.transA === 1;
    const product = matmul(standIn(a), standIn(b), {
      transA,
      transB: node.attributes.transB === 1,
      alpha: (node.attributes.alpha as { float: number } | undefined)?.float,
    });
    const name = `product.${Object.keys(products).length}`;
    const shape = concrete(product);
    products[name] = product;
    into[name] = results(shape);
    operations += 2 * count(shape) * concrete(a).at(transA ? -2 : -1)!;
  }
  const session = await compile(products, { threads, weights });
  return {
    count: Object.keys(products).length,
    operations,
    run: async () => void await session.run(given, into),
    dispose: session.dispose,
  };
}

function isProduct(node: Node): node is OpNode {
  return node.kind === "op" && (node.type === "MatMul" || node.type === "FusedMatMul");
}

/** Everything that the outputs depend on, in trace order. */
function reachable(outputs: Readonly<Record<string, Tensor>>): Node[] {
  const seen = new Set<Node>();
  const stack = Object.values(outputs).map(({ node }) => node);
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (seen.has(node)) continue;
    seen.add(node);
    if (node.kind === "custom") stack.push(node.value.node);
    if (node.kind === "op") {
      stack.push(...node.inputs.flatMap((tensor) => tensor === undefined ? [] : [tensor.node]));
    }
  }
  return [...seen].sort((a, b) => a.id - b.id);
}

/** The shape of a tensor in numbers, by what the inputs among `nodes` are fed. */
function sizesIn(nodes: readonly Node[], feeds: Feeds): (tensor: Tensor) => number[] {
  const sizes = new Map<string, number>();
  for (const node of nodes) {
    const fed = node.kind === "input" ? feeds[node.name] : undefined;
    if (node.kind !== "input" || fed === undefined) continue;
    node.shape.forEach((dim, axis) => {
      if (typeof dim === "string") sizes.set(dim, fed.dims[axis]!);
    });
  }
  return ({ shape }) =>
    shape.map((dim) => {
      const size = evaluateDim(dim, sizes);
      if (size === undefined) throw new Error(`Cannot tell the size "${dim}" of a product: no feed has it`);
      return size;
    });
}

/** Values over one memory for each number of elements. */
function memory(std: number): (shape: readonly number[]) => Value {
  const known = new Map<number, Float32Array>();
  return (shape) => {
    const size = count(shape);
    const data = known.get(size) ?? uniform(size, known.size, std);
    known.set(size, data);
    return float32(data, shape);
  };
}

function count(shape: readonly number[]): number {
  return shape.reduce((a, b) => a * b, 1);
}
