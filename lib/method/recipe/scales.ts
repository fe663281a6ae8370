/**
 * LinguaLIFT's recipe at its scales: one recipe, other numbers. `micro` is the recipe as it stands; the sizes follow from
 * two cores and minutes, the rest from the paper (A.4) where it can be carried over.
 * @module
 */
import type { Patch, Scale } from "../../lab/experiment/types.ts";
import { LORA_TARGETS } from "../../model/llama/lora_targets.ts";
import type { Recipe } from "./fields.ts";
import { FULL } from "./published.ts";

/** The recipe at scale `micro`. */
export const MICRO: Recipe = {
  llm: {
    checkpoint: null,
    tokenizer: "folder",
    vocab_size: 1024,
    hidden_size: 128,
    intermediate_size: 352,
    num_hidden_layers: 4,
    num_attention_heads: 4,
    num_key_value_heads: 4,
    pretrain: {
      seed: 1,
      documents: 250_000,
      translation: 0.1,
      copy: 0.15,
      random_copy: 0.15,
      arithmetic: 0.3,
      length: 128,
      steps: 5500,
      batch_size: 24,
      lr: 3e-3,
      schedule: "cosine",
      warmup_ratio: 0.05,
      weight_decay: 0.01,
    },
  },
  encoder: {
    checkpoint: null,
    dtype: null,
    digits: "pieces",
    vocab_size: 16_384,
    hidden_size: 128,
    intermediate_size: 384,
    num_hidden_layers: 3,
    num_attention_heads: 4,
    whitened: true,
    pretrain: {
      seed: 1,
      // As LaBSE, the paper's best for low-resource languages (E.5), and as SONAR (arXiv:2308.11466) by translating.
      mlm: 0.7,
      tlm: 0.3,
      contrastive: 0.3,
      translation: 1,
      denoising: 0,
      mask_ratio: 0.3,
      predict: "all",
      candidates: 2048,
      text_by_level: { high: 1, medium: 1, low: 1 },
      // Low-resource languages are known from their text, and hardly from a translation, as in real encoders.
      pairs_by_level: { high: 4, medium: 2, low: 0.25 },
      steps: 3000,
      batch_size: 48,
      lr: 3e-3,
      schedule: "cosine",
      warmup_ratio: 0.05,
      weight_decay: 0.01,
    },
  },
  // Ratio: the paper's analysis finds 80 % as good as parallel text (Section 6.2).
  code_switch: {
    ratio: 0.8,
    pos: null,
    stop_words: "switch",
    choice: "sample",
    languages: "all",
    lexicon: "gold",
  },
  align_data: { text: "code_switched", english: "text", task_share: 0 },
  bridge: "mlp2",
  bridge_start: { weights: "random", standardised: false },
  instruction: "paper",
  // Nothing has adapters unless a stage says so; rank and alpha are common ones.
  lora: { rank: 16, alpha: 32, targets: [...LORA_TARGETS], magnitude: false },
  task: "math",
  task_data: "world",
  translation_noise: null,
  task_answers: "explained",
  // Constant lr without warm-up as in the paper and the release; lr itself is ours (a mini LLM's embeddings are small).
  align: {
    train: ["bridge"],
    examples: 38_400,
    max_chars: null,
    steps: 2400,
    batch_size: 16,
    lr: 2e-3,
    schedule: "constant",
    warmup_ratio: 0,
    weight_decay: 0,
  },
  // Cosine, warm-up 0.05 and weight decay 0.01 as in the paper; lr is ours (2e-5 is for 7 billion parameters).
  // Steps count for more than examples, and fewer leave English unsolved (docs/log.md, "Solutions that say whose number").
  transfer: {
    train: ["llm"],
    examples: 28_800,
    max_chars: null,
    steps: 1800,
    batch_size: 16,
    lr: 1e-3,
    schedule: "cosine",
    warmup_ratio: 0.05,
    weight_decay: 0.01,
  },
  budget: "equal",
  evaluation: {
    split: "test",
    items: 200,
    fewer_items: { mgsm: null, msvamp: null },
    batch_size: 50,
    max_new_tokens: 64,
    extraction: "release",
    retrieval_items: 200,
  },
};

const TINY = { hidden_size: 32, intermediate_size: 64, num_hidden_layers: 1, num_attention_heads: 2 };

/** The fields that have other numbers at other scales. */
export const SCALED = [
  ...["llm", "encoder", "bridge_start", "code_switch", "align_data", "task_data"] as const,
  ...["align", "transfer", "budget", "evaluation"] as const,
] as const;

/** A bridge that a few hundred steps are enough for. */
const CLOSED_FORM = { weights: "ridge", standardised: true } as const;

const PATCHES: Readonly<Record<Scale, Patch<Recipe>>> = {
  smoke: {
    llm: {
      ...TINY,
      num_key_value_heads: 2,
      vocab_size: 512,
      pretrain: { documents: 2000, steps: 30, batch_size: 8, length: 64 },
    },
    encoder: { ...TINY, vocab_size: 1000, pretrain: { steps: 20, batch_size: 8 } },
    align: { examples: 160, steps: 10, batch_size: 16 },
    transfer: { examples: 160, steps: 10, batch_size: 16 },
    evaluation: { items: 6, batch_size: 6, max_new_tokens: 12, retrieval_items: 12 },
  },
  // docs/log.md, "A first look in two minutes".
  demo: {
    bridge_start: CLOSED_FORM,
    align: { examples: 4096, steps: 256 },
    transfer: { examples: 3072, steps: 768, batch_size: 4, lr: 2e-3 },
    evaluation: { items: 40 },
  },
  micro: {},
  // Two real models that `deno task models get` brings. The start is what they need (`../shared/reference/real-models.md`):
  // a contrastive encoder's states all point one way, and a few hundred steps do not get a random bridge anywhere.
  small: {
    llm: { checkpoint: "SmolLM2-135M-Instruct" },
    encoder: { checkpoint: "multilingual-e5-small" },
    bridge_start: CLOSED_FORM,
    align: {
      ...{ examples: 6400, max_chars: 320, steps: 400, batch_size: 16 },
      ...{ lr: 1e-3, schedule: "cosine", warmup_ratio: 0.05 },
    },
    // lr: docs/log.md, "Real models: how fast stage 2 learns".
    transfer: { examples: 5120, max_chars: 240, steps: 320, batch_size: 16, lr: 2e-4 },
    // Problems of several steps stay near zero at this size, and take longest.
    evaluation: {
      ...{ items: 480, fewer_items: { mgsm: 50, msvamp: 100 } },
      ...{ batch_size: 32, retrieval_items: 50 },
    },
  },
  full: FULL,
};

const LONGER = { align: { max_chars: 500 }, transfer: { max_chars: 500 } };

/** Real problems are longer than those of the mini world, and the LLM there is a real one from `smoke` on. */
const OPEN: Readonly<Partial<Record<Scale, Patch<Recipe>>>> = {
  smoke: {
    llm: { checkpoint: "stories15M", tokenizer: "llama2" },
    align: { examples: 16, max_chars: 200, steps: 2, batch_size: 8 },
    transfer: { examples: 16, max_chars: 250, steps: 2, batch_size: 8 },
    evaluation: { items: 2, batch_size: 2, max_new_tokens: 8, retrieval_items: 20 },
  },
  demo: LONGER,
  micro: LONGER,
  // Problems of one step, which a small LLM can solve, and other languages' words from dictionaries alone: what is asked in
  // a language without one shows what the encoder knew.
  small: {
    code_switch: { languages: "dictionary" },
    align_data: { english: "questions" },
    task_data: "multimwp",
  },
};

/** The scales of a method whose recipe has these of LinguaLIFT's fields, of the same types. */
export function scales<R>(fields: readonly (keyof Recipe & keyof R)[]): Partial<Record<Scale, Patch<R>>> {
  return picked(PATCHES, fields);
}

/** What a world needs otherwise at a scale, for such a method. */
export function worldScales<R>(
  fields: readonly (keyof Recipe & keyof R)[],
): Record<string, Partial<Record<Scale, Patch<R>>>> {
  return { open: picked(OPEN, fields) };
}

function picked<R>(
  patches: Readonly<Partial<Record<Scale, Patch<Recipe>>>>,
  fields: readonly (keyof Recipe & keyof R)[],
): Partial<Record<Scale, Patch<R>>> {
  const pick = (patch: Patch<Recipe>) =>
    Object.fromEntries(fields.filter((field) => field in patch).map((field) => [field, patch[field]]));
  return Object.fromEntries(
    Object.entries(patches).map(([scale, patch]) => [scale, pick(patch)]),
  ) as Partial<Record<Scale, Patch<R>>>;
}
