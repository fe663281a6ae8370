/** SentencePiece's table of normalisations, beside the reference library (`precompiled_golden.py`). */
import { deepStrictEqual, strictEqual, throws } from "node:assert/strict";
import { precompiled } from "../../lib/model/checkpoint/_precompiled.ts";
import { tokenizerFromJson } from "../../lib/model/checkpoint/tokenizer.ts";
import golden from "./precompiled_golden.json" with { type: "json" };

const { charsmap, cases } = golden;

Deno.test("precompiled() normalises as the reference does, whatever stands beside each other", () => {
  const normalize = precompiled(charsmap);
  deepStrictEqual(cases.map(([text]) => normalize(text!)), cases.map(([, normal]) => normal));
});

Deno.test("the joiner in Sinhala words stays, and a mark of a letter that the table has alone is lost, as there", () => {
  const normalize = precompiled(charsmap);
  strictEqual(normalize("ප්\u200dරාන්ත"), "ප්\u200dරාන්ත");
  strictEqual(normalize("A\u0301"), "a");
});

/** A tokenizer whose words are what lies between spaces. */
function tokenizer(precompiled_charsmap: unknown) {
  return tokenizerFromJson(
    {
      added_tokens: [],
      normalizer: { type: "Precompiled", precompiled_charsmap },
      pre_tokenizer: { type: "WhitespaceSplit" },
      post_processor: null,
      decoder: null,
      model: {
        type: "WordPiece",
        unk_token: "?",
        continuing_subword_prefix: "##",
        vocab: { "?": 0, "fi1": 1, "ප්\u200dරා": 2 },
      },
    },
    {},
    "the test",
  );
}

Deno.test("a tokenizer normalises by its table, and refuses one that is damaged", () => {
  deepStrictEqual(tokenizer(charsmap).encode("ﬁ①\u3000ප්\u200dරා ප්රා"), [1, 2, 0]);
  for (const damaged of [charsmap.slice(0, 400), "AAAA", "no base64!"]) {
    throws(() => tokenizer(damaged), {
      name: "UserError",
      message: /^Cannot use the test as a tokenizer: its precompiled_charsmap is (cut off|not base64)$/,
    });
  }
});
