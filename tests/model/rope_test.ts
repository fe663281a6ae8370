/** Frequencies of the rotary embedding, against values computed by hand from the papers' formulas. @module */
import { ok, strictEqual } from "node:assert/strict";
import { ropeTables } from "../../lib/model/llama/rope.ts";

function angles(config: Parameters<typeof ropeTables>[0], position: number): number[] {
  const { cos, sin } = ropeTables(config, position + 1);
  const half = config.head_dim / 2;
  return Array.from(
    { length: half },
    (_, i) => Math.atan2(sin[position * half + i]!, cos[position * half + i]!),
  );
}

function close(actual: readonly number[], expected: readonly number[]): void {
  strictEqual(actual.length, expected.length);
  actual.forEach((x, i) => ok(Math.abs(x - expected[i]!) < 1e-6, `${actual} is not ${expected}`));
}

Deno.test("ropeTables() turns pair i by position / theta^(2i / head_dim)", () => {
  close(angles({ head_dim: 4, rope_theta: 100, rope_scaling: null }, 3), [3, 0.3]);
  close(angles({ head_dim: 4, rope_theta: 100, rope_scaling: null }, 0), [0, 0]);
});

Deno.test("ropeTables() with linear scaling stretches positions", () => {
  close(angles({ head_dim: 4, rope_theta: 100, rope_scaling: { rope_type: "linear", factor: 2 } }, 2), [
    1,
    0.1,
  ]);
});

Deno.test("ropeTables() with llama3 scaling keeps fast turns, stretches slow ones and blends between", () => {
  const rope_scaling = {
    rope_type: "llama3" as const,
    factor: 8,
    low_freq_factor: 1,
    high_freq_factor: 4,
    original_max_position_embeddings: 16,
  };
  // 16 f / 2 pi turns: f = 1 gives 2.546 (blend), f = 0.01 gives 0.025 (slow); theta 1e4 and head_dim 4 make these f.
  const smooth = (16 / (2 * Math.PI) - 1) / 3;
  close(angles({ head_dim: 4, rope_theta: 1e4, rope_scaling }, 1), [(1 - smooth) / 8 + smooth, 0.01 / 8]);
  const fast = { ...rope_scaling, original_max_position_embeddings: 64 };
  close(angles({ head_dim: 4, rope_theta: 1e4, rope_scaling: fast }, 1), [1, 0.01 / 8]);
});
