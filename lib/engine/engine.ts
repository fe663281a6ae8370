/**
 * What trains and generates: the seam between methods, which say what is learned and asked, and what computes it. Methods
 * know this file alone. A job is plain JSON and folders in Hugging Face's layout, so that another engine may be another
 * process in another language.
 * @module
 */
import type { BridgeConfig } from "../model/bridge/layer.ts";
import type { OnnxDtype, OnnxGraph } from "../model/encoder/onnx_folder.ts";
import type { LoraConfig } from "../model/llama/lora.ts";

/** Where an engine computes: "cpu", "webgpu" or "cuda", and threads a session. */
export interface Compute {
  readonly device: string;
  readonly threads: number;
  /** The program that the engine starts, where it does: another language's interpreter. */
  readonly program?: string | undefined;
  /** Of products; what learns stays float32. Default: "float32". */
  readonly dtype?: Dtype | undefined;
  /** Processes that train and answer together, each on a device of its own where there are several; default: 1. */
  readonly processes?: number | undefined;
  /** Nodes of a Slurm job that they are spread over; default: 1. */
  readonly nodes?: number | undefined;
  /** Examples that a process takes at a time, whose gradients add up to a step's; default: its whole part of a batch. */
  readonly micro_batch?: number | undefined;
  /** Whether activations are computed again on the way back and not kept: less memory, the same numbers. */
  readonly activation_checkpointing?: boolean | undefined;
}

/** Precisions of products. */
export const DTYPES = ["float32", "bfloat16"] as const;
/** One of them. */
export type Dtype = typeof DTYPES[number];

/**
 * An encoder's folders: one that the lab trained, with its vocabulary; a BERT or XLM-R in safetensors, which may read
 * numbers digit by digit; any other that Python's transformers opens (mT5, NLLB); or a graph as transformers.js reads it.
 */
export type EncoderFolder =
  | { readonly kind: "mini"; readonly encoder: string; readonly tokenizer: string }
  | { readonly kind: "bert"; readonly encoder: string; readonly digits?: "apart" | undefined }
  | { readonly kind: "transformers"; readonly encoder: string }
  | {
    readonly kind: "checkpoint";
    readonly encoder: string;
    readonly dtype: OnnxDtype;
    readonly graph: OnnxGraph;
  };

/** A system's models. */
export interface ModelFolders {
  /** A causal LLM in Hugging Face's layout. */
  readonly llm: string;
  /** Null where the LLM reads tokens alone. */
  readonly states: {
    readonly encoder: EncoderFolder;
    /** The file of the bridge, see `saveBridge` (`lib/model/bridge/file.ts`). */
    readonly bridge: string;
  } | null;
}

/** What the LLM reads before it writes. */
export interface Prompt {
  /** What the encoder reads, whose states come first through the bridge; null where the LLM reads tokens alone. */
  readonly text: string | null;
  /** The LLM's tokens: after the states if there are any, else all, bos included. */
  readonly ids: readonly number[];
}

/** A prompt and what is to be written after it: [target; eos]. */
export interface Example extends Prompt {
  readonly target: readonly number[];
}

/** A prompt with an answer that is to become likelier than another. */
export interface Preference extends Example {
  readonly rejected: readonly number[];
}

/**
 * What may learn: "lora" are low-rank adapters beside the frozen LLM, which is written with them merged; "aligner" and "gates"
 * are those of a second attention, which `fused/` alone computes.
 */
export type Trainable = "bridge" | "llm" | "lora" | "aligner" | "gates";

/** Low-rank adapters that learn. */
export interface Adapters extends LoraConfig {
  /** Of their first values. */
  readonly seed: number;
}

/** AdamW (betas 0.9 and 0.98) with a schedule over `steps` optimiser steps. */
export interface Schedule {
  readonly steps: number;
  readonly lr: number;
  readonly schedule: "constant" | "constant_with_warmup" | "cosine" | "linear";
  /** Share of the steps in which lr rises linearly from 0. */
  readonly warmup_ratio: number;
  /** Decoupled, of parameters with two dimensions or more. */
  readonly weight_decay: number;
}

/**
 * A training: plain JSON and folders. The loss is the token-mean negative log-likelihood of the targets, or that of direct
 * preference optimisation.
 */
export interface FitJob {
  readonly model: ModelFolders;
  readonly trains: readonly Trainable[];
  /** Where `trains` names "lora". */
  readonly adapters?: Adapters | undefined;
  readonly training: Schedule;
  /**
   * Prefers targets to rejected answers (arXiv:2305.18290, Eq. 7), against the model that the training begins with; `beta`
   * holds it near that one.
   */
  readonly dpo?: { readonly beta: number } | undefined;
  /** A file with an `Example`, or with `dpo` a `Preference`, a line (JSON). */
  readonly examples: string;
  /** The examples (lines from 0) of each optimiser step. */
  readonly order: readonly (readonly number[])[];
}

/** Numbers of a training that is under way; the lab, which knows no engine, has the same of any step. */
export interface Measured {
  readonly loss?: number | undefined;
  /** Of the texts that are read, padding aside. */
  readonly tokensPerSecond?: number | undefined;
}

/** What a training gets beside its job. */
export interface FitContext {
  /**
   * Where the model goes: `llm/` in Hugging Face's layout, `bridge.safetensors` where there is one, `adapter/` in peft's
   * where adapters learned, `loss.csv`.
   */
  readonly dir: string;
  /** Kept when the training is interrupted; it goes on from what it finds here. */
  readonly checkpointDir: string;
  readonly runtime: Compute;
  /** Called after each step; throws when the training is to stop. */
  progress(done: number, total: number, note?: string, measured?: Measured): void;
}

/** Mean loss over the first and the last tenth of a training's steps. */
export interface LossEnds {
  readonly first: number;
  readonly last: number;
}

/** Texts in, states out; an encoder alone, or through a bridge. */
export interface TextEncoder {
  readonly hidden_size: number;
  /** Longest input in tokens, boundary tokens included. */
  readonly max_tokens: number;
  /**
   * float32 [tokens, hidden_size] of each text, row-major, boundary tokens included; of a longer text its first
   * `max_tokens` (at most what the encoder can read, which is the default).
   */
  encode(texts: readonly string[], max_tokens?: number): Promise<Float32Array[]>;
  /** Tokens of a text, boundary tokens included, before anything is cut. */
  countTokens(text: string): number;
  /** What each token stands for by itself, before anything is cut; "" for boundary tokens. */
  pieces(text: string): string[];
  dispose(): Promise<void>;
}

/** How answers are drawn: every token from softmax(logits / temperature). */
export interface Sampling {
  /** Above 0. */
  readonly temperature: number;
  readonly seed: number;
  /** Of each prompt: with the seed it names the prompt's random stream. */
  readonly names: readonly string[];
}

/** A system that can be asked. */
export interface Answerer {
  /**
   * Continues every prompt, greedily unless it is to sample; ids without the stop token.
   * @param max_text_tokens the encoder reads at most so many tokens of each text
   */
  generate(
    prompts: readonly Prompt[],
    options: {
      readonly max_new_tokens: number;
      readonly stop_ids: readonly number[];
      readonly max_text_tokens?: number;
      readonly sampling?: Sampling;
    },
  ): Promise<readonly (readonly number[])[]>;
  /** Log-likelihood of each target after its prompt, summed over its tokens, in nats. */
  score(examples: readonly Example[]): Promise<readonly number[]>;
  dispose(): Promise<void>;
}

/** What computes. */
export interface Engine {
  readonly name: string;
  /** What its own processes have used so far: seconds of processor time, and bytes of memory at their highest. */
  used?(): { readonly cpu_s: number; readonly peak_bytes: number };
  /** Trains and writes the model; an interrupted job ends in the same bytes. */
  fit(job: FitJob, context: FitContext): Promise<LossEnds>;
  /** A system ready to be asked. */
  open(model: ModelFolders, compute: Compute): Promise<Answerer>;
  /**
   * An encoder ready to run.
   * @param layer whose states it gives, 0 for the embeddings; null: the last layer's
   * @throws {UserError} when its files cannot be used or do not give that layer's states
   */
  encoder(folder: EncoderFolder, compute: Compute, layer?: number | null): Promise<TextEncoder>;
  /** The same after the bridge, without boundary vectors: states float32 [tokens, d_lm]. */
  bridged(states: NonNullable<ModelFolders["states"]>, compute: Compute): Promise<TextEncoder>;
}

export type { BridgeConfig };
