/**
 * How a system's LLM reads a question: the one thing in which compared systems differ at run time. Plain data.
 * @module
 */
import type { BridgeConfig } from "../../model/bridge/layer.ts";

/** A bridge without the sizes that follow from its models; see `lib/model/bridge/layer.ts`. */
export interface Bridge extends Pick<BridgeConfig, "layers" | "activation" | "boundaries" | "standardised"> {
  /** What boundary vectors begin as: normal at the scale of the LLM's embeddings, or zeros. */
  readonly boundary_init: "embedding" | "zeros";
}

/** What the LLM reads after the states: nothing, the instruction, or question and instruction. */
export type Beside = "nothing" | "instruction" | "question";

/** Own tokens, or the encoder's states through a bridge with tokens beside them. */
export type Reading = { readonly by: "tokens" } | ReadingByStates;

/** States through a bridge, and tokens beside them. */
export interface ReadingByStates {
  readonly by: "states";
  readonly bridge: Bridge;
  readonly beside: Beside;
  /**
   * Where the LLM attends, in every layer, to what an aligner makes of the encoder's layers below the last (LayAlign).
   * Everything that trains or asks such a system is in files of their own ("fused"): no other system's steps depend on it.
   */
  readonly fusion?: "layers";
}

/** A reading with a second attention. */
export type FusedReading = ReadingByStates & { readonly fusion: "layers" };

/** Whether the LLM has a second attention. */
export function isFused(reading: Reading): reading is FusedReading {
  return reading.by === "states" && reading.fusion !== undefined;
}

/** Whether the LLM reads the question as its own tokens. */
export function readsQuestion(reading: Reading): boolean {
  return reading.by === "tokens" || reading.beside === "question";
}

/** The LLM's own tokens alone. */
export const TOKENS: Reading = { by: "tokens" };
