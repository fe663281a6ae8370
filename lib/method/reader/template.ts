/**
 * What a system's LLM reads, as a template for people. It is what the reader makes of the name of a text in braces, so that
 * it says what is read and not what someone wrote down.
 * @module
 */
import type { Instruction } from "./prompts.ts";
import { openReader } from "./reader.ts";
import { isFused, type Reading } from "./reading.ts";
import type { Vocabulary } from "./vocabulary.ts";

/** Texts by their names in braces: "{question}". */
export interface PairForm {
  readonly source: string;
  readonly target: string;
  readonly instruction: Instruction;
}

/** Ids of what is no text. */
const [BOS, EOS] = [-1, -2];
const MARKS: Readonly<Record<number, string>> = { [BOS]: "<bos>", [EOS]: "<eos>" };

/** A vocabulary whose ids are characters, so that what is read can be written down. */
const CHARACTERS: Vocabulary = {
  tokenizer: { encode: (text) => [...text].map((character) => character.codePointAt(0)!) },
  bos: BOS,
  eos: [EOS],
};
/** An encoder that reads a whole text. */
const WHOLE = {
  hidden_size: 1,
  max_tokens: Infinity,
  encode: unused,
  countTokens: () => 1,
  pieces: unused,
  dispose: unused,
};

/**
 * What is read of a text, for instance "<bos>{question}\nSolve step by step:\n". Of states it shows where the engine puts them
 * together: "<bos><enc_start>[states of {question}]<enc_end>".
 */
export function promptTemplate(reading: Reading, { source, instruction }: Omit<PairForm, "target">): string {
  const { prompt } = openReader(reading, CHARACTERS, reading.by === "states" ? WHOLE : null)
    .read(source, instruction);
  const read = textOf(prompt.ids);
  if (prompt.text === null || reading.by === "tokens") return read;
  const start = reading.bridge.boundaries === "both" ? "<enc_start>" : "";
  return `${MARKS[BOS]}${start}[states of ${prompt.text}]<enc_end>${read}`;
}

/** What is to be written after it, for instance "{answer}<eos>". */
export function targetTemplate(reading: Reading, { target }: Pick<PairForm, "target">): string {
  return textOf(openReader(reading, CHARACTERS, reading.by === "states" ? WHOLE : null).target(target));
}

/** A short name of how a question is read. */
export function nameOfReading(reading: Reading): string {
  if (reading.by === "tokens") return "tokens, then the instruction";
  const besides = {
    nothing: " alone",
    instruction: ", then the instruction",
    question: ", then tokens and the instruction",
  };
  const second = isFused(reading) ? "; a second attention in every layer, to the encoder's layers" : "";
  return `states${besides[reading.beside]}${second}`;
}

function textOf(ids: readonly number[]): string {
  return ids.map((id) => MARKS[id] ?? String.fromCodePoint(id)).join("");
}

function unused(): never {
  throw new TypeError("internal: a template is read without an encoder");
}
