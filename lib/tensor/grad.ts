/**
 * Reverse-mode differentiation of a trace: walks from the loss back to the tensors asked for and asks each node for the
 * gradients of its inputs. The result is more trace, so that gradients are compiled, optimised and run like anything
 * else (and can be differentiated again where the ops' gradients are themselves differentiable).
 * @module
 */
import { describe, type Node, scalar, type Tensor } from "./tensor.ts";
import { add } from "./ops/arithmetic.ts";
import { zerosLike } from "./ops/fill.ts";

/**
 * The gradients of `loss` with respect to `tensors`, in their order, each of its tensor's shape; zeros where the loss
 * does not depend on one. Only paths that lead to `tensors` are walked, so frozen parameters cost nothing.
 * @param loss float32 of shape []
 * @throws {TypeError} when the loss is no scalar or an op on the way has no gradient
 */
export function grad(loss: Tensor, tensors: readonly Tensor[]): Tensor[] {
  return gradients(loss, tensors).map((gradient, i) => gradient ?? zerosLike(tensors[i]!));
}

/** As `grad`, with undefined where the loss does not depend on a tensor. */
export function gradients(loss: Tensor, tensors: readonly Tensor[]): (Tensor | undefined)[] {
  if (loss.shape.length !== 0 || loss.dtype !== "float32") {
    throw new TypeError(`Cannot differentiate ${describe(loss)}: the loss must be float32[]`);
  }
  const nodes = nodesBetween(loss.node, new Set(tensors.map((tensor) => tensor.node)));
  const sums = new Map<Node, (Tensor | undefined)[]>();
  accumulate(sums, loss, scalar(1));
  for (const node of [...nodes].sort((a, b) => b.id - a.id)) {
    const dys = sums.get(node);
    if (dys === undefined || (node.kind !== "op" && node.kind !== "custom")) continue;
    const wanted = node.inputs.map((input) =>
      input !== undefined && input.dtype === "float32" && nodes.has(input.node)
    );
    if (!wanted.includes(true)) continue;
    if (node.gradient === undefined) {
      throw new TypeError(`Cannot differentiate through ${describe(node.outputs[0]!)}: it has no gradient`);
    }
    const dxs = node.gradient(dys, node.outputs);
    node.inputs.forEach((input, i) => {
      const dx = dxs[i];
      if (input !== undefined && wanted[i] && dx !== undefined) accumulate(sums, input, dx);
    });
  }
  return tensors.map((tensor) => sums.get(tensor.node)?.[tensor.output]);
}

function accumulate(gradients: Map<Node, (Tensor | undefined)[]>, tensor: Tensor, gradient: Tensor): void {
  if (tensor.shape.join() !== gradient.shape.join()) {
    throw new TypeError(`internal: the gradient of ${describe(tensor)} is ${describe(gradient)}`);
  }
  const sums = gradients.get(tensor.node) ?? [];
  const sum = sums[tensor.output];
  sums[tensor.output] = sum === undefined ? gradient : add(sum, gradient);
  gradients.set(tensor.node, sums);
}

/** The nodes on any path from `targets` to `from`, both included. */
function nodesBetween(from: Node, targets: ReadonlySet<Node>): Set<Node> {
  const between = new Set<Node>();
  const leads = new Map<Node, boolean>();
  const stack: Node[] = [from];
  // An explicit stack: a deep model's trace is longer than the call stack allows.
  while (stack.length > 0) {
    const node = stack[stack.length - 1]!;
    if (leads.has(node)) {
      stack.pop();
      continue;
    }
    const inputs = inputNodes(node);
    const open = inputs.filter((n) => !leads.has(n));
    if (open.length > 0) {
      stack.push(...open);
      continue;
    }
    const lead = targets.has(node) || inputs.some((n) => leads.get(n));
    leads.set(node, lead);
    if (lead) between.add(node);
    stack.pop();
  }
  return between;
}

function inputNodes(node: Node): Node[] {
  if (node.kind !== "op" && node.kind !== "custom") return [];
  return node.inputs.flatMap((tensor) => (tensor === undefined ? [] : [tensor.node]));
}
