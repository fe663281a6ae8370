/**
 * The one place where a text becomes what a system's LLM reads. Training and evaluation both read through it, so that no
 * system can be trained on one layout and asked in another.
 *
 *     tokens   [bos; question; instruction]
 *     states   [bos; (enc_start); bridged states of the question; enc_end; beside], put together by the engine
 * @module
 */
import type { Prompt, TextEncoder } from "../../engine/mod.ts";
import { assembledTokens } from "../../model/bridge/assembly.ts";
import { type Instruction, INSTRUCTIONS } from "./prompts.ts";
import type { Reading } from "./reading.ts";
import { targetIds, textIds, type Vocabulary } from "./vocabulary.ts";

/** A text as the LLM reads it. */
export interface Read {
  readonly prompt: Prompt;
  /** Positions of the LLM that it takes. */
  readonly length: number;
  /** Whether only the beginning of the text is read. */
  readonly isCut: boolean;
}

/** Texts in, prompts out. */
export interface Reader {
  /** What the LLM reads as text after the question; "" where it reads none. */
  instruction(instruction: Instruction): string;
  /** Positions that a prompt takes beside the question. */
  besides(instruction: Instruction): number;
  /**
   * @param room tokens of the text that are read at most, boundary tokens included; without it all of them. Of a text that
   * the encoder reads, the engine cuts the states (`max_text_tokens`); where the LLM reads the question too, both share it.
   */
  read(text: string, instruction: Instruction, room?: number): Read;
  /** [target; eos] */
  target(text: string): number[];
}

/**
 * The reader of a reading.
 * @param encoder where the LLM reads states: only counts tokens here
 */
export function openReader(
  reading: Reading,
  vocabulary: Vocabulary,
  encoder: TextEncoder | null,
): Reader {
  const { tokenizer } = vocabulary;
  const target = (text: string) => targetIds(vocabulary, text);
  const instructionIds = (instruction: Instruction) =>
    tokenizer.encode(INSTRUCTIONS[instruction], { addSpecialTokens: false });
  if (reading.by === "tokens") {
    return {
      instruction: (instruction) => INSTRUCTIONS[instruction],
      besides: (instruction) => instructionIds(instruction).length,
      read(text, instruction, room = Infinity) {
        const question = textIds(vocabulary, text);
        const all = [...question.slice(0, room), ...instructionIds(instruction)];
        return { prompt: { text: null, ids: all }, length: all.length, isCut: question.length > room };
      },
      target,
    };
  }
  const { bridge, beside } = reading;
  if (encoder === null) throw new TypeError("internal: a system that reads states has no encoder");
  const around = assembledTokens(bridge);
  const question = (text: string) =>
    beside === "question" ? tokenizer.encode(text, { addSpecialTokens: false }) : [];
  return {
    instruction: (instruction) => beside === "nothing" ? "" : INSTRUCTIONS[instruction],
    besides: (instruction) => around + (beside === "nothing" ? 0 : instructionIds(instruction).length),
    read(text, instruction, room = Infinity) {
      const tokens = encoder.countTokens(text);
      const states = Math.min(tokens, room, encoder.max_tokens);
      // The states come first; the question's own tokens have what they leave.
      const own = question(text), read = own.slice(0, room - states);
      const ids = [...read, ...(beside === "nothing" ? [] : instructionIds(instruction))];
      return {
        prompt: { text, ids },
        length: states + around + ids.length,
        isCut: tokens > states || own.length > read.length,
      };
    },
    target,
  };
}
