/**
 * Where a recipe's LLM comes from: a Hugging Face folder, used as it is with its own tokenizer, or a mini model that the
 * lab pre-trains. The files of a folder are inputs of the run, so that their content is part of its identity.
 * @module
 */
import { basename, dirname, join } from "node:path";
import { UserError } from "../../errors.ts";
import { exists } from "../../files.ts";
import { hashJson } from "../../hash.ts";
import type { Artifact, Environment, InputFile, RunContext } from "../../lab/experiment/types.ts";
import { checkTrainable, thisMachine, trainingCost, type TrainingSize } from "../../model/llama/budget.ts";
import type { LlamaConfig } from "../../model/llama/config.ts";
import { openLlama } from "../../model/llama/model.ts";
import { findGguf, isGguf } from "../../model/checkpoint/gguf_place.ts";
import { checkpointPlace } from "../../model/checkpoint/place.ts";
import { hasBoundaries } from "../reader/vocabulary.ts";
import type { Recipe } from "../recipe/fields.ts";
import { pretrainLlmStep } from "../pretrain/llm.ts";
import { llama2TokenizerStep } from "./llama2_tokenizer.ts";
import type { Models } from "./models.ts";
import { tokenizerStep } from "../pretrain/tokenizer.ts";
import { modelsFolders, worldInput } from "../source/worlds.ts";

/** A training of the LLM, or through it. */
type LlmTraining = {
  readonly steps: number;
  readonly batch_size: number;
  readonly train: readonly string[];
  /** Of an example; null or undefined: any number. */
  readonly max_chars?: number | null;
  /** Whether the LLM reads text of other languages as its own tokens. */
  readonly readsOthers: boolean;
};

/** Where an LLM comes from; null: it is pre-trained here. */
type Checkpoint = Pick<Recipe["llm"], "checkpoint" | "tokenizer">;

const LLAMA2_TOKENS = 32_000;
/** Of English text, on the careful side: SmolLM2's tokens have four. */
const CHARS_A_TOKEN = 2;
/** Of text in a script that the LLM's vocabulary spells in bytes: SmolLM2 takes 2.5 tokens for a letter of Sinhala. */
const CHARS_A_TOKEN_SPELLED = 0.4;

/** The files of a checkpoint folder that count. */
const MODEL_FILES = /^(generation_)?config\.json$|\.safetensors(\.index\.json)?$/;
const GGUF_FILES = /\.gguf$/;
const WEIGHTS_FILES = /^config\.json$|\.safetensors(\.index\.json)?$/;
/** Those that are looked for and need not be there. */
const OPTIONAL_FILES = [
  ...["generation_config.json", "tokenizer_config.json"],
  ...["model.safetensors", "model.safetensors.index.json"],
];
const TOKENIZER_FILES = /^(tokenizer|tokenizer_config)\.json$/;

/** Where a checkpoint's files lie, and the GGUF file that its weights are in, if they are in one. */
interface Place {
  readonly root: string;
  readonly gguf: string | null;
}

/** The LLM that a recipe names, or else one pre-trained on the world's text. */
export async function llmModel(
  { checkpoint, tokenizer, ...mini }: Recipe["llm"],
  context: RunContext,
): Promise<Omit<Models, "encoder">> {
  if (checkpoint !== null) {
    const files = checkpointNames({ checkpoint, tokenizer }, context.files.map(({ name }) => name))
      .map((name) => context.file(name));
    const hashes = Object.fromEntries(files.map(({ name, hash }) => [basename(name), hash]));
    const folder: Artifact = {
      kind: "artifact",
      key: hashJson({ checkpoint: hashes }),
      dir: files[0]!.root,
      value: null,
    };
    const gguf = files.find(({ path }) => isGguf(path));
    return {
      llm: gguf === undefined ? folder : { ...folder, dir: gguf.path },
      llm_tokenizer: tokenizer === "folder" ? folder : await context.step(llama2TokenizerStep, null),
    };
  }
  const text = worldInput(context, ["bible"]);
  const llm_tokenizer = await context.step(tokenizerStep, {
    ...text,
    model: "llm",
    vocab_size: mini.vocab_size,
    seed: mini.pretrain.seed,
  });
  return {
    llm: await context.step(pretrainLlmStep, { ...text, llm: mini, tokenizer: llm_tokenizer }),
    llm_tokenizer,
  };
}

/**
 * The files of the recipe's checkpoint, none where it pre-trains its own.
 * @param trainings what the checkpoint will go through
 * @throws {UserError} when the folder is not there or not a model that can be used, and, with an estimate of memory and
 * time, when this machine cannot train it
 */
export function llmFiles(
  { checkpoint, tokenizer }: Checkpoint,
  trainings: readonly LlmTraining[],
  environment: Environment,
): InputFile[] {
  if (checkpoint === null) return [];
  const config = configOf(placeOf(checkpoint, environment), tokenizer);
  for (const size of sizesOf(config, trainings)) checkTrainable(checkpoint, config, size, thisMachine());
  return checkpointFiles({ checkpoint, tokenizer }, environment);
}

/**
 * Bytes of memory that the largest of these trainings takes, at most; 0 where the LLM is a mini one. Other scripts count as
 * if they were spelled in bytes: two such runs side by side are killed where the machine cannot hold them.
 * @throws as `llmFiles`
 */
export function llmMemory(
  { checkpoint, tokenizer }: Checkpoint,
  trainings: readonly LlmTraining[],
  environment: Environment,
): number {
  if (checkpoint === null) return 0;
  const config = configOf(placeOf(checkpoint, environment), tokenizer);
  const sizes = sizesOf(
    config,
    trainings,
    ({ readsOthers }) => readsOthers ? CHARS_A_TOKEN_SPELLED : CHARS_A_TOKEN,
  );
  return Math.max(0, ...sizes.map((size) => trainingCost(config, size, 1).bytes));
}

function sizesOf(
  config: LlamaConfig,
  trainings: readonly LlmTraining[],
  charsAToken: (training: LlmTraining) => number = () => CHARS_A_TOKEN,
): TrainingSize[] {
  return trainings.map((training) => {
    const { steps, batch_size, train, max_chars } = training;
    const longest = (max_chars ?? Infinity) / charsAToken(training);
    const length = Math.ceil(Math.min(config.max_position_embeddings, 512, longest));
    return { steps, batch_size, length, trainsLlm: train.includes("llm") };
  });
}

function checkpointFiles(
  { checkpoint, tokenizer }: Checkpoint & { readonly checkpoint: string },
  environment: Environment,
): InputFile[] {
  const { root, gguf } = placeOf(checkpoint, environment);
  const prefix = `models/${basename(checkpoint)}/`;
  // Beside a GGUF file nothing else says what the model is.
  const isOther = (name: string) =>
    gguf !== null && (isGguf(name) ? name !== basename(gguf) : WEIGHTS_FILES.test(name));
  const there = [...Deno.readDirSync(root)].map(({ name }) => name);
  const looked = OPTIONAL_FILES.filter((name) => !isOther(name)).map((name) => `${prefix}${name}`);
  const all = new Set([
    ...there.filter((name) => !isOther(name)).map((name) => `${prefix}${name}`),
    ...looked,
  ]);
  return checkpointNames({ checkpoint, tokenizer }, [...all]).map((name) => ({
    name,
    path: join(root, name.slice(prefix.length)),
    root,
    isOptional: looked.includes(name),
  }));
}

/** Which of these input files belong to the checkpoint, in order of name. */
function checkpointNames(
  { checkpoint, tokenizer }: Checkpoint & { readonly checkpoint: string },
  names: readonly string[],
): string[] {
  const prefix = `models/${basename(checkpoint)}/`;
  const files = [MODEL_FILES, GGUF_FILES, ...(tokenizer === "folder" ? [TOKENIZER_FILES] : [])];
  return names.filter((name) =>
    name.startsWith(prefix) && files.some((pattern) => pattern.test(name.slice(prefix.length)))
  ).sort();
}

function placeOf(checkpoint: string, environment: Environment): Place {
  const folder = checkpointPlace(checkpoint, modelsFolders(environment));
  const gguf = findGguf(folder);
  if (exists(folder)) return { root: gguf === null ? folder : dirname(gguf), gguf };
  throw new UserError(
    `Cannot find the LLM "${checkpoint}": there is no folder "${folder}"; \`deno task models\` says which it gets, ` +
      "else name the folder that holds it with --models, or the checkpoint itself by a path",
  );
}

/** The folder's configuration, after what methods rely on was checked without reading a weight. */
function configOf({ root, gguf }: Place, tokenizer: Checkpoint["tokenizer"]): LlamaConfig {
  const folder = gguf ?? root;
  const { config } = openLlama(folder);
  if (tokenizer === "folder" && !exists(join(root, "tokenizer.json"))) {
    throw new UserError(
      gguf === null
        ? `Cannot use "${folder}": it has no tokenizer.json`
        : `Cannot use "${folder}": there is no tokenizer.json beside it; take that of the model it was made from`,
    );
  }
  if (tokenizer === "llama2" && config.vocab_size !== LLAMA2_TOKENS) {
    throw new UserError(
      `Cannot use "${folder}" with Llama 2's vocabulary of ${LLAMA2_TOKENS} tokens: the model has ${config.vocab_size}`,
    );
  }
  if (!hasBoundaries(config)) {
    const missing = typeof config.bos_token_id === "number" ? "eos_token_id" : "bos_token_id";
    throw new UserError(
      `Cannot use "${folder}": its configuration names no ${missing}; the systems here begin and end every text`,
    );
  }
  return config;
}
