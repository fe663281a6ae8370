/**
 * Tokenizers of Hugging Face checkpoints (`tokenizer.json`), through `@huggingface/tokenizers`. This file adds errors
 * that name the file, batches, and the ids of the special tokens.
 * @module
 */
import { Tokenizer as HuggingFaceTokenizer } from "@huggingface/tokenizers";
import { UserError } from "../../errors.ts";
import { exists } from "../../files.ts";
import { readJsonFile } from "./_read_json.ts";
import { followReference } from "./_reference_normalizer.ts";
import { followPreTokenizer } from "./_reference_pre_tokenizer.ts";
import { piecewise } from "./piecewise.ts";

/** A tokenizer's files in a checkpoint folder; the second may be missing. */
export const TOKENIZER_FILES = ["tokenizer.json", "tokenizer_config.json"] as const;

/** Text to ids and back. */
export interface Tokenizer {
  /** One more than the highest id, added tokens included. */
  readonly vocabSize: number;
  /**
   * The ids of a text. With `addSpecialTokens` (the default) the post-processor of the file runs, which for Llama puts
   * the beginning-of-sentence token in front.
   */
  encode(text: string, options?: { readonly addSpecialTokens?: boolean }): number[];
  encodeBatch(texts: readonly string[], options?: { readonly addSpecialTokens?: boolean }): number[][];
  /** The text of ids; special tokens are left out unless `keepSpecialTokens`. */
  decode(ids: readonly number[], options?: { readonly keepSpecialTokens?: boolean }): string;
  decodeBatch(
    batch: readonly (readonly number[])[],
    options?: { readonly keepSpecialTokens?: boolean },
  ): string[];
  /** The id of a token string, or undefined. */
  tokenId(token: string): number | undefined;
}

/** Otherwise than the file says. */
export interface TokenizerOptions {
  /** "apart": every digit is a token of its own. */
  readonly digits?: "apart" | undefined;
}

/**
 * Reads `tokenizer.json` (and `tokenizer_config.json`, if there is one) of a checkpoint folder.
 * @throws {UserError} when the file is missing or not a tokenizer.
 */
export function loadTokenizer(folder: string, { digits }: TokenizerOptions = {}): Tokenizer {
  const path = `${folder}/tokenizer.json`;
  const configPath = `${folder}/tokenizer_config.json`;
  const config = exists(configPath) ? readJsonFile(configPath) : {};
  const json = readJsonFile(path);
  return tokenizerFromJson(digits === "apart" ? withDigitsApart(json) : json, config, `"${path}"`);
}

/** The same vocabulary, whose texts are cut before and after every digit too. */
function withDigitsApart(json: unknown): unknown {
  if (json === null || typeof json !== "object") return json;
  const { pre_tokenizer: own = null } = json as { pre_tokenizer?: unknown };
  const pretokenizers = [...(own === null ? [] : [own]), { type: "Digits", individual_digits: true }];
  return { ...json, pre_tokenizer: { type: "Sequence", pretokenizers } };
}

/** Of another kind the package would make one of these that gives other ids; old files name none. */
const MODELS: readonly string[] = ["BPE", "Unigram", "WordPiece"];

/**
 * A tokenizer from the parsed content of `tokenizer.json`.
 * @throws {UserError} naming `source` when the content is not a tokenizer.
 */
export function tokenizerFromJson(json: unknown, config: unknown, source: string): Tokenizer {
  if (json === null || typeof json !== "object" || !("model" in json)) {
    throw new UserError(`Cannot use ${source} as a tokenizer: it has no "model"`);
  }
  const type = (json.model as { type?: unknown } | null)?.type;
  if (type !== undefined && !MODELS.includes(String(type))) {
    throw new UserError(
      `Cannot use ${source} as a tokenizer: its model "${type}" is not supported; supported: ${
        MODELS.join(", ")
      }`,
    );
  }
  const base = open(json, config, source);
  const encode = (text: string, add_special_tokens: boolean): number[] =>
    base.encode(text, { add_special_tokens }).ids;
  // These add no special tokens.
  const ownEncode = piecewise(json, config, (text) => encode(text, false));
  const self: Tokenizer = {
    vocabSize: vocabSize(base),
    encode: (text, { addSpecialTokens = true } = {}) => ownEncode?.(text) ?? encode(text, addSpecialTokens),
    encodeBatch: (texts, options) => texts.map((text) => self.encode(text, options)),
    decode: (ids, options = {}) =>
      ids.length === 0 ? "" : base.decode([...ids], {
        skip_special_tokens: !options.keepSpecialTokens,
        clean_up_tokenization_spaces: false,
      }),
    decodeBatch: (batch, options) => batch.map((ids) => self.decode(ids, options)),
    tokenId: (token) => base.token_to_id(token),
  };
  return self;
}

function open(json: object, config: unknown, source: string): HuggingFaceTokenizer {
  try {
    const tokenizer = new HuggingFaceTokenizer(json, config as object);
    followReference(tokenizer.normalizer);
    followPreTokenizer(tokenizer.pre_tokenizer, (json as { pre_tokenizer?: unknown }).pre_tokenizer);
    return tokenizer;
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new UserError(`Cannot use ${source} as a tokenizer: ${why}`, { cause: error });
  }
}

/** One more than the highest id (ids may have gaps, so the number of entries would be too small). */
function vocabSize(base: HuggingFaceTokenizer): number {
  let size = 0;
  for (const id of base.get_vocab(true).values()) size = Math.max(size, id + 1);
  return size;
}
