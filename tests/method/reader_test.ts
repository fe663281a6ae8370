/** What a system's LLM reads of a question fits into the room that it has, whatever it reads. */
import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import type { TextEncoder as StatesEncoder } from "../../lib/engine/mod.ts";
import { openReader } from "../../lib/method/reader/reader.ts";
import type { Beside, Reading } from "../../lib/method/reader/reading.ts";

/** A token a letter, so that lengths can be told by eye. */
const tokenizer = { encode: (text: string) => [...text].map((letter) => letter.codePointAt(0)!) };
const vocabulary = { tokenizer, bos: 1, eos: [2] as const };
/** A state for every three letters, ten at most. */
const encoder = {
  max_tokens: 10,
  countTokens: (text: string) => Math.ceil(text.length / 3),
} as Pick<StatesEncoder, "max_tokens" | "countTokens"> as StatesEncoder;

const states = (beside: Beside): Reading => ({
  by: "states",
  bridge: {
    layers: 2,
    activation: "relu",
    boundaries: "end",
    boundary_init: "zeros",
    standardised: false,
  },
  beside,
});
const READINGS: readonly Reading[] = [
  { by: "tokens" },
  states("nothing"),
  states("instruction"),
  states("question"),
];

Deno.test("a question takes no more positions than the room beside the instruction, and is cut only where it must be", () => {
  for (const reading of READINGS) {
    const reader = openReader(reading, vocabulary, encoder);
    for (let letters = 1; letters <= 40; letters++) {
      const text = "x".repeat(letters);
      const whole = reader.read(text, "math");
      for (let room = 1; room <= 60; room++) {
        const { length, isCut } = reader.read(text, "math", room);
        ok(length <= room + reader.besides("math"), `${JSON.stringify(reading)} ${letters} ${room}`);
        strictEqual(isCut, whole.isCut || length < whole.length);
      }
    }
  }
});

Deno.test("beside states the LLM reads the question's own tokens before the instruction, as far as the states leave room", () => {
  const reader = openReader(states("question"), vocabulary, encoder);
  const text = "three and four";
  const instruction = tokenizer.encode(reader.instruction("math"));
  const { prompt, length, isCut } = reader.read(text, "math");
  deepStrictEqual(prompt, { text, ids: [...tokenizer.encode(text), ...instruction] });
  strictEqual(length, 2 + encoder.countTokens(text) + prompt.ids.length);
  strictEqual(isCut, false);
  deepStrictEqual(reader.read(text, "math", 10).prompt.ids, [...tokenizer.encode("three"), ...instruction]);
});
