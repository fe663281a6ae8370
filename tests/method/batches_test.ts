/** Batches of an epoch: laws over sizes. */
import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import fc from "fast-check";
import { inBatches } from "../../lib/method/train/batches.ts";
import { stream } from "../../lib/random.ts";

const sizes = fc.record({
  lengths: fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 60 }),
  batch_size: fc.integer({ min: 1, max: 20 }),
  seed: fc.integer(),
});

function batchesOf({ lengths, batch_size, seed }: { lengths: number[]; batch_size: number; seed: number }) {
  const items = lengths.map((length, id) => ({ id, length }));
  const perEpoch = Math.ceil(items.length / batch_size);
  const batch = inBatches(items, ({ length }) => length, batch_size, stream(seed, "order"));
  const epoch = (n: number) => Array.from({ length: perEpoch }, (_, i) => batch(n * perEpoch + i));
  return { epoch, batch, items };
}

Deno.test("inBatches() visits every item once an epoch, in batches of at most batch_size and even sizes", () => {
  fc.assert(fc.property(sizes, (drawn) => {
    const { epoch, items } = batchesOf(drawn);
    for (const n of [0, 1, 2]) {
      const ids = epoch(n).flat().map(({ id }) => id);
      deepStrictEqual(ids.toSorted((a, b) => a - b), items.map(({ id }) => id));
      const counts = epoch(n).map(({ length }) => length);
      ok(Math.max(...counts) <= drawn.batch_size);
      ok(Math.max(...counts) - Math.min(...counts) <= 1);
    }
  }));
});

Deno.test("inBatches() puts items of like length together: the batches' ranges of lengths do not overlap", () => {
  fc.assert(fc.property(sizes, (drawn) => {
    const ranges = batchesOf(drawn).epoch(0).map((batch) => {
      const lengths = batch.map(({ length }) => length);
      return [Math.min(...lengths), Math.max(...lengths)] as const;
    }).sort(([a, b], [c, d]) => a - c || b - d);
    ranges.slice(1).forEach(([low], i) => ok(ranges[i]![1] <= low));
  }));
});

Deno.test("inBatches() gives a step the same batch whenever it is asked, so that a resumed training sees the same", () => {
  fc.assert(fc.property(sizes, fc.nat(200), (drawn, step) => {
    const { batch } = batchesOf(drawn);
    const before = batch(step);
    batch(step + 100);
    deepStrictEqual(batch(step), before);
    deepStrictEqual(batchesOf(drawn).batch(step), before);
  }));
});

Deno.test("inBatches() takes a new order each epoch and for each seed", () => {
  const drawn = { lengths: Array(40).fill(5), batch_size: 8, seed: 1 };
  const first = JSON.stringify(batchesOf(drawn).epoch(0));
  ok(JSON.stringify(batchesOf(drawn).epoch(1)) !== first);
  ok(JSON.stringify(batchesOf({ ...drawn, seed: 2 }).epoch(0)) !== first);
  strictEqual(JSON.stringify(batchesOf(drawn).epoch(0)), first);
});
