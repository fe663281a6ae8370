/**
 * Token sequences as batches: rows packed with whole documents for pre-training, prompts with targets for fine-tuning.
 * @module
 */
import { type Feeds, IGNORE_INDEX, int32 } from "../tensor/mod.ts";

/** A prompt that is read and a target that is learned (empty prompt: everything is learned). */
export interface Example {
  readonly prompt: readonly number[];
  readonly target: readonly number[];
}

/**
 * Documents one after another in `rows` rows of `length` tokens, cut at the row's end; what is left over is dropped,
 * missing places are padding. Feeds `ids`, `attention_mask`, `position_ids`, `targets`, int32 [rows, length], where a
 * target is the next token of the row. Documents of a row see each other, as is usual in pre-training.
 */
export function packedRows(documents: Iterable<readonly number[]>, rows: number, length: number): Feeds {
  const ids = new Int32Array(rows * (length + 1)).fill(-1);
  let row = 0;
  let at = 0;
  for (const document of documents) {
    if (row === rows) break;
    for (const id of document.slice(0, length + 1 - at)) ids[row * (length + 1) + at++] = id;
    if (at === length + 1) [row, at] = [row + 1, 0];
  }
  const shape = [rows, length];
  const feeds = {
    ids: new Int32Array(rows * length),
    attention_mask: new Int32Array(rows * length),
    position_ids: new Int32Array(rows * length),
    targets: new Int32Array(rows * length),
  };
  for (let i = 0; i < rows * length; i++) {
    const [r, t] = [Math.floor(i / length), i % length];
    const [id, next] = [ids[r * (length + 1) + t], ids[r * (length + 1) + t + 1]];
    feeds.ids[i] = Math.max(0, id);
    feeds.attention_mask[i] = id < 0 ? 0 : 1;
    feeds.position_ids[i] = t;
    feeds.targets[i] = next < 0 ? IGNORE_INDEX : next;
  }
  return Object.fromEntries(Object.entries(feeds).map(([name, data]) => [name, int32(data, shape)]));
}

/**
 * Prompts with targets, padded on the right to the longest. Feeds as `packedRows`; only the target's tokens are
 * targets.
 */
export function exampleRows(examples: readonly Example[]): Feeds {
  const length = Math.max(...examples.map(({ prompt, target }) => prompt.length + target.length)) - 1;
  const shape = [examples.length, length];
  const size = examples.length * length;
  const [ids, mask, positions] = [new Int32Array(size), new Int32Array(size), new Int32Array(size)];
  const targets = new Int32Array(size).fill(IGNORE_INDEX);
  examples.forEach(({ prompt, target }, row) => {
    const all = [...prompt, ...target];
    for (let t = 0; t < all.length - 1; t++) {
      const at = row * length + t;
      [ids[at], mask[at], positions[at]] = [all[t], 1, t];
      if (t + 1 >= prompt.length) targets[at] = all[t + 1];
    }
  });
  return {
    ids: int32(ids, shape),
    attention_mask: int32(mask, shape),
    position_ids: int32(positions, shape),
    targets: int32(targets, shape),
  };
}
