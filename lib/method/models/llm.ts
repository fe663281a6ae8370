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
import { type LlmConfig, openLlm } from "../../model/llm.ts";
import { findGguf, isGguf } from "../../model/checkpoint/gguf_place.ts";
import { checkpointPlace, isHubId } from "../../model/checkpoint/place.ts";
import { knownLlm } from "../../model/sizes.ts";
import { hasBoundaries } from "../reader/vocabulary.ts";
import type { Recipe } from "../recipe/fields.ts";
import { pretrainLlmStep } from "../pretrain/llm.ts";
import { llama2TokenizerStep } from "./llama2_tokenizer.ts";
import type { Models } from "./models.ts";
import { tokenizerStep } from "../pretrain/tokenizer.ts";
import { modelsFolders, worldInput } from "../source/worlds.ts";

/** Where an LLM comes from; null: it is pre-trained here. */
type Checkpoint = Pick<Recipe["llm"], "checkpoint" | "tokenizer">;

const LLAMA2_TOKENS = 32_000;
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
 * @throws {UserError} when the folder is not there or not a model that can be used
 */
export function llmFiles({ checkpoint, tokenizer }: Checkpoint, environment: Environment): InputFile[] {
  if (checkpoint === null) return [];
  const { family } = configOf(placeOf(checkpoint, environment), tokenizer);
  if (family !== "llama" && environment.runtime?.engine !== "torch") {
    throw new UserError(
      `Cannot use the LLM "${checkpoint}": it is a ${family}, and the lab's own engine computes Llama and Mistral; use ` +
        "--engine torch",
    );
  }
  return checkpointFiles({ checkpoint, tokenizer }, environment);
}

/** A checkpoint's sizes: of its folder, or of a model that is known and not here. @throws {UserError} for neither */
export function llmSize(checkpoint: string, environment: Environment): LlmConfig {
  const folder = checkpointPlace(checkpoint, modelsFolders(environment));
  const known = exists(folder) ? undefined : knownLlm(checkpoint);
  if (known !== undefined) return known;
  const { root, gguf } = placeOf(checkpoint, environment);
  return openLlm(gguf ?? root).config;
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
    `Cannot find the LLM "${checkpoint}": there is no folder "${folder}"; ${
      isHubId(checkpoint)
        ? `get it with "hf download ${checkpoint}"`
        : "`deno task models` says which it gets"
    }, else name the folder that holds it with --models, or the checkpoint itself by a path`,
  );
}

/** The folder's configuration, after what methods rely on was checked without reading a weight. */
function configOf({ root, gguf }: Place, tokenizer: Checkpoint["tokenizer"]): LlmConfig {
  const folder = gguf ?? root;
  const { config } = openLlm(folder);
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
