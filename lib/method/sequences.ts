/**
 * Token sequences as batches: rows packed with documents for pre-training, prompts with targets for fine-tuning.
 * @module
 */
import { type Feeds, IGNORE_INDEX, int32 } from "../tensor/mod.ts";

/** A prompt that is read and a target that is learned (empty prompt: all but the first token is learned). */
interface Example {
  readonly prompt: readonly number[];
  readonly target: readonly number[];
}

/**
 * Documents one after another, cut into rows of `length` inputs and the token after them, so that a row begins with the
 * last token of the row before; what does not fill a row is dropped. Documents of a row see each other, as is usual in
 * pre-training.
 */
export function packedRows(documents: readonly (readonly number[])[], length: number): number[][] {
  const all = documents.flat();
  const rows = [];
  for (let at = 0; at + length < all.length; at += length) rows.push(all.slice(at, at + length + 1));
  return rows;
}

/**
 * Prompts with targets, padded on the right to the longest. Feeds `ids`, `attention_mask`, `position_ids` and `targets`,
 * int32 [B, T], where T is the longest example without its last token, which predicts nothing; the target of a position
 * is the next token if that belongs to the example's target.
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
