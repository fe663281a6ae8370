/**
 * What a stage's sources drew, as the examples that an engine reads.
 * @module
 */
import { atLeast } from "../../checked.ts";
import type { Example, Preference, Prompt, TextEncoder } from "../../engine/mod.ts";
import { UserError } from "../../errors.ts";
import type { Artifact } from "../../lab/experiment/types.ts";
import type { LlmConfig } from "../../model/llm.ts";
import { writeNdjson } from "../../ndjson.ts";
import type { EncoderSource } from "../models/models.ts";
import type { Reader } from "../reader/reader.ts";
import { readPairs } from "../source/source.ts";

/** The answer alone, or the prompt before it as well: where the LLM reads tokens alone, all but their first. */
export const LOSS_ON = ["target", "row"] as const;
export type LossOn = typeof LOSS_ON[number];

/** What examples must not exceed. */
export interface ExampleLimits {
  /** Of the LLM. */
  readonly positions: number;
  /** That the LLM has embeddings of. */
  readonly ids: number;
  /** What the encoder reads of a text at most; null: of longer ones it may read the beginning. */
  readonly encoder_tokens: number | null;
}

/** What the examples must not exceed, of an LLM alone or behind an encoder. */
export function limitsOf(
  { max_position_embeddings, vocab_size }: LlmConfig,
  source: EncoderSource | undefined,
  encoder: TextEncoder | null,
): ExampleLimits {
  return {
    positions: max_position_embeddings,
    ids: vocab_size,
    // The lab's own vocabularies may spell a script in bytes; of such texts the encoder reads the beginning.
    encoder_tokens: encoder === null || source?.kind === "mini" ? null : encoder.max_tokens,
  };
}

/** An example or a preference. */
type Answered = Example & Partial<Pick<Preference, "rejected">>;

/**
 * Writes the examples, of which there may be more than memory holds, and says how many tokens each has.
 * @throws {UserError} when one is longer than what the LLM, or a real encoder, can read, or not of the LLM's vocabulary
 */
export function writeExamples(
  file: string,
  { pairs, loss }: { readonly pairs: readonly Artifact[]; readonly loss?: LossOn },
  reader: Reader,
  limits: ExampleLimits,
): number[] {
  const lengths: number[] = [];
  let [longest, highest, cut] = [0, 0, 0];
  function* examples(): Generator<Answered> {
    for (const { source, target, rejected, instruction } of pairs.values().flatMap(readPairs)) {
      const { prompt, length, isCut } = reader.read(source, instruction);
      const answers = [target, ...(rejected === undefined ? [] : [rejected])].map(reader.target);
      // Both answers of a preference are read.
      lengths.push(answers.reduce((sum, ids) => sum + length + ids.length, 0));
      // The last token of a target is written, not read.
      longest = Math.max(longest, ...answers.map((ids) => length + ids.length - 1));
      for (const ids of [prompt.ids, ...answers]) for (const id of ids) highest = Math.max(highest, id);
      if (isCut) cut += 1;
      const whole = exampleOf(prompt, answers);
      yield loss === "row" ? rowOf(whole) : whole;
    }
  }
  writeNdjson(file, examples());
  const { positions, ids: vocabulary, encoder_tokens } = limits;
  if (longest > positions) {
    throw new UserError(
      `Cannot train: an example has ${longest} tokens, the LLM has ${positions} positions; lower the stage's max_chars`,
    );
  }
  if (highest >= vocabulary) {
    throw new UserError(
      `Cannot train: the LLM's tokenizer gives id ${highest}, the LLM has ${vocabulary} tokens; take both from the ` +
        "same model",
    );
  }
  if (cut > 0 && encoder_tokens !== null) {
    throw new UserError(
      `Cannot train: the ends of ${cut} of ${lengths.length} texts would be lost, which are longer than the ` +
        `${encoder_tokens} tokens that the encoder reads; lower the stage's max_chars`,
    );
  }
  return lengths;
}

function exampleOf(prompt: Prompt, answers: readonly number[][]): Answered {
  const [target, rejected] = atLeast(answers, 1);
  return rejected === undefined ? { ...prompt, target } : { ...prompt, target, rejected };
}

/** The same tokens, of which the first alone is given. @throws {TypeError} where states come first */
function rowOf(example: Answered): Answered {
  if (example.text !== null) throw new TypeError("internal: a loss on whole rows is for tokens alone");
  const { ids, target } = example;
  return { ...example, ids: ids.slice(0, 1), target: [...ids.slice(1), ...target] };
}
