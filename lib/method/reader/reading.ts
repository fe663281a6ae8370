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
}

/** Whether the LLM reads the question as its own tokens. */
export function readsQuestion(reading: Reading): boolean {
  return reading.by === "tokens" || reading.beside === "question";
}

/** The LLM's own tokens alone. */
export const TOKENS: Reading = { by: "tokens" };
