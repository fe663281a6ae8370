/**
 * The numbers of scale `full`: what the release of each system trains it with, or its paper where the release is silent,
 * beside the line that says where from. LinguaLIFT's own paper and release disagree in epochs, batches and warm-up
 * (data/paper/settings.csv): `full` follows the release, on the whole of MetaMathQA as the paper's Table 5 has it. "Ours"
 * marks what neither says. Lengths: examples are not cut; MetaMathQA's are shorter than the release's 1,280 tokens.
 * @module
 */
import type { Patch } from "../../lab/experiment/types.ts";
import type { Recipe, StageNumbers } from "./fields.ts";

/** A stage that sees its examples `epochs` times. */
function stage(
  { examples, epochs, ...training }: Omit<StageNumbers, "steps" | "max_chars"> & { readonly epochs: number },
): StageNumbers {
  const { batch_size } = training;
  return { ...training, examples, steps: Math.ceil(examples * epochs / batch_size), max_chars: null };
}

/** AzureStarz/LinguaLIFT@61a03b8 LLaMA-Factory/examples/1st-stage.yaml, on 8 devices; its data path is blank: ours. */
const LANGUAGE_ALIGN = stage({
  ...{ examples: 395_000, epochs: 1, batch_size: 512 },
  ...{ lr: 6e-4, schedule: "constant", warmup_ratio: 0, weight_decay: 0 },
});

/** 2nd-stage.yaml there, on 8 devices. */
const TASK_TRANSFER = stage({
  ...{ examples: 395_000, epochs: 1, batch_size: 256 },
  ...{ lr: 2e-5, schedule: "cosine", warmup_ratio: 0.03, weight_decay: 0.01 },
});

/** LinguaLIFT on the models and data of the paper's main tables (Sections 5.1 and 5.3). */
export const FULL: Patch<Recipe> = {
  llm: { checkpoint: "meta-llama/Llama-2-7b-hf" },
  encoder: { checkpoint: "DKYoon/mt5-xl-lm-adapt" },
  // Ours: the English that is switched is neither published nor named, and real dictionaries are MUSE's.
  code_switch: { languages: "dictionary" },
  align_data: { english: "questions" },
  task_data: "metamathqa",
  align: LANGUAGE_ALIGN,
  transfer: TASK_TRANSFER,
  budget: "published",
  evaluation: {
    // Whole benchmarks; XTREME's Tatoeba has 1,000 sentences at most.
    ...{ items: 5010, retrieval_items: 1000 },
    // lm-evaluation-harness/lm_eval/models/langbridge.py there; batches are ours, which change no answer.
    ...{ max_new_tokens: 1024, batch_size: 32 },
  },
};

/** The larger LLM of Appendix E.3. */
export const LLAMA_2_13B: Patch<Recipe> = { llm: { checkpoint: "meta-llama/Llama-2-13b-hf" } };
/** The other one there. */
export const MISTRAL_7B: Patch<Recipe> = { llm: { checkpoint: "mistralai/Mistral-7B-v0.1" } };

/** Mono-SFT as MetaMath: meta-math/MetaMath@fe667b1, run_mistral.sh's Llama-2 numbers; 4 x 4 x 8. */
export const METAMATH = stage({
  ...{ examples: 395_000, epochs: 3, batch_size: 128 },
  ...{ lr: 2e-5, schedule: "cosine", warmup_ratio: 0.03, weight_decay: 0 },
});

/** Multi-SFT: microsoft/MathOctopus@4d385db, 4 x 8 x 4; the rows of Table 5. */
export const MATHOCTOPUS = stage({
  ...{ examples: 73_599, epochs: 3, batch_size: 128 },
  ...{ lr: 2e-5, schedule: "cosine", warmup_ratio: 0, weight_decay: 0 },
});

/** MAPO-DPO: NJUNLP/MAPO@2c4227a; 100 of 1,000 steps warm up; its 0.05 of decay is never passed on. */
export const MAPO = {
  ...stage({
    ...{ examples: 256_000, epochs: 1, batch_size: 256 },
    ...{ lr: 1e-6, schedule: "cosine", warmup_ratio: 0.1, weight_decay: 0 },
  }),
  // At most 19,200 prompts in ten languages; of a question all pairs of 20 answers.
  ...{ beta: 0.1, questions: 1920, samples: 20, temperature: 0.8, pairs_a_question: 190 },
};

/** QAlign's first stage: NJUNLP/QAlign@a65ee63, 2 x 8 x 8, the questions of MGSM8KInstruct's nine other languages. */
export const QALIGN = stage({
  ...{ examples: 66_126, epochs: 3, batch_size: 128 },
  ...{ lr: 2e-5, schedule: "cosine", warmup_ratio: 0.03, weight_decay: 0 },
});

/** LangBridge: kaistAI/LangBridge@4f43fb2, 4 x 8 x 4, DKYoon/metamath-200k. */
export const LANGBRIDGE = stage({
  ...{ examples: 200_000, epochs: 1, batch_size: 128 },
  ...{ lr: 6e-4, schedule: "constant", warmup_ratio: 0, weight_decay: 0 },
});

/** LayAlign's stages: davidguzmanr/LayAlign@9c78716; MindMerger's data, of which 3,000 pairs are kept to choose by. */
const OF_LAYALIGN = { schedule: "cosine", warmup_ratio: 0.05, weight_decay: 3e-7 } as const;
export const LAYALIGN = {
  translation: stage({ examples: 897_000, epochs: 3, batch_size: 128, lr: 4e-5, ...OF_LAYALIGN }),
  task_stage: stage({ examples: 270_000, epochs: 3, batch_size: 128, lr: 3e-5, ...OF_LAYALIGN }),
};

/** MindMerger's stages: CONE-MT/MindMerger@9b955f9; nine languages of 100,000 sentence pairs, then of 30,000 questions. */
const OF_MINDMERGER = { lr: 2e-5, schedule: "constant", warmup_ratio: 0, weight_decay: 3e-7 } as const;
export const MINDMERGER = {
  mapping: stage({ examples: 900_000, epochs: 3, batch_size: 128, ...OF_MINDMERGER }),
  augmentation: stage({ examples: 270_000, epochs: 3, batch_size: 128, ...OF_MINDMERGER }),
};
