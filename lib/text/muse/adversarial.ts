/**
 * A mapping between two languages' word vectors learned without a dictionary (Lample et al. 2018, Section 2.1): a
 * discriminator learns to tell mapped source words from target words, the mapping learns to fool it, and after every
 * step it is pulled towards an orthogonal matrix. As `src/trainer.py` and `unsupervised.py` of MUSE @3159355 do it: plain
 * SGD, the learning rate of the mapping falls every epoch and is halved from the second epoch on that is worse than
 * the best one, and the epoch with the best unsupervised criterion is kept.
 * @module
 */
import type { Stream } from "../../random.ts";
import { compile, dropoutMask, type Feeds, float32, float32Data, type Session } from "../../tensor/mod.ts";
import { adversarialStep, discriminatorShapes } from "./adversarial_graph.ts";
import type { Adversarial } from "./adversarial_settings.ts";
import type { SearchOptions } from "./neighbours.ts";
import { type Candidate, identity, judged, type Mapping } from "./procrustes.ts";
import type { WordVectors } from "./word_vectors.ts";

/** An epoch: the mapping after it, its criterion, the discriminator's mean loss and the mapping's rate in it. */
export interface Epoch extends Candidate {
  readonly disLoss: number;
  readonly lr: number;
}

/** What a training is told besides its settings. */
export interface Circumstances extends SearchOptions {
  /** Where the mapping begins; default: the identity, as in MUSE. */
  readonly start?: Mapping;
  /** Called after every step; may throw to stop. */
  progress?(step: number, steps: number): void;
}

/** Plays the game; the epochs in order, each with its mapping. */
export async function adversarialEpochs(
  source: WordVectors,
  target: WordVectors,
  settings: Adversarial,
  random: Stream,
  circumstances: Circumstances = {},
): Promise<Epoch[]> {
  const { dim } = source;
  const steps = Math.ceil(settings.epoch_size / settings.batch_size);
  const total = settings.epochs * steps;
  const { device = "cpu", threads } = circumstances;
  const session = await compile(adversarialStep(dim, settings), { device, threads });
  let parameters = initial(dim, settings, random, circumstances.start ?? identity(dim));
  const found: Epoch[] = [];
  let lr = settings.lr;
  let hasWorsened = false;
  try {
    for (let epoch = 0; epoch < settings.epochs; epoch++) {
      let disLoss = 0;
      for (let step = 0; step < steps; step++) {
        const results = await session.run({
          ...parameters,
          ...batches(source, target, settings, random),
          "map.lr": float32([lr], []),
        });
        disLoss += float32Data(results.dis_loss!)[0]! / steps;
        parameters = next(session, results);
        circumstances.progress?.(epoch * steps + step + 1, total);
      }
      const mapping = float32Data(parameters.mapping!).slice();
      if (mapping.some((x) => !Number.isFinite(x))) throw new Error("The mapping is not finite; lower lr");
      const candidate = await judged(source, target, mapping, circumstances);
      const before = found.reduce((top, { criterion }) => Math.max(top, criterion), -Infinity);
      found.push({ ...candidate, disLoss, lr });
      lr = Math.max(settings.min_lr, lr * settings.lr_decay);
      if (candidate.criterion < before) {
        if (hasWorsened) lr *= settings.lr_shrink;
        hasWorsened = true;
      }
    }
  } finally {
    await session.dispose();
  }
  return found;
}

/** PyTorch's start of a linear layer, which MUSE does not change: uniform within 1 / sqrt(inputs). */
function initial(dim: number, settings: Adversarial, random: Stream, start: Mapping): Feeds {
  const parameters: Record<string, Feeds[string]> = { mapping: float32(start, [dim, dim]) };
  for (const [name, { shape, inputs }] of Object.entries(discriminatorShapes(dim, settings))) {
    const bound = 1 / Math.sqrt(inputs);
    const size = shape.reduce((a, b) => a * b, 1);
    const values = Float32Array.from({ length: size }, () => (2 * random.uniform() - 1) * bound);
    parameters[name] = float32(values, shape);
  }
  return parameters;
}

function next(session: Session, results: Feeds): Feeds {
  const names = [...session.outputs.keys()].filter((name) => name.startsWith("next."));
  return Object.fromEntries(names.map((name) => [name.slice("next.".length), results[name]!]));
}

/** Words for all batches of one step, each language's drawn alike from its most frequent ones, and dropout masks. */
function batches(source: WordVectors, target: WordVectors, settings: Adversarial, random: Stream): Feeds {
  const { dim } = source;
  const { batch_size, dis_steps, dis_dropout, dis_most_frequent } = settings;
  const rows = (dis_steps + 1) * batch_size;
  const draw = ({ words, data }: WordVectors) => {
    const last = Math.min(dis_most_frequent, words.length) - 1;
    const out = new Float32Array(rows * dim);
    for (let row = 0; row < rows; row++) {
      const id = random.int(0, last);
      out.set(data.subarray(id * dim, (id + 1) * dim), row * dim);
    }
    return float32(out, [rows, dim]);
  };
  return {
    source: draw(source),
    target: draw(target),
    keep: dropoutMask(random, dis_dropout, [dis_steps * 2 * batch_size, dim]),
  };
}
