/** Reading and preparing word vectors. */
import { deepStrictEqual, ok, strictEqual, throws } from "node:assert/strict";
import { UserError } from "../../../lib/errors.ts";
import { prepare, readWordVectors, rowsOf } from "../../../lib/text/muse/word_vectors.ts";

function reading(content: string | Uint8Array, options = {}) {
  const path = Deno.makeTempFileSync({ suffix: ".vec" });
  try {
    Deno.writeFileSync(path, typeof content === "string" ? new TextEncoder().encode(content) : content);
    return readWordVectors(path, options);
  } finally {
    Deno.removeSync(path);
  }
}

Deno.test("readWordVectors() reads words and numbers, with or without a first line and a last line break", () => {
  const expected = { words: ["the", "été"], dim: 3, data: Float32Array.of(1, -2, 0.5, 1e-3, 0, 4) };
  const body = "the 1 -2 0.5\nété 1e-3 0 4";
  deepStrictEqual(reading(`2 3\n${body}\n`), expected);
  deepStrictEqual(reading(`${body}\n`), expected);
  deepStrictEqual(reading(`2 3\r\n${body.replace("\n", " \r\n")}`), expected);
});

Deno.test("readWordVectors() keeps the first of words that are equal in lower case, and the most frequent ones", () => {
  const text = "4 1\nThe 1\nthe 2\nof 3\nand 4\n";
  deepStrictEqual(reading(text).words, ["the", "of", "and"]);
  deepStrictEqual([...reading(text).data], [1, 3, 4]);
  deepStrictEqual(reading(text, { lowerCase: false }).words, ["The", "the", "of", "and"]);
  deepStrictEqual(reading(text, { maxWords: 2 }).words, ["the", "of"]);
});

Deno.test("readWordVectors() gives a vector of zeros a direction, as MUSE does", () => {
  deepStrictEqual([...reading("a 0 0\n").data], [Math.fround(0.01), 0]);
});

Deno.test("readWordVectors() reads letters that lie across the edge of what is read at a time", () => {
  const lines = Array.from({ length: 70_000 }, (_, i) => `ж${i} 1 ${i}`);
  const { words, data } = reading(`${lines.join("\n")}\n`);
  strictEqual(words.length, 70_000);
  strictEqual(words[69_999], "ж69999");
  strictEqual(data[2 * 54_321 + 1], 54_321);
});

Deno.test("readWordVectors() refuses what is no word vector, with file and line", () => {
  const refused: [string | Uint8Array, RegExp][] = [
    ["a 1 2\nb 1\n", /line 2 has 1 numbers, expected 2/],
    ["a 1 2\nb 1 x\n", /line 2 is not a word and its numbers/],
    ["a 1 2\nb 1  3\n", /line 2 is not a word/],
    ["a 1 NaN\n", /line 1 is not a word/],
    ["a\n", /line 1 is not a word/],
    ["3 2\na 1 2\nb 1 2\n", /it has 2 words, its first line says 3/],
    ["", /it has no word vectors/],
    [Uint8Array.of(97, 32, 49, 10, 255, 32, 49, 10), /not UTF-8/],
  ];
  for (const [content, message] of refused) {
    throws(() => reading(content), (error) => error instanceof UserError && message.test(error.message));
  }
  throws(() => readWordVectors("not/there.vec"), /there is no file "not\/there.vec"/);
});

Deno.test("prepare() gives rows of length 1, centred ones a mean of zero before", () => {
  const vectors = { words: ["a", "b"], dim: 2, data: Float32Array.of(3, 4, 0, 2) };
  strictEqual(prepare(vectors, "none"), vectors);
  deepStrictEqual([...prepare(vectors, "renorm").data].map((x) => +x.toFixed(6)), [0.6, 0.8, 0, 1]);
  const { data } = prepare(vectors, "center,renorm");
  ok(Math.abs(data[0] + data[2]) < 1e-6 && Math.abs(data[1] + data[3]) < 1e-6);
  deepStrictEqual([...rowsOf(vectors.data, 2, [1, 0, 1])], [0, 2, 3, 4, 0, 2]);
});
