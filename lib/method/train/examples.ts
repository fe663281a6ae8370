/**
 * What a stage's sources drew, as the examples that an engine reads.
 * @module
 */
import type { Example } from "../../engine/mod.ts";
import { UserError } from "../../errors.ts";
import type { Artifact } from "../../lab/experiment/types.ts";
import { writeNdjson } from "../../ndjson.ts";
import type { Reader } from "../reader/reader.ts";
import { readPairs } from "../source/source.ts";

/** What examples must not exceed. */
export interface ExampleLimits {
  /** Of the LLM. */
  readonly positions: number;
  /** That the LLM has embeddings of. */
  readonly ids: number;
  /** What the encoder reads of a text at most; null: of longer ones it may read the beginning. */
  readonly encoder_tokens: number | null;
}

/**
 * Writes the examples, of which there may be more than memory holds, and says how many tokens each has.
 * @throws {UserError} when one is longer than what the LLM, or a real encoder, can read, or not of the LLM's vocabulary
 */
export function writeExamples(
  file: string,
  pairs: readonly Artifact[],
  reader: Reader,
  { positions, ids: vocabulary, encoder_tokens }: ExampleLimits,
): number[] {
  const lengths: number[] = [];
  let [longest, highest, cut] = [0, 0, 0];
  function* examples(): Generator<Example> {
    for (const { source, target: text, instruction } of pairs.values().flatMap(readPairs)) {
      const { prompt, length, isCut } = reader.read(source, instruction);
      const target = reader.target(text);
      lengths.push(length + target.length);
      // The last token of a target is written, not read.
      longest = Math.max(longest, length + target.length - 1);
      for (const id of [...prompt.ids, ...target]) highest = Math.max(highest, id);
      if (isCut) cut += 1;
      yield { ...prompt, target };
    }
  }
  writeNdjson(file, examples());
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
