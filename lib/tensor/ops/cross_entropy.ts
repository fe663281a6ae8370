/**
 * Losses of a classification.
 * @module
 */
import { broadcastShapes, sameShape } from "../dims.ts";
import { describe, op, requireDType, scalar, type Tensor, withGradient } from "../tensor.ts";
import { softplus } from "./activation.ts";
import { add, div, log, maximum, mul, neg, sub } from "./arithmetic.ts";
import { cast } from "./cast.ts";
import { equal, less, where } from "./compare.ts";
import { gatherLast } from "./gather.ts";
import { sum } from "./broadcast.ts";
import { max } from "./reduce.ts";
import { reshape } from "./shape.ts";
import { softmax } from "./softmax.ts";

/** The target that does not count, as in PyTorch. */
export const IGNORE_INDEX = -100;

/**
 * Negative log-likelihood of each target under softmax(logits): logits float32 [..., classes], targets int32 [...] ->
 * float32 [...]; 0 where the target is IGNORE_INDEX.
 *
 * With p = softmax(x) the largest p is 1 / sum(exp(x - max)), so log sum exp = max(x) - log(max(p)): exact, and nothing
 * of the size of the logits is kept but p, which the gradient (p - one_hot(target)) dy needs anyway.
 */
export function negativeLogLikelihood(logits: Tensor, targets: Tensor): Tensor {
  requireDType("negativeLogLikelihood", logits, "float32");
  requireDType("negativeLogLikelihood", targets, "int32");
  if (!sameShape(logits.shape.slice(0, -1), targets.shape)) {
    throw new TypeError(
      `Cannot take the cross-entropy of ${describe(logits)} and ${
        describe(targets)
      }: all axes of the logits but the last must be the targets'`,
    );
  }
  const ignored = equal(targets, cast(scalar(IGNORE_INDEX), "int32"));
  const classes = where(ignored, cast(scalar(0), "int32"), targets);
  const p = softmax(logits);
  const last = { axes: [-1] } as const;
  const logSumExp = sub(max(logits, last), log(max(p, last)));
  const nll = where(ignored, scalar(0), sub(logSumExp, gatherLast(logits, classes)));
  return withGradient("negativeLogLikelihood", [logits], nll, (dy) => {
    const column = [...targets.shape, 1];
    const weight = reshape(where(ignored, scalar(0), dy), column);
    const scaled = mul(p, weight);
    return [
      op("ScatterElements", [scaled, reshape(classes, column), neg(weight)], {
        shape: logits.shape,
        attributes: { axis: -1, reduction: "add" },
      }),
    ];
  });
}

/**
 * Mean negative log-likelihood over the targets that are not IGNORE_INDEX, as PyTorch's F.cross_entropy but 0 where
 * none counts: logits float32 [..., classes], targets int32 [...] -> float32 []. In nats.
 */
export function crossEntropy(logits: Tensor, targets: Tensor): Tensor {
  return div(sum(negativeLogLikelihood(logits, targets)), maximum(countTargets(targets), 1));
}

/** float32 [] number of targets that are not IGNORE_INDEX. */
export function countTargets(targets: Tensor): Tensor {
  return sum(cast(less(cast(scalar(IGNORE_INDEX), "int32"), targets), "float32"));
}

/**
 * Binary cross-entropy of each logit, float32 of their common shape: softplus(logit) - logit target, stable for any
 * logit. `targets` are probabilities.
 */
export function bceWithLogits(logits: Tensor, targets: Tensor | number): Tensor {
  const y = typeof targets === "number" ? scalar(targets) : targets;
  if (broadcastShapes(logits.shape, y.shape) === undefined) {
    throw new TypeError(`Cannot take the cross-entropy of ${describe(logits)} and ${describe(y)}`);
  }
  return sub(softplus(logits), mul(logits, y));
}

/** log(sum(exp(x))) over the last axis, which goes. Gradient: softmax(x) dy. */
export function logSumExp(x: Tensor): Tensor {
  requireDType("logSumExp", x, "float32");
  const top = max(x, { axes: [-1], keepDims: true });
  const exponentials = op("Exp", [sub(x, top)], { shape: x.shape });
  const kept = add(top, log(sum(exponentials, { axes: [-1], keepDims: true })));
  const y = reshape(kept, x.shape.slice(0, -1));
  return withGradient("logSumExp", [x], y, (dy) => [mul(softmax(x), reshape(dy, [...dy.shape, 1]))]);
}
