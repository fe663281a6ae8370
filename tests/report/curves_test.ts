/** Drawings of learning curves: a line a training, few points, and one point where there is one window. */
import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { curveDrawings } from "../../lib/report/figures/curves.ts";
import { drawSvg } from "../../lib/report/figures/svg.ts";
import type { Curve } from "../../lib/results/slice.ts";

function curve(variant: string, seed: number, windows: number, lr: number | null = 0.001): Curve {
  const points = Array.from(
    { length: windows },
    (_, i) => ({ updates: i + 1, loss: 3 - i / windows + seed / 10, lr }),
  );
  return { stage: "fit align", key: `${variant} ${seed}`, runs: [{ variant, seed }], points };
}

/** Values of every part of a drawing that has some, and how many of each. */
function sizesOf(spec: unknown): number[] {
  if (typeof spec !== "object" || spec === null) return [];
  if ("values" in spec && Array.isArray(spec.values)) return [spec.values.length];
  return Object.values(spec).flatMap(sizesOf);
}

Deno.test("a curve of any length is drawn with points, at 80 places at most, and has no empty part", async () => {
  for (const windows of [1, 2, 7, 8, 79, 80, 81, 200]) {
    for (const lr of [0.001, null]) {
      const [drawing] = curveDrawings([curve("A", 1, windows, lr)]);
      const sizes = sizesOf(drawing!.spec);
      ok(sizes.every((size) => size > 0 && size <= 80), `${windows}: ${sizes}`);
      strictEqual(sizes.length, lr === null ? 2 : 3);
      // Vega complains of what it cannot place.
      ok((await drawSvg({ ...drawing!.spec, width: 400 } as never, new Map())).includes("<svg"));
    }
  }
});

Deno.test("seeds of a system are one line with a band from the lowest to the highest", () => {
  const [drawing, ...others] = curveDrawings([curve("A", 1, 10), curve("A", 3, 10), curve("B", 1, 10)]);
  strictEqual(others.length, 0);
  const text = JSON.stringify(drawing!.spec);
  ok(text.includes('{"system":"A","updates":1,"loss":3.2,"low":3.1,"high":3.3}'), text.slice(0, 400));
  ok(text.includes('{"system":"B","updates":1,"loss":3.1}'));
  deepStrictEqual(/mean of (\d) trainings/.exec(drawing!.caption)?.[1], "2");
});

Deno.test("a line that systems share is named for the first, and the caption names them all, as well as lines that hide each other", () => {
  const shared: Curve = {
    ...curve("A", 1, 10),
    runs: ["A", "w/o B", "<C>"].map((variant) => ({ variant, seed: 1 })),
  };
  const [drawing] = curveDrawings([shared, curve("D", 2, 10)]);
  ok(JSON.stringify(drawing!.spec).includes('{"system":"A (and 2 more)","updates":1,'));
  strictEqual(
    drawing!.caption,
    "Means over windows of updates. A (and 2 more) is one training that they share: A, w/o B, <C>.",
  );
  const [alike] = curveDrawings([curve("D", 1, 10), curve("E", 2, 10), curve("F", 1, 10)]);
  strictEqual(alike!.caption, "Means over windows of updates. On one line lie: D, F.");
  const [alone] = curveDrawings([curve("D", 1, 10)]);
  strictEqual(alone!.caption, "Means over windows of updates.");
});
