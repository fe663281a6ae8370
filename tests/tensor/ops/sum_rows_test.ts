/** Sums of rows by id, the gradient of an embedding. */
import { deepStrictEqual, ok } from "node:assert/strict";
import { stream } from "../../../lib/random.ts";
import { sumRowsById } from "../../../lib/tensor/ops/_sum_rows.ts";
import * as t from "../../../lib/tensor/mod.ts";

const WIDTH = 3;

Deno.test("sumRowsById() equals the sums in float64 however ids repeat, with the same bytes each time", async () => {
  const [batch, length] = [["B", "T"], ["B*T", WIDTH]];
  for (const rows of [1, 4, 300]) {
    const sums = sumRowsById(t.input("updates", length), t.input("ids", batch, "int32"), rows);
    const session = await t.compile({ sums });
    for (const [b, l] of [[1, 1], [1, 64], [64, 1], [4, 8], [7, 5], [16, 16]] as const) {
      const draws = stream(1, "sum rows", rows, b, l);
      // A power makes low ids frequent: they go on over many blocks.
      const ids = Int32Array.from({ length: b * l }, () => Math.floor(draws.uniform() ** 3 * rows));
      const updates = Float32Array.from({ length: b * l * WIDTH }, () => draws.normal());
      const expected = new Float64Array(rows * WIDTH);
      updates.forEach((value, i) => expected[ids[Math.floor(i / WIDTH)]! * WIDTH + i % WIDTH]! += value);
      const feeds = { ids: t.int32(ids, [b, l]), updates: t.float32(updates, [b * l, WIDTH]) };
      const [once, again] = [await session.run(feeds), await session.run(feeds)];
      deepStrictEqual(t.float32Data(once.sums!), t.float32Data(again.sums!));
      t.float32Data(once.sums!).forEach((value, i) =>
        ok(Math.abs(value - expected[i]!) < 1e-4, `rows ${rows}, ids [${b}, ${l}], element ${i}: ${value}`)
      );
    }
    await session.dispose();
  }
});
