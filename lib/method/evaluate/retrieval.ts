/**
 * Sentence retrieval as XTREME scores Tatoeba (Appendix E.1): one vector a sentence, and each English sentence looks for
 * its translation among all sentences of the other language. Knows nothing of where vectors and sentences come from.
 * @module
 */
import type { Answer, StepContext } from "../../lab/experiment/types.ts";
import { retrievalTop1 } from "../../metric/retrieval.ts";
import type { AskedSplit, TextPair, World } from "../../world/world.ts";

/** Texts in, one vector each out: float32 [size], for instance the mean of a text's states. */
export type Pool = (texts: readonly string[]) => Promise<Float32Array[]>;

/** Searches in each language and hands an answer a sentence to the step. */
export async function retrieveSentences(
  world: World,
  { benchmark, languages, items, split }: {
    readonly benchmark: string;
    readonly languages: readonly string[];
    /** Sentence pairs a language, if it has as many. */
    readonly items: number;
    readonly split: AskedSplit;
  },
  pool: Pool,
  context: StepContext,
): Promise<void> {
  for (const [done, lang] of languages.entries()) {
    context.progress(done, languages.length, `${benchmark} ${lang}`);
    context.signal.throwIfAborted();
    const pairs = world.retrieval(lang, { items, split });
    const english = await pool(pairs.map(({ source }) => source));
    const foreign = await pool(pairs.map(({ target }) => target));
    context.answers(retrievalAnswers(benchmark, lang, pairs, english, foreign));
  }
  context.progress(languages.length, languages.length);
}

/** The answer to an English sentence is the id of the pair whose other side is nearest; its own id is right. */
export function retrievalAnswers(
  benchmark: string,
  lang: string,
  pairs: readonly TextPair[],
  english: readonly Float32Array[],
  foreign: readonly Float32Array[],
): Answer[] {
  const { nearest } = retrievalTop1(flat(english), flat(foreign), english[0]!.length);
  return pairs.map(({ id, source }, i) => {
    const output = pairs[nearest[i]!]!.id;
    const correct = nearest[i] === i;
    return { benchmark, lang, item: id, prompt: source, output, extracted: output, gold: id, correct };
  });
}

function flat(vectors: readonly Float32Array[]): Float32Array {
  const size = vectors[0]!.length;
  const all = new Float32Array(vectors.length * size);
  vectors.forEach((vector, i) => all.set(vector, i * size));
  return all;
}
