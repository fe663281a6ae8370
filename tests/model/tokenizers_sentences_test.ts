/**
 * Tokenizers of the kinds of SmolLM2 and XLM-R give the ids of Python's `tokenizers` on a thousand real sentences of twenty
 * languages (`tokenizers_sentences.py`).
 */
import { deepStrictEqual, strictEqual } from "node:assert/strict";
import { join } from "node:path";
import { sha256 } from "../../lib/hash.ts";
import { tokenizerFromJson } from "../../lib/model/checkpoint/tokenizer.ts";
import { dataTest } from "../world/open/_data.ts";
import golden from "./tokenizers_sentences.json" with { type: "json" };

for (const [name, { tokenizer, sha256: digests }] of Object.entries(golden.tokenizers)) {
  dataTest(`a tokenizer of ${name}'s kind gives Python's ids on 1,000 sentences of 20 languages`, (data) => {
    const own = tokenizerFromJson(JSON.parse(tokenizer), {}, name);
    let asked = 0;
    const got = Object.entries(golden.files).map(([language, file]) => {
      const sentences = Deno.readTextFileSync(join(data, file)).split("\n").slice(0, golden.asked);
      asked += sentences.length;
      return [language, sha256(JSON.stringify(own.encodeBatch(sentences)))];
    });
    strictEqual(asked, 1000);
    deepStrictEqual(Object.fromEntries(got), digests);
  });
}
