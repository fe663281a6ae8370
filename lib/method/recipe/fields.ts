/**
 * The recipe of LinguaLIFT and of every system built from its parts: models, data and two stages as plain data, so that
 * an ablation is a patch. Comments name which document a default follows: the paper, the authors' release, or neither
 * ("ours": set by the size of the mini world; see data/paper/settings.csv for the three-way table).
 * @module
 */
import * as v from "valibot";
import { ONNX_DTYPES } from "../../model/encoder/onnx_folder.ts";
import { LORA_TARGETS } from "../../model/llama/lora_targets.ts";
import { type Task, TASK_DATA } from "../../world/world.ts";
import { TASK_ANSWERS } from "../source/items.ts";
import { inductionSchema } from "./induction.ts";
import { POS_TAGS } from "./pos.ts";

const count = v.pipe(v.number(), v.integer(), v.minValue(1));
const positive = v.pipe(v.number(), v.gtValue(0));
const fraction = v.pipe(v.number(), v.minValue(0), v.maxValue(1));

/** AdamW with a schedule over `steps` optimiser steps of `batch_size` examples. */
const training = v.strictObject({
  /** Optimiser steps. */
  steps: count,
  /** Examples a step. */
  batch_size: count,
  /** AdamW's learning rate at its highest. */
  lr: positive,
  /** How lr goes on after the warm-up; "constant" has none. */
  schedule: v.picklist(["constant", "constant_with_warmup", "cosine", "linear"]),
  /** Share of the steps in which lr rises linearly from 0. */
  warmup_ratio: fraction,
  /** AdamW's, of every matrix that learns. */
  weight_decay: v.pipe(v.number(), v.minValue(0)),
});
export type Training = v.InferOutput<typeof training>;

/** A transformer's size. `num_key_value_heads` below `num_attention_heads` is grouped-query attention. */
const size = v.strictObject({
  /** Width of the states. */
  hidden_size: count,
  /** Width of the feed-forward layers. */
  intermediate_size: count,
  /** Layers. */
  num_hidden_layers: count,
  /** Attention heads; they divide the width. */
  num_attention_heads: count,
  /** Key-value heads; they divide the attention heads. */
  num_key_value_heads: count,
});

/** The LLM, which reads the bridged states. */
const llm = v.strictObject({
  /** A Hugging Face folder or one with a GGUF file below `--models`, or the path of either; null: a mini LLM of the sizes below, which nothing else uses. */
  checkpoint: v.nullable(v.string()),
  /** A checkpoint's vocabulary: its folder's tokenizer.json, or Llama 2's where that is missing or not the model's. */
  tokenizer: v.picklist(["folder", "llama2"]),
  /** Tokens of the tokenizer that is trained for it. */
  vocab_size: count,
  ...size.entries,
  /** Ours: an English-heavy text with the paper's shares by resource level (B.1), in rows of `length` tokens. */
  pretrain: v.strictObject({
    ...training.entries,
    /** Of the pre-training alone: runs of different seeds share it. */
    seed: v.number(),
    /** Tokens a row. */
    length: count,
    /** How many documents the text has. */
    documents: count,
    /** Share of the documents that are translations from a high-resource language into English. */
    translation: fraction,
    /** Share that are English texts said again after the same instruction. */
    copy: fraction,
    /** Share that are lists of random tokens said again. */
    random_copy: fraction,
    /** Share that are bare calculations. */
    arithmetic: fraction,
  }),
});

const share = v.pipe(v.number(), v.minValue(0));
/** A share for the languages of each resource level (Appendix B.1). */
const byLevel = v.strictObject({
  /** Above 0.1 % of the text of Llama 2, and English. */
  high: share,
  /** From 0.005 to 0.1 %. */
  medium: share,
  /** Below 0.005 %. */
  low: share,
});

/** The multilingual encoder, frozen in both stages. */
const encoder = v.strictObject({
  /** A folder below `--models`, a path, or a hub id that is on this machine; null: one trained here, as said below. */
  checkpoint: v.nullable(v.string()),
  /** Which of the folder's graphs; null: the most precise that is there. */
  dtype: v.nullable(v.picklist(ONNX_DTYPES)),
  /**
   * How a checkpoint reads numbers: in the pieces of its vocabulary, or digit by digit, as many LLMs write them: then each
   * digit has a state of its own. Ours; a mini encoder's vocabulary has digits alone.
   */
  digits: v.picklist(["pieces", "apart"]),
  /** Tokens of the tokenizer that is trained for it. */
  vocab_size: count,
  /** Width of the states. */
  hidden_size: count,
  /** Width of the feed-forward layers. */
  intermediate_size: count,
  /** Layers. */
  num_hidden_layers: count,
  /** Attention heads; they divide the width. */
  num_attention_heads: count,
  /** Whether the states' coordinates are made uncorrelated after the training (`whitening.ts`). */
  whitened: v.boolean(),
  pretrain: v.strictObject({
    ...training.entries,
    /** Of the pre-training alone: runs of different seeds share it. */
    seed: v.number(),
    /** Masked rows of one text (masked LM) as a share of batch_size. */
    mlm: fraction,
    /** Masked rows of a sentence pair (translation LM) as a share of batch_size. */
    tlm: fraction,
    /** Weight of the contrastive loss on sentence pairs. */
    contrastive: fraction,
    /** Weight of the loss of translating into English by a small decoder. */
    translation: fraction,
    /** Weight of the loss of writing out masked texts, by the same decoder. */
    denoising: fraction,
    /** Share of the tokens that are masked. */
    mask_ratio: fraction,
    /**
     * What masked LM predicts: the masked tokens (BERT), or all (ELECTRA's "All-Tokens MLM"; Clark et al., 2020,
     * arXiv:2003.10555, Section 3.4), so that a state keeps its own token.
     */
    predict: v.picklist(["masked", "all"]),
    /** Ids that a softmax runs over: the targets of the batch, and others by chance; null: the whole vocabulary. */
    candidates: v.nullable(count),
    /** How often text of a language of each level is read, beside a language of another level. */
    text_by_level: byLevel,
    /** The same of sentence pairs with English; 0: no pair of that level is ever read. */
    pairs_by_level: byLevel,
  }),
});

/** A stage's budget: `examples` are drawn once and gone through in epochs. */
export const stageNumbers = v.strictObject({
  ...training.entries,
  /** Examples drawn, before they are gone through in epochs. */
  examples: count,
  /** Examples with more characters, source and target together, are left out; null takes all. */
  max_chars: v.nullable(count),
});
export type StageNumbers = v.InferOutput<typeof stageNumbers>;

/** Whose items or texts a system learns from, by code; "all": of every language that has some. */
export const someLanguages = v.union([v.literal("all"), v.pipe(v.array(v.string()), v.minLength(1))]);

const modules = v.picklist(["bridge", "llm", "lora"]);
const stage = v.strictObject({
  ...stageNumbers.entries,
  /** What learns; the rest stays as it was. "lora": adapters beside the LLM, which is asked with them merged. */
  train: v.pipe(
    v.array(modules),
    v.minLength(1),
    v.check(
      (train) => !(train.includes("llm") && train.includes("lora")),
      'adapters ("lora") stand beside a frozen LLM; take "llm" or "lora"',
    ),
  ),
});
export type Stage = v.InferOutput<typeof stage>;

/** How stage 1's English sentences are switched into other languages. */
const codeSwitch = v.strictObject({
  /** Share of the words that may be switched which are. */
  ratio: fraction,
  /** What may be switched: universal part-of-speech tags, or null for all of them. */
  pos: v.nullable(v.array(v.picklist(POS_TAGS))),
  /** Whether stop words may be switched (Section 3.2 leaves them out of the lexicon). */
  stop_words: v.picklist(["switch", "keep"]),
  /** A word's best translation, or any of its forms. */
  choice: v.picklist(["best", "sample"]),
  /** Into which languages: all others that the world has, or those that have a dictionary (in real data MUSE's). */
  languages: v.picklist(["all", "dictionary"]),
  /** The world's own lexicon, its own with every word mispaired, or one induced from the world's texts (as the paper's). */
  lexicon: v.union([v.picklist(["gold", "mispaired"]), inductionSchema]),
});

/** What the LLM is fine-tuned on in stage 2, and what it is asked afterwards. */
export const TASKS = ["math", "nli", "choice"] as const satisfies readonly Task[];

const bridgeStart = v.strictObject({
  /**
   * "random": drawn (the paper); "ridge": the last layer fitted to English in closed form, state by state to the LLM's own
   * embeddings of the same characters (`start_bridge.ts`).
   */
  weights: v.picklist(["random", "ridge"]),
  /** Whether each dimension of the encoder's states is brought to mean 0 and deviation 1 before the bridge. */
  standardised: v.boolean(),
});
export type BridgeStart = v.InferOutput<typeof bridgeStart>;

/** What stage 1 learns from. */
const alignData = v.strictObject({
  /** What is translated into English: code-switched text (the paper), or real translations of it (Figure 4). */
  text: v.picklist(["code_switched", "parallel"]),
  /** What English is switched: plain text (the paper), or the questions of the task's training items. */
  english: v.picklist(["text", "questions"]),
  /** Share of the examples that are items of the task in the benchmark's languages, with their answers (E.6). */
  task_share: fraction,
});
export type AlignData = v.InferOutput<typeof alignData>;

/** What is asked, and how. */
const evaluation = v.strictObject({
  /** "dev": the questions and sentences to tune on, where the world has them; "test": the benchmarks. */
  split: v.picklist(["dev", "test"]),
  /** Items a language and benchmark; the benchmarks' own number is the most. */
  items: count,
  fewer_items: v.strictObject({
    /** Items of MGSM, whose answers take long; null: as many as of the others. */
    mgsm: v.nullable(count),
    /** Items of MSVAMP. */
    msvamp: v.nullable(count),
  }),
  /** Questions answered at a time. */
  batch_size: count,
  /** An answer's length in tokens at most; decoding is greedy. */
  max_new_tokens: count,
  /** How an answer is read: as the authors' code does, or one unambiguous answer or none (lib/metric/extract.ts). */
  extraction: v.picklist(["release", "strict"]),
  /** Sentence pairs a language for retrieval: a sentence is searched among as many. */
  retrieval_items: count,
});
export type Evaluation = v.InferOutput<typeof evaluation>;

export const recipeFields = v.strictObject({
  /** The LLM that reads the bridged states. Its sizes count where it has no checkpoint. */
  llm,
  /** The multilingual encoder, frozen in both stages. Its sizes count where it has no checkpoint. */
  encoder,
  /** How stage 1's English sentences are switched into other languages. */
  code_switch: codeSwitch,
  /** What stage 1 learns from. */
  align_data: alignData,
  /** The language alignment layer: `mlp2` is the paper's choice (Table 24) and the release's `ffn`. */
  bridge: v.picklist(["linear", "mlp2", "mlp3"]),
  /** What the bridge is before anything is trained. */
  bridge_start: bridgeStart,
  /** "paper": the LLM reads the instruction after the bridged states (Eq. 4); "release": it does not. */
  instruction: v.picklist(["paper", "release"]),
  /** Low-rank adapters of the LLM, in the stages whose `train` names them (Hu et al., 2021, arXiv:2106.09685). */
  lora: v.strictObject({
    /** Width between an adapter's two factors. */
    rank: count,
    /** What they add is multiplied by alpha / rank. */
    alpha: v.pipe(v.number(), v.gtValue(0)),
    /** The linear layers that have one. */
    targets: v.pipe(v.array(v.picklist(LORA_TARGETS)), v.minLength(1)),
    /** Whether each row of a weight has a magnitude that learns (DoRA; Liu et al., 2024, arXiv:2402.09353). */
    magnitude: v.boolean(),
  }),
  /** What the LLM is fine-tuned on in stage 2, and what it is asked: word problems, inference, multiple choice. */
  task: v.picklist(TASKS),
  /** Where the task's training items come from: what the world has, or MultiMWP's training templates with other numbers. */
  task_data: v.picklist(TASK_DATA),
  /**
   * Share of the words that a translation gets wrong, by the language's resource level, wherever a system learns from
   * translations: as a machine's are. null: they are the world's own, without an error.
   */
  translation_noise: v.nullable(v.strictObject({
    /** Of languages above 0.1 % of the text of Llama 2. */
    high: fraction,
    /** From 0.005 to 0.1 %. */
    medium: fraction,
    /** Below 0.005 %. */
    low: fraction,
  })),
  /** Whether an inference or a choice is explained before it is named ("explained"; ours), or only named (the release). */
  task_answers: v.picklist(TASK_ANSWERS),
  /** Stage 1, Language-Align; null leaves it out. */
  align: v.nullable(stage),
  /** Stage 2, Task-Transfer; null leaves it out. */
  transfer: v.nullable(stage),
  /**
   * What compared systems are trained with: "equal": this recipe's numbers of examples and updates, whatever their papers
   * say; "published": the numbers of their own releases (`published.ts`).
   */
  budget: v.picklist(["equal", "published"]),
  /** What is asked, and how. */
  evaluation,
});
const { entries } = recipeFields;
/** What every system has of LinguaLIFT's recipe. */
export const tokenFields = {
  llm: entries.llm,
  task: entries.task,
  task_data: entries.task_data,
  translation_noise: entries.translation_noise,
  task_answers: entries.task_answers,
  evaluation: entries.evaluation,
} as const;
/** And what those have that read an encoder's states. */
export const stateFields = {
  ...tokenFields,
  encoder: entries.encoder,
  bridge_start: entries.bridge_start,
} as const;

/** These fields of LinguaLIFT's recipe, for a system that is compared with it. */
export function sharedFields<K extends keyof Recipe>(
  recipe: Recipe,
  fields: Readonly<Record<K, unknown>>,
): Pick<Recipe, K> {
  return Object.fromEntries(Object.keys(fields).map((name) => [name, recipe[name as K]])) as Pick<Recipe, K>;
}

/** The whole recipe: at least one stage is there. */
export const recipeSchema = v.pipe(
  recipeFields,
  v.check(
    ({ align, transfer }) => align !== null || transfer !== null,
    "align and transfer are both null; keep at least one stage",
  ),
);
/** A resolved recipe. */
export type Recipe = v.InferOutput<typeof recipeSchema>;
/** What is said of an encoder that the lab trains. */
export type OwnEncoder = Omit<Recipe["encoder"], "checkpoint" | "dtype" | "digits">;
