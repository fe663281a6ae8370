/**
 * Trains a byte-level BPE tokenizer and writes it as Hugging Face's tokenizer.json, which `@huggingface/tokenizers`
 * (and the Python and Rust libraries) read. Every byte is a token, so nothing is ever unknown and
 * `decode(encode(text)) === text.normalize("NFC")` for every text.
 *
 * Words are cut as in GPT-2, with three changes: combining marks belong to their word (GPT-2's pattern cuts Indic words
 * at every vowel sign), each digit is a token of its own (so that numbers are spelled the same way everywhere), and
 * while training, runs of Thai, Chinese and Japanese are cut into words so that no token spans two of them.
 * @module
 */
import { UserError } from "../errors.ts";
import { learnMerges } from "./bpe.ts";
import { splitUnspaced } from "./segment.ts";

/** Settings of {@link trainTokenizer}. */
export interface TokenizerOptions {
  /** Vocabulary size wanted, special tokens and the 256 bytes included. */
  vocab_size: number;
  /** Ids 0, 1, ... in this order, e.g. `["<pad>", "<bos>", "<eos>"]`. Matched verbatim in text that is encoded. */
  special_tokens?: readonly string[];
  /** Each digit is a token of its own, a space before it included. Default true. */
  split_digits?: boolean;
  /**
   * "apart": a digit, and a word of a script without spaces (Thai, Han, Kana), never takes the space before it into its
   * token, so that it is the same token with and without. Default "joined", as GPT-2 has it.
   */
  space?: "joined" | "apart";
  /** A pair seen fewer times is not merged. Default 2. */
  min_frequency?: number;
  /** Longest token in bytes, so that a phrase repeated in unspaced text does not become one token. Default 24. */
  max_token_length?: number;
  /** Which special token plays which part; kept in tokenizer_config.json. */
  roles?: Partial<Record<"bos_token" | "eos_token" | "pad_token" | "unk_token" | "mask_token", string>>;
}

/** A trained tokenizer as the two files that a Hugging Face folder holds. Both are plain JSON. */
export interface TrainedTokenizer {
  /** Content of tokenizer.json. */
  readonly tokenizer: TokenizerJson;
  /** Content of tokenizer_config.json. */
  readonly config: Readonly<Record<string, string | boolean>>;
}

/** The part of the tokenizer.json format that {@link trainTokenizer} writes. */
export interface TokenizerJson {
  version: "1.0";
  truncation: null;
  padding: null;
  added_tokens: {
    id: number;
    content: string;
    single_word: boolean;
    lstrip: boolean;
    rstrip: boolean;
    normalized: boolean;
    special: boolean;
  }[];
  normalizer: { type: "NFC" };
  pre_tokenizer: {
    type: "Sequence";
    pretokenizers: [
      { type: "Split"; pattern: { Regex: string }; behavior: "Isolated"; invert: boolean },
      { type: "ByteLevel"; add_prefix_space: boolean; trim_offsets: boolean; use_regex: boolean },
    ];
  };
  post_processor: null;
  decoder: { type: "ByteLevel"; add_prefix_space: boolean; trim_offsets: boolean; use_regex: boolean };
  model: {
    type: "BPE";
    dropout: null;
    unk_token: null;
    continuing_subword_prefix: null;
    end_of_word_suffix: null;
    fuse_unk: boolean;
    byte_fallback: boolean;
    ignore_merges: boolean;
    vocab: Record<string, number>;
    merges: [string, string][];
  };
}

/** Letters with their marks and joiners (U+200C, U+200D), after an optional space. */
const WORD = " ?[\\p{L}\\p{M}\u200c\u200d]+";
const UNSPACED = "[\\p{Script=Thai}\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\u30fc]";
/** The same, but a run of a script without spaces stands alone. */
const WORD_APART = `${UNSPACED}+| ?(?:(?!${UNSPACED})[\\p{L}\\p{M}\u200c\u200d])+`;
const PATTERN_REST = " ?[^\\s\\p{L}\\p{M}\\p{N}\u200c\u200d]+|\\s+(?!\\S)|\\s+";

/**
 * Trains on `texts`; the same texts in any order give the same tokenizer. Balancing languages is the caller's part: a
 * text given twice counts twice.
 *
 * @throws {UserError} if `vocab_size` has no room for the special tokens and the 256 bytes, or a special token is
 * empty, given twice, or a role names none.
 */
export function trainTokenizer(texts: Iterable<string>, options: TokenizerOptions): TrainedTokenizer {
  const special = options.special_tokens ?? [];
  checkOptions(options, special);
  const isApart = options.space === "apart";
  const pattern = `${isApart ? WORD_APART : WORD}|${isApart ? "" : " ?"}\\p{N}${
    options.split_digits ?? true ? "" : "+"
  }|${PATTERN_REST}`;

  // Ids as Hugging Face gives them: special tokens, then the bytes' letters in code-point order.
  const letters = byteLetters();
  const alphabet = [...letters].sort((a, b) => (a < b ? -1 : 1));
  const idOfByte = letters.map((letter) => special.length + alphabet.indexOf(letter));
  const encoder = new TextEncoder();
  const words = [...countPieces(texts, new RegExp(pattern, "gu"))].map(([piece, count]) => ({
    symbols: Array.from(encoder.encode(piece), (byte) => idOfByte[byte]!),
    count,
  }));

  const { tokens, merges } = learnMerges([...special, ...alphabet], words, {
    size: options.vocab_size,
    minFrequency: options.min_frequency ?? 2,
    maxTokenLength: options.max_token_length ?? 24,
  });
  const vocab = Object.fromEntries(tokens.map((token, id) => [token, id]));
  return {
    tokenizer: tokenizerJson(special, pattern, vocab, merges),
    config: {
      tokenizer_class: "PreTrainedTokenizerFast",
      // Clean-up rewrites spaces before punctuation: decoding would no longer give the text back.
      clean_up_tokenization_spaces: false,
      ...options.roles,
    },
  };
}

/** How often each piece occurs in the normalised texts, in order of first appearance. */
function countPieces(texts: Iterable<string>, pattern: RegExp): Map<string, number> {
  const counts = new Map<string, number>();
  for (const text of texts) {
    for (const piece of text.normalize("NFC").match(pattern) ?? []) {
      counts.set(piece, (counts.get(piece) ?? 0) + 1);
    }
  }
  const words = new Map<string, number>();
  for (const [piece, count] of counts) {
    for (const word of splitUnspaced(piece)) words.set(word, (words.get(word) ?? 0) + count);
  }
  return words;
}

/**
 * GPT-2's letter for each byte: printable Latin-1 stands for itself, the other 68 bytes for U+0100 upwards, so that a
 * token is always visible text.
 */
function byteLetters(): string[] {
  let next = 256;
  return Array.from({ length: 256 }, (_, byte) => {
    const printable = (byte >= 33 && byte <= 126) || (byte >= 161 && byte <= 172) || byte >= 174;
    return String.fromCharCode(printable ? byte : next++);
  });
}

function checkOptions(options: TokenizerOptions, special: readonly string[]): void {
  const least = special.length + 256;
  if (!Number.isInteger(options.vocab_size) || options.vocab_size < least) {
    throw new UserError(
      `Cannot train a tokenizer: vocab_size is ${options.vocab_size}, expected at least ${least} ` +
        `(256 bytes and ${special.length} special tokens)`,
    );
  }
  special.forEach((token, at) => {
    if (token === "") throw new UserError("Cannot train a tokenizer: a special token is empty");
    if (/^[\p{L}\p{M}]+$|^[^\s\p{L}\p{M}]+$/u.test(token)) {
      throw new UserError(
        `Cannot train a tokenizer: special token "${token}" could be a word or sign of the text; ` +
          `write it with letters in brackets, as in "<pad>"`,
      );
    }
    if (special.indexOf(token) < at) {
      throw new UserError(`Cannot train a tokenizer: special token "${token}" is given twice`);
    }
  });
  for (const [role, token] of Object.entries(options.roles ?? {})) {
    if (!special.includes(token)) {
      throw new UserError(`Cannot train a tokenizer: ${role} is "${token}", which is not a special token`);
    }
  }
}

function tokenizerJson(
  special: readonly string[],
  pattern: string,
  vocab: Record<string, number>,
  merges: [string, string][],
): TokenizerJson {
  return {
    version: "1.0",
    truncation: null,
    padding: null,
    added_tokens: special.map((content, id) => ({
      id,
      content,
      single_word: false,
      lstrip: false,
      rstrip: false,
      normalized: false,
      special: true,
    })),
    normalizer: { type: "NFC" },
    pre_tokenizer: {
      type: "Sequence",
      pretokenizers: [
        { type: "Split", pattern: { Regex: pattern }, behavior: "Isolated", invert: false },
        { type: "ByteLevel", add_prefix_space: false, trim_offsets: true, use_regex: false },
      ],
    },
    post_processor: null,
    decoder: { type: "ByteLevel", add_prefix_space: false, trim_offsets: true, use_regex: false },
    model: {
      type: "BPE",
      dropout: null,
      unk_token: null,
      continuing_subword_prefix: null,
      end_of_word_suffix: null,
      fuse_unk: false,
      byte_fallback: false,
      ignore_merges: false,
      vocab,
      merges,
    },
  };
}
