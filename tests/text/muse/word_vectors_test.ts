/** Reading and preparing word vectors. */
import { deepStrictEqual, match, ok, strictEqual, throws } from "node:assert/strict";
import { Buffer } from "node:buffer";
import { UserError } from "../../../lib/errors.ts";
import { stream } from "../../../lib/random.ts";
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
  const expected = {
    words: ["the", "été"],
    dim: 3,
    data: Float32Array.of(1, -2, 0.5, 1e-3, 0, 4),
    skipped: 0,
  };
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

Deno.test("readWordVectors() skips lines that MUSE warns of, counts them and says which is the first", () => {
  const damaged = [
    "R$ 0,00 3 4",
    "is name@... 3 4",
    "b 1",
    "c 1 2 3",
    "d",
    "",
    "e 1 NaN",
    "f 1 inf",
    "g 0x1 2",
  ];
  for (const line of damaged) {
    const messages: string[] = [];
    const notice = (message: string) => void messages.push(message);
    const { words, data, skipped } = reading(`4 2\na 1 2\n${line}\nz 3  4\t\nA 5 6\n`, { notice });
    deepStrictEqual([words, [...data], skipped], [["a", "z"], [1, 2, 3, 4], 1], line);
    match(
      messages.join("\n"),
      /^Skipped in ".*\.vec": 1 line that is no word and 2 numbers, the first line 3$/,
    );
  }
  const latin = Uint8Array.of(97, 32, 49, 10, 255, 32, 49, 10, 98, 32, 50, 10);
  deepStrictEqual([reading(latin).words, reading(latin).skipped], [["a", "b"], 1]);
  deepStrictEqual(reading("\uFEFF1 1\n\uFEFFx\u2028 1\n").words, ["\uFEFFx\u2028"]);
});

/** The file's words and rows, whole in memory, as `read_txt_embeddings` is described. */
function expected(bytes: Uint8Array): { words: string[]; rows: number[][]; skipped: number } {
  const found = new Map<string, number[]>();
  const all = Buffer.from(bytes).toString("latin1").split("\n");
  if (all.at(-1) === "") all.pop();
  let skipped = 0;
  let size: number | undefined;
  all.forEach((raw, at) => {
    const line = Buffer.from(raw, "latin1");
    const text = line.toString("utf8").replace(at === 0 ? /^\uFEFF/ : /(?!)/, "");
    const isUtf8 = Buffer.from(line.toString("utf8")).equals(line);
    const header = at === 0 && isUtf8 ? /^\s*\d+\s+(\d+)\s*$/.exec(text) : null;
    if (header) return void (size = Number(header[1]));
    const [, word = "", numbers] = /^([^ ]*) (.*)$/s.exec(text) ?? [];
    const row = (numbers ?? "").split(/\s/).filter((field) => field !== "");
    const isFine = isUtf8 && row.length > 0 && row.every((field) => /^[-+.\de]+$/i.test(field)) &&
      row.every((field) => Number.isFinite(Math.fround(Number(field))));
    if (isFine && found.has(word.toLowerCase())) return;
    if (!isFine || (size !== undefined && size !== row.length)) return void skipped++;
    size = row.length;
    const values = row.map((field) => Math.fround(Number(field)));
    found.set(word.toLowerCase(), values.some((x) => x !== 0) ? values : [0.01, ...values.slice(1)]);
  });
  return { words: [...found.keys()], rows: [...found.values()], skipped };
}

Deno.test("readWordVectors() of 400 damaged files reads each line that is whole, and no other", () => {
  const good = Buffer.from(
    ["the", "été", "The", "ж", "a\u00A0b", "0", "猫"].map((word, i) => `${word} ${i} -${i}.5 1e-${i}\n`).join(
      "",
    ),
  );
  const pieces = ["\n", " ", "\t", "\r\n", "x", "9", "-", ".", "e", "\uFEFF", "\u2028", "NaN", "\n\n", "  "];
  let damaged = 0;
  for (let seed = 0; seed < 400; seed++) {
    const random = stream(seed, "vectors");
    const [from, to] = [random.int(0, good.length), random.int(0, 4)];
    const piece = random.pick([...pieces.map((text) => Buffer.from(text)), Buffer.of(255), Buffer.of(0xd0)]);
    const bytes = Buffer.concat([good.subarray(0, from), piece, good.subarray(from + to)]);
    const { words, rows, skipped } = expected(bytes);
    const got = reading(bytes);
    deepStrictEqual([got.words, got.skipped], [words, skipped], `seed ${seed}`);
    ok(rows.flat().every((x, i) => got.data[i] === Math.fround(x)), `seed ${seed}`);
    if (skipped > 0) damaged++;
  }
  ok(damaged > 100 && damaged < 390, `${damaged}`);
});

Deno.test("readWordVectors() refuses a file without vectors and one that is cut off", () => {
  const refused: [string | Uint8Array, RegExp][] = [
    ["3 2\na 1 2\nb 1 2\n", /it has 2 words, its first line says 3/],
    ["", /it has no word vectors$/],
    [
      "3 300\na 1 2\nb 1 2\n",
      /it has no word vectors, but 2 lines that are no word and 300 numbers, the first line 2/,
    ],
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
  ok(Math.abs(data[0]! + data[2]!) < 1e-6 && Math.abs(data[1]! + data[3]!) < 1e-6);
  deepStrictEqual([...rowsOf(vectors.data, 2, [1, 0, 1])], [0, 2, 3, 4, 0, 2]);
});
