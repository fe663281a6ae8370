/**
 * Rows packed with documents, for pre-training.
 * @module
 */
import { type Feeds, IGNORE_INDEX, int32 } from "../../tensor/mod.ts";

/** A prompt that is read and a target that is learned (empty prompt: all but the first token is learned). */
export interface Example {
  readonly prompt: readonly number[];
  readonly target: readonly number[];
}

/** A row of `packedRows`: tokens, and which of them are learned. */
interface PackedRow {
  readonly ids: readonly number[];
  readonly learned: readonly boolean[];
}

/**
 * Examples one after another, cut into rows of `length` inputs and the token after them, so that a row begins with the
 * last token of the row before; what does not fill a row is dropped. Documents of a row see each other, as is usual in
 * pre-training. Prompts are not learned; a document without one is learned whole.
 */
export function packedRows(documents: readonly Example[], length: number): PackedRow[] {
  const ids: number[] = [];
  const learned: boolean[] = [];
  for (const { prompt, target } of documents) {
    for (const id of prompt) ids.push(id);
    for (const id of target) ids.push(id);
    for (let at = 0; at < prompt.length; at++) learned.push(false);
    for (let at = 0; at < target.length; at++) learned.push(true);
  }
  const rows = [];
  for (let at = 0; at + length < ids.length; at += length) {
    const [from, to] = [at, at + length + 1];
    rows.push({ ids: ids.slice(from, to), learned: learned.slice(from, to) });
  }
  return rows;
}

/**
 * Rows of equal length as feeds: `ids`, `attention_mask`, `position_ids` and `targets`, int32 [B, length]; the target of a
 * position is the next token if that is learned.
 */
export function packedFeeds(rows: readonly PackedRow[]): Feeds {
  const length = rows[0]!.ids.length - 1;
  const shape = [rows.length, length];
  const target = ({ ids, learned }: PackedRow) =>
    ids.slice(1).map((id, t) => learned[t + 1] ? id : IGNORE_INDEX);
  return {
    ids: int32(rows.flatMap(({ ids }) => ids.slice(0, -1)), shape),
    attention_mask: int32(new Int32Array(rows.length * length).fill(1), shape),
    position_ids: int32(rows.flatMap(() => Array.from({ length }, (_, t) => t)), shape),
    targets: int32(rows.flatMap(target), shape),
  };
}
