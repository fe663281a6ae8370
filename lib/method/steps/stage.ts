/**
 * What the two stages have in common: texts go through the frozen encoder, and the modules that the stage names learn to
 * write what belongs to them. The stages differ in their pairs, their instruction and where they start.
 * @module
 */
import { UserError } from "../../errors.ts";
import type { Artifact, StepContext } from "../../lab/types.ts";
import { ASSEMBLED_TOKENS } from "../../model/assembly.ts";
import { stream } from "../../random.ts";
import { type EncoderSource, openEncoder } from "../encode.ts";
import { freshLift, type Lift, type LiftExample, loadLift, saveLift, trainLift } from "../lift.ts";
import { type Instruction, instructionIds, instructionText, targetIds } from "../prompts.ts";
import type { Recipe, Stage } from "../recipe.ts";
import { llamaOf } from "./pretrain_llm.ts";
import type { WorldInput } from "../worlds.ts";
import { tokenizerFiles, tokenizerOf } from "./tokenizers.ts";

/** The pre-trained parts and their vocabularies. */
export interface Parts {
  readonly llm: Artifact;
  readonly llm_tokenizer: Artifact;
  readonly encoder: EncoderSource;
}

/** What both stages are told. */
export interface StageInput extends Parts, WorldInput {
  readonly seed: number;
  readonly alignment_layer: Recipe["alignment_layer"];
  readonly instruction: Recipe["instruction"];
  readonly stage: Stage;
}

/** What a stage learns from. */
interface StageData {
  /** Names the stream that orders the examples. */
  readonly name: string;
  /** The encoder reads `source`, the LLM learns to write `target`. */
  readonly pairs: readonly {
    readonly source: string;
    readonly target: string;
    readonly instruction: Instruction;
  }[];
}

/** A fresh alignment layer on the pre-trained LLM: the same for a seed, whichever stage comes first. */
function freshStart({ alignment_layer, llm, seed }: StageInput, hidden_size: number): Lift {
  return freshLift(alignment_layer, hidden_size, llamaOf(llm), stream(seed, "alignment", "init"));
}

/**
 * Trains from what an earlier stage left, or else a fresh alignment layer, and writes the result into the step's folder.
 */
export async function trainStage(
  earlier: Artifact | null,
  { name, pairs }: StageData,
  inputs: StageInput,
  context: StepContext,
): Promise<{ loss: { first: number; last: number } }> {
  const { seed, stage } = inputs;
  const { states, hidden_size } = await encoded(pairs.map(({ source }) => source), inputs, context);
  const start = earlier === null ? freshStart(inputs, hidden_size) : loadLift(earlier.dir);
  const tokenizer = tokenizerOf(inputs.llm_tokenizer);
  const instructions = new Map(
    [...new Set(pairs.map(({ instruction }) => instruction))].map((name) =>
      [name, instructionIds(tokenizer, instructionText(inputs.instruction, name))] as const
    ),
  );
  const examples = pairs.map(({ target, instruction }, i) => ({
    hidden_states: states[i],
    instruction: instructions.get(instruction)!,
    target: targetIds(tokenizer, target),
  }));
  checkLengths(examples, start);
  const { lift, loss } = await trainLift(start, examples, stage, stream(seed, name, "order"), context);
  saveLift(context.dir, lift, tokenizerFiles(inputs.llm_tokenizer));
  return { loss };
}

/** @throws {UserError} when an example is longer than what the LLM can read */
function checkLengths(examples: readonly LiftExample[], { alignment, llm }: Lift): void {
  const tokens = examples.map(({ hidden_states, instruction, target }) =>
    hidden_states.length / alignment.config.d_enc + ASSEMBLED_TOKENS + instruction.length + target.length - 1
  );
  const longest = tokens.reduce((a, b) => Math.max(a, b), 0);
  const { max_position_embeddings: positions } = llm.config;
  if (longest <= positions) return;
  throw new UserError(
    `Cannot train: an example has ${longest} tokens, the LLM has ${positions} positions; lower the stage's max_chars`,
  );
}

async function encoded(texts: readonly string[], parts: Parts, { runtime }: StepContext) {
  const encoder = await openEncoder(parts.encoder, runtime);
  try {
    return { states: await encoder.encode(texts), hidden_size: encoder.hidden_size };
  } finally {
    await encoder.dispose();
  }
}
