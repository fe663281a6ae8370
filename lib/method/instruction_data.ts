/**
 * English instruction data in batches: drawn once for a seed, shuffled anew each epoch, neighbours in length together so
 * that little is padding.
 * @module
 */
import { type Stream, stream } from "../random.ts";
import type { MathItem, World } from "../world/world.ts";

/** What batches need to know of a training. */
interface Sizes {
  readonly steps: number;
  readonly batch_size: number;
  readonly examples: number;
}

/** The English word problems of optimiser step `step`; the same for every system that has this seed and these sizes. */
export function mathExamples(
  world: World,
  seed: number,
  sizes: Sizes,
): (step: number) => readonly MathItem[] {
  const items = world.instructions("math", "en", { seed, count: sizes.examples });
  return inBatches(items, ({ question }) => question.length, sizes, stream(seed, "transfer", "order"));
}

/** Batches of like length out of all `items`, in random order; a new order each epoch. */
export function inBatches<T>(
  items: readonly T[],
  lengthOf: (item: T) => number,
  { batch_size }: Pick<Sizes, "batch_size">,
  random: Stream,
): (step: number) => readonly T[] {
  const perEpoch = Math.max(1, Math.floor(items.length / batch_size));
  const epochs = new Map<number, readonly (readonly T[])[]>();
  const epoch = (number: number) => {
    let batches = epochs.get(number);
    if (batches === undefined) {
      const s = random.child(number);
      // A shuffle before a stable sort: equal lengths meet in a new order each epoch.
      const sorted = s.shuffle(items).sort((a, b) => lengthOf(a) - lengthOf(b));
      batches = s.shuffle(
        Array.from({ length: perEpoch }, (_, i) => sorted.slice(i * batch_size, (i + 1) * batch_size)),
      );
      epochs.clear();
      epochs.set(number, batches);
    }
    return batches;
  };
  return (step) => epoch(Math.floor(step / perEpoch))[step % perEpoch];
}
