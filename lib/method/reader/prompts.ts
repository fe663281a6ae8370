/**
 * Instructions and special tokens. The paper's prompts (A.3) are images that we do not have, and the release's
 * are sentences of an English that a mini LLM never read, so the mini world has short ones of its own.
 *
 * `reader.ts` puts them together.
 * @module
 */
import { atLeast } from "../../checked.ts";
import type { Tokenizer } from "../../model/checkpoint/tokenizer.ts";

/** What the LLM is told to do with the text before. */
export const INSTRUCTIONS = {
  translate: "\nTranslate to English:\n",
  math: "\nSolve step by step:\n",
  nli: "\nSay entailment, neutral or contradiction:\n",
  choice: "\nChoose A, B, C, D or E:\n",
} as const;
export type Instruction = keyof typeof INSTRUCTIONS;

/** Special tokens of the mini tokenizers, by id. */
export const SPECIAL_TOKENS = ["<pad>", "<bos>", "<eos>", "<mask>"] as const;
export const [, BOS, EOS, MASK] = atLeast(SPECIAL_TOKENS.map((_, id) => id), 4);

/** [bos; text] */
export function textIds(tokenizer: Tokenizer, text: string): number[] {
  return [BOS, ...tokenizer.encode(text, { addSpecialTokens: false })];
}

/** The ids of an instruction's text. */
export function instructionIds(tokenizer: Tokenizer, text: string): number[] {
  return tokenizer.encode(text, { addSpecialTokens: false });
}

/** [target; eos] */
export function targetIds(tokenizer: Tokenizer, target: string): number[] {
  return [...tokenizer.encode(target, { addSpecialTokens: false }), EOS];
}
