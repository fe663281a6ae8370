/**
 * The loss on the targets of a batch: logits are computed only at the positions that predict a target token, which saves
 * the largest product of a small model where prompts are long.
 * @module
 */
import {
  dimProduct,
  type Feeds,
  input,
  int32,
  negativeLogLikelihood,
  reshape,
  selectRows,
  type Tensor,
} from "../../tensor/mod.ts";

/** The symbolic inputs of a loss on targets; `targetFeeds` makes their values. */
export interface TargetInputs {
  /** int32 [N]: rows of the states, counted through the batch, that predict a target. */
  readonly target_rows: Tensor;
  /** int32 [N]: the target ids. */
  readonly targets: Tensor;
}

/** Graph inputs of the same names, after `prefix` where a graph has several losses. */
export function targetInputs(prefix = ""): TargetInputs {
  const count = prefix === "" ? "N" : `N_${prefix.replace(".", "")}`;
  return {
    target_rows: input(`${prefix}target_rows`, [count], "int32"),
    targets: input(`${prefix}targets`, [count], "int32"),
  };
}

/**
 * Negative log-likelihood of every target token, float32 [N]; its mean is the token-mean cross-entropy.
 * @param states float32 [B, T, d]: the last hidden states
 * @param head from states float32 [N, d] to logits float32 [N, vocab_size]
 */
export function targetNegativeLogLikelihood(
  states: Tensor,
  inputs: TargetInputs,
  head: (states: Tensor) => Tensor,
): Tensor {
  const flat = reshape(states, [dimProduct(states.shape.slice(0, 2)), states.shape[2]!]);
  const selected = selectRows(flat, inputs.target_rows);
  return negativeLogLikelihood(head(selected), inputs.targets);
}

/** A target token and the position in its row whose state predicts it. */
export interface Target {
  readonly row: number;
  readonly position: number;
  readonly id: number;
}

/**
 * Feeds of `targetInputs` for states of [rows, length].
 * @throws {TypeError} when there is no target, a target is outside or two share a position
 */
export function targetFeeds(targets: readonly Target[], rows: number, length: number): Feeds {
  const seen = new Set<number>();
  const places = targets.map(({ row, position }) => {
    const place = row * length + position;
    const inside = row >= 0 && row < rows && position >= 0 && position < length;
    if (!inside || seen.has(place)) {
      throw new TypeError(
        `Cannot predict at position ${position} of row ${row}: it is outside [${rows}, ${length}] or has a target already`,
      );
    }
    seen.add(place);
    return place;
  });
  if (places.length === 0) throw new TypeError("Cannot take a loss without targets");
  return {
    target_rows: int32(places, [places.length]),
    targets: int32(targets.map(({ id }) => id), [places.length]),
  };
}

/**
 * The targets of a causal LM batch: every token of a row from `starts[row]` on (at least 1) is predicted by the one
 * before it.
 */
export function causalTargets(
  sequences: readonly (readonly number[])[],
  starts: readonly number[],
): Target[] {
  return sequences.flatMap((ids, row) =>
    ids.slice(starts[row]).map((id, i) => ({ row, position: starts[row]! + i - 1, id }))
  );
}

/**
 * The targets of an assembled batch: the ids of each text from `starts[row]` on (0: all of it); the first token of a
 * text is predicted by enc_end, the others by the token before.
 */
export function assembledTargets(
  texts: readonly (readonly number[])[],
  starts: readonly number[],
  encEnd: number,
): Target[] {
  return texts.flatMap((ids, row) =>
    ids.slice(starts[row]).map((id, i) => ({ row, position: encEnd + starts[row]! + i, id }))
  );
}
