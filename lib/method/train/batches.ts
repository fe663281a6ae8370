/**
 * Examples in batches, shuffled anew each epoch; neighbours in length go together, so that little is padding.
 * @module
 */
import type { Stream } from "../../random.ts";

/**
 * The batch of optimiser step `step` (from 0). An epoch visits every item once, in as few batches of at most
 * `batch_size` as there can be, of even sizes and in random order.
 */
export function inBatches<T>(
  items: readonly T[],
  lengthOf: (item: T) => number,
  batch_size: number,
  random: Stream,
): (step: number) => readonly T[] {
  const perEpoch = Math.ceil(items.length / batch_size);
  const start = (batch: number) => Math.floor(batch * items.length / perEpoch);
  let current: { readonly epoch: number; readonly batches: readonly (readonly T[])[] } | undefined;
  return (step) => {
    const epoch = Math.floor(step / perEpoch);
    if (current?.epoch !== epoch) {
      const s = random.child(epoch);
      // A shuffle before a stable sort: equal lengths meet in a new order each epoch.
      const sorted = s.shuffle(items).sort((a, b) => lengthOf(a) - lengthOf(b));
      const batches = Array.from({ length: perEpoch }, (_, i) => sorted.slice(start(i), start(i + 1)));
      current = { epoch, batches: s.shuffle(batches) };
    }
    return current.batches[step % perEpoch]!;
  };
}
