/**
 * What the engine benchmark measures: the sizes, and weights and tokens that are a function of position and salt alone,
 * so that every peer (bench/peers/pytorch.py has the same function) starts from the same numbers and must report the
 * same loss.
 * @module
 */

/** A GPT (pre-norm, learned positions, tanh GELU, no biases, untied head) and the AdamW step that trains it. */
export interface TrainWorkload {
  /** Hidden size; the feed-forward layer has four times as many units. */
  readonly width: number;
  readonly layers: number;
  readonly heads: number;
  readonly vocab: number;
  /** Tokens in a sequence. */
  readonly length: number;
  /** Sequences in a batch. */
  readonly batch: number;
  /** Standard deviation of the initial weights. */
  readonly std: number;
  readonly lr: number;
  /** Decoupled decay of matrices and embeddings; norms have none. */
  readonly weightDecay: number;
  /** Largest global gradient norm. */
  readonly clip: number;
  /** CPU threads for arithmetic. */
  readonly threads: number;
}

/** A Llama (RMSNorm, RoPE, SwiGLU, untied head) that decodes greedily with a KV cache. */
export interface DecodeWorkload {
  readonly width: number;
  readonly layers: number;
  readonly heads: number;
  readonly vocab: number;
  /** Units of the feed-forward layer. */
  readonly intermediate: number;
  readonly normEps: number;
  readonly ropeTheta: number;
  readonly std: number;
  readonly batch: number;
  readonly promptLength: number;
  readonly newTokens: number;
  readonly threads: number;
}

/** The 4.2M-parameter GPT of `../shared/reference/engine-facts.md`. */
export function trainWorkload(patch: Partial<TrainWorkload> = {}): TrainWorkload {
  return {
    width: 256,
    layers: 4,
    heads: 4,
    vocab: 2048,
    length: 128,
    batch: 16,
    std: 0.02,
    lr: 1e-3,
    weightDecay: 0.01,
    clip: 1,
    threads: navigator.hardwareConcurrency,
    ...patch,
  };
}

/** A GPT of 136M parameters with SmolLM2-135M's width, vocabulary and length of text: what scale `small` trains. */
export function largeWorkload(): TrainWorkload {
  return trainWorkload({ width: 576, layers: 20, heads: 9, vocab: 49_152, length: 80 });
}

/** A Llama of the same size (4.2M parameters), batch 32. Weights are large enough that no two logits nearly tie. */
export function decodeWorkload(patch: Partial<DecodeWorkload> = {}): DecodeWorkload {
  return {
    width: 256,
    layers: 4,
    heads: 4,
    vocab: 2048,
    intermediate: 688,
    normEps: 1e-5,
    ropeTheta: 10000,
    std: 0.06,
    batch: 32,
    promptLength: 16,
    newTokens: 96,
    threads: navigator.hardwareConcurrency,
    ...patch,
  };
}

/** The `count` integers in [0, 2^32) that belong to `salt` (a multiplicative hash of the position). */
function hashed(count: number, salt: number): Uint32Array {
  const out = new Uint32Array(count);
  for (let i = 0; i < count; i++) {
    let x = Math.imul(i, 2654435761) + salt * 40503 + 12345;
    x = Math.imul(x ^ (x >>> 16), 0x45d9f3b);
    x = Math.imul(x ^ (x >>> 16), 0x45d9f3b);
    out[i] = x ^ (x >>> 16);
  }
  return out;
}

/** `count` float32 weights, uniform around 0 with standard deviation `std`. */
export function uniform(count: number, salt: number, std: number): Float32Array<ArrayBuffer> {
  const bits = hashed(count, salt);
  const out = new Float32Array(count);
  for (let i = 0; i < count; i++) out[i] = (bits[i]! / 2 ** 32 * 2 - 1) * std * Math.sqrt(3);
  return out;
}

/** `count` token ids in [0, vocab). */
export function tokens(count: number, salt: number, vocab: number): Int32Array<ArrayBuffer> {
  return Int32Array.from(hashed(count, salt), (x) => x % vocab);
}

/** A parameter of the GPT: name, shape and initial values; one-dimensional ones are norm weights. */
export interface Weight {
  readonly name: string;
  readonly shape: readonly number[];
  readonly data: Float32Array<ArrayBuffer>;
}

/** The GPT's parameters; matrices are (in, out). */
export function gptWeights(w: TrainWorkload): Weight[] {
  const d = w.width;
  const matrix = (name: string, shape: number[], salt: number): Weight => ({
    name,
    shape,
    data: uniform(shape[0]! * shape[1]!, salt, w.std),
  });
  const norm = (name: string): Weight => ({ name, shape: [d], data: new Float32Array(d).fill(1) });
  const block = (layer: number): Weight[] => {
    const salt = 10 * (layer + 1);
    const at = `layers.${layer}`;
    return [
      norm(`${at}.norm1`),
      matrix(`${at}.q`, [d, d], salt),
      matrix(`${at}.k`, [d, d], salt + 1),
      matrix(`${at}.v`, [d, d], salt + 2),
      matrix(`${at}.out`, [d, d], salt + 3),
      norm(`${at}.norm2`),
      matrix(`${at}.up`, [d, 4 * d], salt + 4),
      matrix(`${at}.down`, [4 * d, d], salt + 5),
    ];
  };
  return [
    matrix("embedding", [w.vocab, d], 1),
    matrix("position", [w.length, d], 2),
    ...Array.from({ length: w.layers }, (_, layer) => block(layer)).flat(),
    norm("norm"),
    matrix("head", [d, w.vocab], 3),
  ];
}

/** The one batch that every step trains on: ids and targets, (batch * length) each. */
export function trainBatch(
  w: TrainWorkload,
): { ids: Int32Array<ArrayBuffer>; targets: Int32Array<ArrayBuffer> } {
  const count = w.batch * w.length;
  return { ids: tokens(count, 100, w.vocab), targets: tokens(count, 101, w.vocab) };
}
