/**
 * A training's size, from which its cost follows before it is tried: enough to plan with, and to refuse what cannot fit.
 * Estimates; `deno task bench cost` lays them beside what small sizes really take. No step uses this folder, so that another
 * estimate is no other training.
 * @module
 */
import type { LlmConfig } from "../../model/llm.ts";
import type { Dtype, Trainable } from "../engine.ts";

/** A training as far as its cost depends on it. */
export interface FitSize {
  readonly llm: LlmConfig;
  readonly trains: readonly Trainable[];
  /** Of the frozen encoder; 0: there is none. */
  readonly encoder_parameters: number;
  readonly bridge_parameters: number;
  readonly lora_parameters: number;
  readonly steps: number;
  readonly batch_size: number;
  /** Tokens of the longest row, which memory must hold. */
  readonly longest: number;
  /** Tokens of a row on average, which take the time. */
  readonly usual: number;
}

/** What it takes. */
export interface FitCost {
  /** Memory of each process on its device, at most. */
  readonly bytes: number;
  /** Floating-point operations of all steps, of all processes together. */
  readonly flops: number;
  /** What it leaves on disk. */
  readonly disk_bytes: number;
  /** What its checkpoints take beside that while it runs. */
  readonly scratch_bytes: number;
}

/**
 * Operations of a training: six a parameter and token (Kaplan et al., 2020, arXiv:2001.08361, section 2.1), four where
 * gradients only pass through, two where a text is only read.
 * @param again whether activations are computed again on the way back
 */
export function trainingFlops(size: FitSize, again = false): number {
  const { llm, trains, encoder_parameters, steps, batch_size, usual } = size;
  const learns = trains.includes("llm");
  const each = (learns ? 6 : 4) + (again ? 2 : 0);
  // Embeddings are looked up, unless they are the head's too.
  const looked = llm.tie_word_embeddings ? 0 : llm.vocab_size * llm.hidden_size;
  const ofLlm = each * (llm.parameters - looked);
  return steps * batch_size * usual * (ofLlm + 2 * encoder_parameters);
}

/** float32, bfloat16 in bytes. */
export const BYTES: Readonly<Record<Dtype, number>> = { float32: 4, bfloat16: 2 };
