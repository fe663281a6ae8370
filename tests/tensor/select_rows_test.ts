/** Selecting rows: values and gradient. @module */
import { deepStrictEqual, throws } from "node:assert/strict";
import * as fc from "fast-check";
import {
  compile,
  float32,
  float32Data,
  grad,
  input,
  int32,
  mul,
  selectRows,
  sum,
} from "../../lib/tensor/mod.ts";

Deno.test("selectRows() takes rows, and its gradient puts them back and zeros elsewhere", async () => {
  const [x, w] = [input("x", ["R", 3]), input("w", ["N", 3])];
  const y = selectRows(x, input("rows", ["N"], "int32"));
  // d/dx of sum(w * y) is w in the rows selected, exactly: no sum of several numbers is involved.
  const session = await compile({ y, dx: grad(sum(mul(y, w)), [x])[0]! });
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 9 }).chain((count) =>
        fc.tuple(fc.constant(count), fc.shuffledSubarray([...Array(count).keys()], { minLength: 1 }))
      ),
      async ([count, rows]) => {
        const data = Float32Array.from({ length: count * 3 }, (_, i) => i + 1);
        const weights = Float32Array.from({ length: rows.length * 3 }, (_, i) => -i - 1);
        const result = await session.run({
          x: float32(data, [count, 3]),
          w: float32(weights, [rows.length, 3]),
          rows: int32(rows, [rows.length]),
        });
        deepStrictEqual(
          [...float32Data(result.y!)],
          rows.flatMap((row) => [...data.subarray(row * 3, row * 3 + 3)]),
        );
        const expected = new Float32Array(count * 3);
        rows.forEach((row, i) => expected.set(weights.subarray(i * 3, i * 3 + 3), row * 3));
        deepStrictEqual(float32Data(result.dx!), expected);
      },
    ),
    { numRuns: 30 },
  );
  await session.dispose();
});

Deno.test("selectRows() refuses what is no matrix or no list of rows", () => {
  const rows = input("rows", ["N"], "int32");
  throws(() => selectRows(input("x", ["B", "T", 3]), rows), { message: /Cannot select rows of "x"/ });
  throws(() => selectRows(input("x", ["R", 3]), input("rows", ["N"])), { message: /int32/ });
});
