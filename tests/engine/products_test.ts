/** The share of the limit counts every matrix product of a step: `bench engine` divides by them. */
import { strictEqual } from "node:assert/strict";
import { productsOf } from "../../bench/products.ts";
import { float32, gelu, input, matmul, mean } from "../../lib/tensor/mod.ts";
import { trainingGraphs } from "../../lib/tensor/training_graphs.ts";

Deno.test("productsOf() counts the products of a training step by hand: two forwards, and two backwards for all but the first", async () => {
  const [rows, width, inner] = [5, 3, 4];
  const [w, v] = [input("w", [inner, width]), input("v", [width, inner])];
  const x = input("x", ["N", width]);
  const loss = mean(matmul(gelu(matmul(x, w, { transB: true })), v, { transB: true }));
  const { update } = trainingGraphs({ loss, parameters: { w, v }, trainable: new Set(["w", "v"]) });
  const feeds = { x: float32(new Float32Array(rows * width).fill(1), [rows, width]) };
  const products = await productsOf({ outputs: update, feeds, threads: 1 });
  try {
    // xW, hV; of V: dV and dh; of W: dW alone, since nothing learns below x. Each is 2 · 5 · 3 · 4 operations.
    strictEqual(products.count, 5);
    strictEqual(products.operations, 5 * 2 * rows * width * inner);
    await products.run();
  } finally {
    await products.dispose();
  }
});
