/**
 * Direct preference optimisation (Rafailov et al., arXiv:2305.18290, Eq. 7; code eric-mitchell/direct-preference-optimization
 * f8b8c0f, `preference_loss`): an answer is to become likelier than another by more than it was for the model that the
 * training begins with, the reference.
 * @module
 */
import {
  cast,
  type Feeds,
  float32,
  input,
  less,
  matmul,
  mean,
  mul,
  neg,
  reshape,
  scalar,
  softplus,
  sub,
  type Tensor,
} from "../../tensor/mod.ts";
import type { Compute } from "../engine.ts";
import type { Models, ReadGraph } from "./graph.ts";
import { exampleFeeds, openScorer, type ReadExample } from "./likelihood.ts";

/** A preference whose text the encoder has read. */
export interface ReadPreference extends ReadExample {
  readonly rejected: readonly number[];
}

/** A loss, and what is reported beside it. */
export interface DpoLoss {
  readonly loss: Tensor;
  /**
   * Means over the pairs: log-likelihood of the chosen and the rejected answers (both may fall: only their difference is
   * learned), by how much that difference is above the reference's, in nats, and the share of pairs where it is.
   */
  readonly metrics: Readonly<Record<"chosen" | "rejected" | "margin" | "preferred", Tensor>>;
}

/**
 * -log sigmoid(beta (margin - reference margin)), where a margin is the chosen answer's log-likelihood, summed over its
 * tokens, less the rejected one's; the mean over the pairs.
 * @param nll float32 [N], of the tokens of a batch's answers
 */
export function dpoLoss(nll: Tensor, beta: number): DpoLoss {
  const ofChosen = input("chosen_tokens", ["P", "N"]);
  const ofRejected = input("rejected_tokens", ["P", "N"]);
  const reference = input("reference", ["P"]);
  const summed = (tokens: Tensor) => neg(reshape(matmul(tokens, reshape(nll, ["N", 1])), ["P"]));
  const [chosen, rejected] = [summed(ofChosen), summed(ofRejected)];
  const margin = sub(sub(chosen, rejected), reference);
  return {
    loss: mean(softplus(mul(margin, -beta))),
    metrics: {
      chosen: mean(chosen),
      rejected: mean(rejected),
      margin: mean(margin),
      preferred: mean(cast(less(scalar(0), margin), "float32")),
    },
  };
}

/** A batch of preferences as feeds of `dpoLoss`. @param reference the margin of each under the reference, in nats */
export function dpoFeeds(
  graph: ReadGraph,
  batch: readonly ReadPreference[],
  reference: readonly number[],
): Feeds {
  const answers = answersOf(batch);
  const lengths = answers.map(({ target }) => target.length);
  const total = lengths.reduce((a, b) => a + b, 0);
  const ends = lengths.map((_, i) => lengths.slice(0, i + 1).reduce((a, b) => a + b, 0));
  const tokensOf = (first: number) => {
    const rows = new Float32Array(batch.length * total);
    batch.forEach((_, i) => {
      const end = ends[first + i]!;
      rows.fill(1, i * total + end - lengths[first + i]!, i * total + end);
    });
    return float32(rows, [batch.length, total]);
  };
  return {
    ...exampleFeeds(graph, answers),
    chosen_tokens: tokensOf(0),
    rejected_tokens: tokensOf(batch.length),
    reference: float32([...reference], [batch.length]),
  };
}

/** The margin of each preference under the models as they are: computed once, before anything is learned. */
export async function referenceMargins(
  models: Models,
  preferences: readonly ReadPreference[],
  compute: Compute,
): Promise<number[]> {
  const scorer = await openScorer(models, compute);
  try {
    const margins: number[] = [];
    for (let at = 0; at < preferences.length; at += PAIRS) {
      const batch = preferences.slice(at, at + PAIRS);
      const scores = await scorer.score(answersOf(batch));
      margins.push(...batch.map((_, i) => scores[i]! - scores[batch.length + i]!));
    }
    return margins;
  } finally {
    await scorer.dispose();
  }
}

/** Pairs that are scored at once. */
const PAIRS = 16;

/** The chosen answers of a batch, then the rejected ones. */
function answersOf(batch: readonly ReadPreference[]): ReadExample[] {
  return [...batch, ...batch.map((one) => ({ ...one, target: one.rejected }))];
}
