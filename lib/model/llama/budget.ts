/**
 * What training a Llama model takes, before it is tried: memory from the sizes in its configuration, time from the
 * usual 6 floating-point operations per parameter and token (Kaplan et al., 2020, arXiv:2001.08361, section 2.1).
 * Estimates, good to about a factor of two; they keep a 7-billion model from being started on a laptop.
 * @module
 */
import { UserError } from "../../errors.ts";
import { countParameters } from "../parameters.ts";
import { type LlamaConfig, llamaParameterShapes } from "./config.ts";

/** A training as far as its cost depends on it. */
export interface TrainingSize {
  /** Whether the LLM itself learns; else gradients only pass through it. */
  readonly trainsLlm: boolean;
  readonly steps: number;
  readonly batch_size: number;
  /** Tokens of a row. */
  readonly length: number;
}

/** What a training takes. */
export interface TrainingCost {
  readonly parameters: number;
  readonly bytes: number;
  readonly seconds: number;
}

/** The machine that should train. */
export interface Machine {
  readonly bytes: number;
  readonly threads: number;
}

/**
 * Floating-point operations a second and thread in float32, a guess on the careful side: `deno task bench engine` trains
 * a GPT of 4.2 million parameters at 4,850 tokens/s on two threads, which is 61e9 a thread; small models reach less.
 */
const FLOPS = 25e9;

/** The number of parameters of a configuration. */
export function parameterCount(config: LlamaConfig): number {
  return countParameters(llamaParameterShapes(config));
}

/** Memory and time of a training in float32 with AdamW on `threads` threads. */
export function trainingCost(config: LlamaConfig, training: TrainingSize, threads: number): TrainingCost {
  const parameters = parameterCount(config);
  const tokens = training.batch_size * training.length;
  // Weights here and in the runtime; then gradient, both moments and the updated copy of what learns.
  const perParameter = 4 * (2 + (training.trainsLlm ? 4 : 0));
  const { hidden_size: d, intermediate_size: f, num_attention_heads: heads } = config;
  const perToken = config.num_hidden_layers * (12 * d + 4 * f + 3 * heads * training.length);
  // Logits, their logarithm and its gradient, of the half of the tokens that are targets.
  const perTarget = 3 * config.vocab_size;
  const bytes = parameters * perParameter + 4 * tokens * perToken + 4 * tokens / 2 * perTarget;
  // Without gradients of the weights a third of the work falls away.
  const flops = (training.trainsLlm ? 6 : 4) * parameters * tokens * training.steps;
  return { parameters, bytes, seconds: flops / (FLOPS * threads) };
}

/**
 * @param name of the model, for the message
 * @throws {UserError} with the estimate when the training does not fit into the machine's memory
 */
export function checkTrainable(
  name: string,
  config: LlamaConfig,
  training: TrainingSize,
  machine: Machine,
): void {
  const { parameters, bytes, seconds } = trainingCost(config, training, machine.threads);
  if (bytes <= machine.bytes) return;
  throw new UserError(
    `Cannot train "${name}" on this machine: its ${billions(parameters)} parameters take about ${
      gib(bytes)
    } of ` +
      `memory, the machine has ${
        gib(machine.bytes)
      }; ${training.steps} steps of ${training.batch_size} rows would ` +
      `take about ${
        duration(seconds)
      } on ${machine.threads} threads. Use a smaller model, or a larger machine`,
  );
}

/** This machine: its memory and its cores. Needs `--allow-sys=systemMemoryInfo`. */
export function thisMachine(): Machine {
  return { bytes: Deno.systemMemoryInfo().total, threads: navigator.hardwareConcurrency };
}

function billions(n: number): string {
  return n >= 1e9 ? `${(n / 1e9).toFixed(1)} billion` : `${(n / 1e6).toFixed(1)} million`;
}

function gib(bytes: number): string {
  return `${(bytes / 2 ** 30).toFixed(1)} GiB`;
}

function duration(seconds: number): string {
  const units = [["days", 86400], ["hours", 3600], ["minutes", 60]] as const;
  const [unit, size] = units.find(([, size]) => seconds >= 2 * size) ?? ["seconds", 1];
  return `${Math.round(seconds / size)} ${unit}`;
}
