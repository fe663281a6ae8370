/**
 * Encoding piece by piece gives what the package gives.
 * @module
 */
import { deepStrictEqual, equal, ok } from "node:assert/strict";
import { Tokenizer } from "@huggingface/tokenizers";
import { piecewise } from "../../lib/model/checkpoint/piecewise.ts";
import { stream } from "../../lib/random.ts";
import { trainTokenizer } from "../../lib/text/subword.ts";
import { equalShares, mini } from "../../lib/world/mini/mod.ts";

const TEXTS = mini.mixed(equalShares(), { seed: 1, count: 2000 }).map(({ text }) => text);
const { tokenizer: JSON_, config } = trainTokenizer(TEXTS.slice(0, 600), {
  vocab_size: 700,
  special_tokens: ["<pad>", "<bos>", "<eos>"],
  roles: { pad_token: "<pad>" },
});
const base = new Tokenizer(JSON_, config);
const byPackage = (text: string): number[] => base.encode(text, { add_special_tokens: false }).ids;

Deno.test("piecewise() gives the package's ids for texts of every language", () => {
  const encode = piecewise(JSON_, config, byPackage);
  ok(encode);
  // Twice: from the package, and from memory.
  for (let round = 0; round < 2; round++) {
    for (const text of TEXTS) deepStrictEqual(encode(text), byPackage(text), text);
  }
});

Deno.test("piecewise() gives the package's ids for any characters", () => {
  const encode = piecewise(JSON_, config, byPackage)!;
  const parts = [
    " ",
    "  ",
    "\n",
    "\t",
    "\u00a0",
    "a",
    "Anna",
    "12",
    "٣",
    "é",
    "e\u0301",
    "\u0301",
    "\u200d",
    "क्",
    "ไทย",
  ]
    .concat([
      "漢",
      "…",
      "$",
      "😀",
      "\ud83d",
      "<pad>",
      "<eos>",
      "<",
      "\u226e",
      "<\u0338",
      "\u1100\u1161",
      "\ufb01",
    ]);
  const s = stream(1, "piecewise");
  for (let at = 0; at < 3000; at++) {
    const text = Array.from({ length: s.int(0, 9) }, () => s.pick(parts)).join("");
    deepStrictEqual(encode(text), byPackage(text), JSON.stringify(text));
  }
});

Deno.test("piecewise() leaves other kinds of tokenizers to the package", () => {
  equal(piecewise({ ...JSON_, normalizer: null }, config, byPackage), undefined);
  equal(piecewise({ ...JSON_, post_processor: { type: "ByteLevel" } }, config, byPackage), undefined);
  equal(piecewise(JSON_, { remove_space: true }, byPackage), undefined);
});
