/**
 * A softmax over some of the vocabulary: the ids that a batch's targets are, and others by chance beside them (Jean et
 * al., 2015, arXiv:1412.2007). Most of a small encoder's pre-training is otherwise the product with its vocabulary.
 * @module
 */
import type { Stream } from "../../random.ts";
import { add, type Feeds, input, int32, matmul, reshape, selectRows, type Tensor } from "../../tensor/mod.ts";

/** The graph's candidates of a loss called `name`: int32 [C], distinct ids. */
export function candidateInput(name: string): Tensor {
  return input(`${name}.candidates`, [`C_${name}`], "int32");
}

/**
 * Logits of the candidates alone.
 * @param states float32 [N, d]
 * @param weight float32 [vocab_size, d], and `bias` float32 [vocab_size]
 * @param candidates int32 [C]; undefined: the whole vocabulary
 * @returns float32 [N, C], or [N, vocab_size]
 */
export function candidateLogits(
  states: Tensor,
  { weight, bias }: { readonly weight: Tensor; readonly bias?: Tensor },
  candidates: Tensor | undefined,
): Tensor {
  const product = (rows: Tensor) => matmul(states, rows, { transB: true });
  if (candidates === undefined) return bias === undefined ? product(weight) : add(product(weight), bias);
  const logits = product(selectRows(weight, candidates));
  if (bias === undefined) return logits;
  const own = selectRows(reshape(bias, [bias.shape[0]!, 1]), candidates);
  return add(logits, reshape(own, [candidates.shape[0]!]));
}

/** Whether a vocabulary is larger than what its softmax may run over. */
export function isNarrowed(vocabSize: number, candidates: number | null): candidates is number {
  return candidates !== null && candidates < vocabSize;
}

/**
 * The feeds of a loss on targets, its targets as places among `count` candidates: the targets' own ids in the order in which
 * they come, then others, drawn.
 * @param feeds `targets` int32 [N]: ids
 */
export function narrowed<F extends Feeds>(feeds: F, vocabSize: number, count: number, s: Stream): Feeds {
  const place = new Map<number, number>();
  const placeOf = (id: number) => {
    const at = place.get(id) ?? place.size;
    place.set(id, at);
    return at;
  };
  const ids = feeds.targets!.data as Int32Array;
  const targets = Array.from(ids, placeOf);
  while (place.size < count) placeOf(s.int(0, vocabSize - 1));
  const candidates = [...place.keys()];
  return {
    ...feeds,
    targets: int32(targets, [targets.length]),
    candidates: int32(candidates, [candidates.length]),
  };
}
