/**
 * Instructions, and the layout of a prompt. The paper's prompts (A.3) are images that we do not have, and the release's
 * are sentences of an English that a mini LLM never read, so the mini world has short ones of its own.
 *
 * A prompt is [bos; question; instruction] for a plain LLM, and [bos; enc_start; aligned states; enc_end; instruction]
 * for LinguaLIFT (Eq. 4): the same order, so that a system differs only in how the question comes in.
 * @module
 */
import { atLeast } from "../../checked.ts";
import type { Tokenizer } from "../../model/tokenizer.ts";
import type { Recipe } from "../recipe/fields.ts";

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

/** What LinguaLIFT's LLM reads after the aligned states: the instruction, or "" where the recipe follows the release. */
export function instructionText(setting: Recipe["instruction"], instruction: Instruction): string {
  return setting === "paper" ? INSTRUCTIONS[instruction] : "";
}

/** The ids of an instruction's text. */
export function instructionIds(tokenizer: Tokenizer, text: string): number[] {
  return tokenizer.encode(text, { addSpecialTokens: false });
}

/** [target; eos] */
export function targetIds(tokenizer: Tokenizer, target: string): number[] {
  return [...tokenizer.encode(target, { addSpecialTokens: false }), EOS];
}
