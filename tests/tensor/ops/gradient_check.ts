/**
 * Checks an op's gradient against central differences. The engine computes in float32, where a difference quotient of
 * a loss L has the error eps L / h (rounding) + h^2 (truncation); with |L| about 1, eps = 6e-8 and h = 1e-2 both are
 * below 1e-4. A wrong term, sign, factor or axis changes a gradient by its own size, so that a tolerance of 5e-3 of
 * the largest element separates them by two orders of magnitude. The loss is a random weighting of the outputs: a sum
 * would hide errors that cancel (softmax rows sum to one).
 */
import { strictEqual } from "node:assert/strict";
import { atLeast } from "../../../lib/checked.ts";
import { stream } from "../../../lib/random.ts";
import {
  compile,
  constant,
  float32,
  float32Data,
  grad,
  input,
  mul,
  sum,
  type Tensor,
  type Value,
} from "../../../lib/tensor/mod.ts";

/** A float32 input of the check: its shape and how its values are drawn. */
export interface Drawn {
  readonly shape: readonly number[];
  /** Turns a normal number into a value, e.g. to keep clear of a kink or below a pole. */
  readonly map?: (normal: number) => number;
}

const STEP = 1e-2;
export const TOLERANCE = 5e-3;

/**
 * @param build the op under test, from inputs of the given shapes
 * @param feeds values of inputs that `build` makes itself (ids, masks)
 */
export async function checkGradient(
  build: (...inputs: Tensor[]) => Tensor,
  inputs: readonly Drawn[],
  feeds: Readonly<Record<string, Value>> = {},
): Promise<void> {
  const draws = stream(7, "gradient check");
  const values = inputs.map(({ shape, map = (normal) => normal }) => {
    const size = shape.reduce((a, b) => a * b, 1);
    return Float32Array.from({ length: size }, () => map(draws.normal()));
  });
  const tensors = inputs.map(({ shape }, i) => input(`x${i}`, shape));
  const y = build(...tensors);
  const size = y.shape.reduce<number>((n, dim) => n * (dim as number), 1);
  const weights = constant(Float32Array.from({ length: size }, () => draws.normal()), y.shape as number[]);
  const weighted = mul(y, weights);
  const gradients = grad(sum(weighted), tensors);
  const session = await compile({
    weighted,
    ...Object.fromEntries(gradients.map((gradient, i) => [`g${i}`, gradient])),
  }, { threads: 1 });
  const run = () =>
    session.run({
      ...feeds,
      ...Object.fromEntries(values.map((v, i) => [`x${i}`, float32(v, inputs[i]!.shape)])),
    });
  /** The loss in float64, so that only the op itself rounds to float32. */
  const loss = async () => float32Data((await run()).weighted!).reduce((a, b) => a + b, 0);
  try {
    const analytic = await run();
    for (let i = 0; i < values.length; i++) {
      const got = float32Data(analytic[`g${i}`]!);
      const expected = new Float64Array(got.length);
      for (let j = 0; j < got.length; j++) {
        const kept = values[i]![j]!;
        values[i]![j] = kept + STEP;
        const [high, above] = atLeast([values[i]![j]!, await loss()], 2);
        values[i]![j] = kept - STEP;
        expected[j] = (above - await loss()) / (high - values[i]![j]!);
        values[i]![j] = kept;
      }
      const scale = Math.max(1, ...expected.map(Math.abs));
      const worst = Math.max(0, ...expected.map((e, j) => Math.abs(e - got[j]!) / scale));
      strictEqual(
        worst <= TOLERANCE,
        true,
        `input ${i}: off by ${worst}; ${[...got]} and not ${[...expected]}`,
      );
    }
  } finally {
    await session.dispose();
  }
}
