/** Vocabularies: texts come back, sizes are kept. */
import { deepStrictEqual, match, ok, strictEqual, throws } from "node:assert/strict";
import { Tokenizer } from "@huggingface/tokenizers";
import fc from "fast-check";
import { UserError } from "../../lib/errors.ts";
import { cldrLexicon } from "../../lib/text/cldr.ts";
import { LANGUAGES } from "../../lib/text/languages.ts";
import { type TrainedTokenizer, trainTokenizer } from "../../lib/text/subword.ts";

const SPECIAL = ["<pad>", "<bos>", "<eos>"];

/** Names of things in all 48 languages, one text a language. */
const NAMES = LANGUAGES.map((language) =>
  [...cldrLexicon(language).entries.values()].flatMap((all) => all.map((each) => each.text)).join(" ")
);

function load({ tokenizer, config }: TrainedTokenizer): Tokenizer {
  return new Tokenizer(JSON.parse(JSON.stringify(tokenizer)), { ...config });
}

const trained = trainTokenizer(NAMES, { vocab_size: 2000, special_tokens: SPECIAL });
const tokenizer = load(trained);

function roundTrip(text: string): string {
  const { ids } = tokenizer.encode(text);
  return ids.length === 0 ? "" : tokenizer.decode(ids);
}

Deno.test("decode(encode(text)) gives the text back in the scripts of all 48 languages", () => {
  for (const text of NAMES) strictEqual(roundTrip(text), text.normalize("NFC"));
});

Deno.test("decode(encode(text)) gives any text back in NFC, and nothing is unknown", () => {
  const text = fc.string({ unit: "grapheme", maxLength: 40 });
  fc.assert(
    fc.property(fc.oneof(text, fc.string({ unit: "binary", maxLength: 40 })), (text) => {
      const whole = text.toWellFormed();
      strictEqual(roundTrip(whole), whole.normalize("NFC"));
    }),
    { numRuns: 1500, seed: 3 },
  );
});

Deno.test("trainTokenizer() reaches the size asked for, with ids 0, 1, ... and the special tokens first", () => {
  const ids = Object.values(trained.tokenizer.model.vocab).sort((a, b) => a - b);
  deepStrictEqual(ids, Array.from({ length: 2000 }, (_, id) => id));
  deepStrictEqual(SPECIAL.map((token) => trained.tokenizer.model.vocab[token]), [0, 1, 2]);
  deepStrictEqual(tokenizer.encode("<bos>a<eos>").ids.filter((id) => id < 3), [1, 2]);
});

Deno.test("trainTokenizer() gives the same bytes for the same texts in any order", () => {
  const again = trainTokenizer(NAMES.toReversed(), { vocab_size: 2000, special_tokens: SPECIAL });
  strictEqual(JSON.stringify(again), JSON.stringify(trained));
});

Deno.test("trainTokenizer() makes no token with two digits unless told to", () => {
  const texts = Array<string>(50).fill("in 2024 there were 2024 of 2024 ১২৩৪ ১২৩৪");
  const single = load(trainTokenizer(texts, { vocab_size: 400 }));
  for (const token of single.tokenize("2024 ১২৩৪ 15,000.25")) {
    ok((token.match(/\d/g) ?? []).length <= 1, token);
  }
  deepStrictEqual(single.tokenize(" 2024"), ["Ġ2", "0", "2", "4"]);
  const joint = load(trainTokenizer(texts, { vocab_size: 400, split_digits: false }));
  deepStrictEqual(joint.tokenize(" 2024"), ["Ġ2024"]);
});

Deno.test("trainTokenizer() keeps marks in their word and cuts unspaced text at words", () => {
  const texts = Array<string>(20).fill(
    "अनीता के पास किताबें हैं เธอมีแอปเปิ้ลห้าลูก 她有五个苹果 りんごを持っています",
  );
  const tokens = load(trainTokenizer(texts, { vocab_size: 600, max_token_length: 99 })).tokenize(texts[0]!);
  const decoder = load(trainTokenizer(texts, { vocab_size: 600, max_token_length: 99 }));
  const pieces = tokens.map((token) => decoder.decode([decoder.token_to_id(token)!]));
  deepStrictEqual(pieces.slice(0, 5), ["अनीता", " के", " पास", " किताबें", " हैं"]);
  ok(pieces.includes("苹果") && pieces.includes("ลูก"), pieces.join("|"));
});

Deno.test("trainTokenizer() makes no token longer than max_token_length bytes", () => {
  const tokens = Object.keys(
    trainTokenizer(NAMES, { vocab_size: 1500, max_token_length: 6 }).tokenizer.model.vocab,
  );
  ok(tokens.every((token) => token.length <= 6));
});

Deno.test("trainTokenizer() names what is wrong with its options", () => {
  throws(() => trainTokenizer([], { vocab_size: 100 }), (error) => {
    ok(error instanceof UserError);
    match(error.message, /vocab_size is 100, expected at least 256/);
    return true;
  });
  throws(
    () => trainTokenizer([], { vocab_size: 300, special_tokens: ["<a>", "<a>"] }),
    /"<a>" is given twice/,
  );
  throws(() => trainTokenizer([], { vocab_size: 300, special_tokens: ["the"] }), /"the" could be a word/);
  throws(
    () => trainTokenizer([], { vocab_size: 300, roles: { bos_token: "<s>" } }),
    /bos_token is "<s>", which is not a special token/,
  );
});

Deno.test("with spaces apart a digit, and a word of a script without spaces, is the same token after a space as without one", () => {
  const texts = Array<string>(30).fill("แม่มี 4 ลูก 她有4个苹果 Anna has 4 apples 4 りんご 苹果");
  const apart = load(trainTokenizer(texts, { vocab_size: 400, space: "apart" }));
  for (const text of ["4", "苹果", "りんご", "ลูก"]) {
    deepStrictEqual(
      apart.tokenize(`a ${text}`).slice(-apart.tokenize(text).length),
      apart.tokenize(text),
      text,
    );
  }
  // Words of other scripts keep their space, as GPT-2's do.
  strictEqual(apart.tokenize("4 apples").at(-1), "Ġapples");
  for (const text of [...NAMES, ...texts]) {
    strictEqual(apart.decode(apart.encode(text).ids), text.normalize("NFC"));
  }
});
