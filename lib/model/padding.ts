/**
 * Batches of sequences of different lengths: padding, masks and positions.
 * @module
 */
import { int32, type Value } from "../tensor/mod.ts";

/** A padded batch, everything int32 [B, T]. */
export interface PaddedIds {
  readonly ids: Value;
  /** 1 for a token, 0 for padding. */
  readonly attention_mask: Value;
  /** The number of tokens before this one; 0 at padding. */
  readonly position_ids: Value;
}

/** Pads id sequences to the longest; T is 0 when all are empty. */
export function padIds(
  sequences: readonly (readonly number[])[],
  options: { readonly side?: "left" | "right"; readonly padId?: number } = {},
): PaddedIds {
  const { side = "right", padId = 0 } = options;
  const length = Math.max(0, ...sequences.map((ids) => ids.length));
  const shape = [sequences.length, length];
  const ids = new Int32Array(sequences.length * length).fill(padId);
  const mask = new Int32Array(ids.length);
  sequences.forEach((sequence, b) => {
    const start = b * length + (side === "left" ? length - sequence.length : 0);
    ids.set(sequence, start);
    mask.fill(1, start, start + sequence.length);
  });
  return {
    ids: int32(ids, shape),
    attention_mask: int32(mask, shape),
    position_ids: int32(positionIds(mask, length), shape),
  };
}

/** Positions for masks of `length` tokens each, row after row: how many tokens come before; 0 at padding. */
export function positionIds(mask: Int32Array, length: number): Int32Array<ArrayBuffer> {
  const positions = new Int32Array(mask.length);
  for (let at = 0, seen = 0; at < mask.length; at++) {
    if (at % length === 0) seen = 0;
    positions[at] = mask[at] === 1 ? seen++ : 0;
  }
  return positions;
}
