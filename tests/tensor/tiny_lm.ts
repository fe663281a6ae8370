/**
 * A small decoder for tests: two layers of everything that a Llama has (RMSNorm, rotary positions, grouped-query
 * attention, SwiGLU), with padding, tied to no library code but the ops.
 */
import { atLeast } from "../../lib/checked.ts";
import { stream } from "../../lib/random.ts";
import * as t from "../../lib/tensor/mod.ts";

const [WIDTH, HEADS, KV_HEADS, LAYERS, VOCAB, INNER, LENGTH] = [16, 4, 2, 2, 23, 24, 8];
const SIZE = WIDTH / HEADS;

export interface TinyLm {
  readonly parameters: Record<string, t.Tensor>;
  readonly values: Record<string, Float32Array>;
  readonly loss: t.Tensor;
  readonly logits: t.Tensor;
  readonly count: t.Tensor;
}

/** The traced model (batch "B", length "T") and its initial values. */
export function tinyLm(): TinyLm {
  const parameters: Record<string, t.Tensor> = {};
  const values: Record<string, Float32Array> = {};
  const draws = stream(3, "tiny lm");
  function parameter(name: string, shape: number[]): t.Tensor {
    const size = shape.reduce((a, b) => a * b, 1);
    values[name] = Float32Array.from({ length: size }, () => shape.length === 1 ? 1 : draws.normal() * 0.2);
    return parameters[name] = t.input(name, shape);
  }
  const ids = t.input("ids", ["B", "T"], "int32");
  const targets = t.input("targets", ["B", "T"], "int32");
  const at = t.iota("T");
  const positions = t.expand(t.reshape(at, [1, "T"]), ["B", "T"]);
  const causal = t.lessOrEqual(t.reshape(at, [1, "T"]), t.reshape(at, ["T", 1]));
  const mask = t.where(causal, t.scalar(0), t.scalar(-1e9));
  const angles = Float32Array.from({ length: LENGTH * SIZE / 2 }, (_, i) => {
    return Math.floor(i / (SIZE / 2)) * 100 ** (-(i % (SIZE / 2)) / (SIZE / 2));
  });
  const [cos, sin] = atLeast(
    [Math.cos, Math.sin].map((f) => t.constant(angles.map(f), [LENGTH, SIZE / 2])),
    2,
  );

  let h = t.gather(parameter("embed", [VOCAB, WIDTH]), ids);
  for (let layer = 0; layer < LAYERS; layer++) {
    const norm = t.rmsNorm(h, parameter(`${layer}.norm1`, [WIDTH]));
    const heads = (name: string, count: number) => {
      const x = t.matmul(norm, parameter(`${layer}.${name}`, [WIDTH, count * SIZE]));
      return t.transpose(t.reshape(x, ["B", "T", count, SIZE]), [0, 2, 1, 3]);
    };
    const turned = (x: t.Tensor) => t.rope(x, positions, cos, sin);
    const a = t.attention(turned(heads("q", HEADS)), turned(heads("k", KV_HEADS)), heads("v", KV_HEADS), {
      mask,
    });
    const joined = t.reshape(t.transpose(a, [0, 2, 1, 3]), ["B", "T", WIDTH]);
    h = t.add(h, t.matmul(joined, parameter(`${layer}.o`, [WIDTH, WIDTH])));
    const inner = t.rmsNorm(h, parameter(`${layer}.norm2`, [WIDTH]));
    const gate = t.silu(t.matmul(inner, parameter(`${layer}.gate`, [WIDTH, INNER])));
    const up = t.matmul(inner, parameter(`${layer}.up`, [WIDTH, INNER]));
    h = t.add(h, t.matmul(t.mul(gate, up), parameter(`${layer}.down`, [INNER, WIDTH])));
  }
  const logits = t.matmul(t.rmsNorm(h, parameter("norm", [WIDTH])), parameters.embed!, { transB: true });
  return {
    parameters,
    values,
    logits,
    loss: t.crossEntropy(logits, targets),
    count: t.countTargets(targets),
  };
}

/** A batch of random ids whose targets are the next ids; the last of each row is ignored. */
export function tinyBatch(step: number, rows = 4, length = LENGTH): Record<string, t.Value> {
  const draws = stream(5, "tiny batch", step);
  const ids = Int32Array.from({ length: rows * length }, () => draws.int(0, VOCAB - 1));
  const targets = ids.map((_, i) => (i % length === length - 1 ? t.IGNORE_INDEX : ids[i + 1]!));
  return { ids: t.int32(ids, [rows, length]), targets: t.int32(targets, [rows, length]) };
}
