/** Learning curves: windows that cover every update, and how a training ended. */
import { deepStrictEqual, ok, strictEqual, throws } from "node:assert/strict";
import fc from "fast-check";
import { curveOf } from "../../lib/lab/record/curve.ts";
import { endingOf } from "../../lib/results/curves.ts";
import { stream } from "../../lib/random.ts";

/** A loss of 3 that falls as `level` says, with the scatter of batches. */
function curve(level: (share: number) => number, scatter = 0.03) {
  const noise = stream(1, "curve");
  return {
    points: Array.from({ length: 200 }, (_, i) => ({
      updates: i + 1,
      loss: level((i + 1) / 200) + scatter * noise.normal(),
      lr: null,
    })),
  };
}

Deno.test("a training that ends level, one that still falls and one that has diverged are told apart", () => {
  strictEqual(endingOf(curve((t) => 0.3 + 3 * Math.exp(-20 * t)))?.kind, "level");
  strictEqual(endingOf(curve((t) => 3 - 2 * t))?.kind, "still falling");
  strictEqual(endingOf(curve((t) => t < 0.6 ? 3 - 4 * t : 0.6 + 3 * (t - 0.6)))?.kind, "diverged");
});

Deno.test("what the scatter of batches may explain is no end of its own", () => {
  // Nothing was gained: any difference is large beside it, and hardly one in three hundred is clear.
  const endings = Array.from({ length: 100 }, (_, seed) => {
    const noise = stream(seed, "flat");
    const points = Array.from(
      { length: 200 },
      (_, i) => ({ updates: i, loss: 1 + 0.2 * noise.normal(), lr: null }),
    );
    return endingOf({ points })!.kind;
  });
  ok(endings.filter((kind) => kind === "still falling").length <= 2);
  ok(endings.filter((kind) => kind === "level").length >= 95, endings.join());
});

Deno.test("a short training is not judged", () => {
  strictEqual(endingOf({ points: curve(() => 1).points.slice(0, 19) }), undefined);
});

Deno.test("the windows of a curve cover every update once, and their means are those of the rows", () => {
  const losses = fc.array(fc.double({ min: 0, max: 20, noNaN: true }), { minLength: 1, maxLength: 1000 });
  fc.assert(fc.property(losses, (losses) => {
    const text = ["step,loss,lr", ...losses.map((loss, i) => `${i},${loss},${i / 1000}`), ""].join("\n");
    const { windows } = curveOf(text);
    ok(windows.length <= 200);
    strictEqual(windows.at(-1)!.updates, losses.length);
    const starts = [0, ...windows.map(({ updates }) => updates)];
    const sum = windows.reduce((total, { loss }, i) => total + loss * (starts[i + 1]! - starts[i]!), 0);
    ok(Math.abs(sum - losses.reduce((a, b) => a + b, 0)) < 1e-6 * Math.max(1, Math.abs(sum)));
    ok(windows.every(({ updates }, i) => updates > (windows[i - 1]?.updates ?? 0)));
  }));
});

Deno.test("a training without learning rates has none, and what is no table of losses is refused", () => {
  deepStrictEqual(curveOf("step,loss\n0,2\n"), {
    windows: [{ updates: 1, loss: 2, lr: null, grad_norm: null }],
  });
  throws(() => curveOf("step,lr\n0,1\n"), /no|not followed/);
  throws(() => curveOf("step,loss\n0\n"), /not followed by rows/);
});
