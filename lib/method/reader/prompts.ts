/**
 * Instructions and special tokens. The paper's prompts (A.3) are images that we do not have, and the release's
 * are sentences of an English that a mini LLM never read, so the mini world has short ones of its own.
 *
 * `reader.ts` puts them together.
 * @module
 */
import { atLeast } from "../../checked.ts";

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
