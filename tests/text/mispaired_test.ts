/** A lexicon made wrong on purpose. */
import { deepStrictEqual, notStrictEqual, strictEqual } from "node:assert/strict";
import fc from "fast-check";
import { stream } from "../../lib/random.ts";
import { lexiconFrom } from "../../lib/text/lexicon.ts";
import { mispaired } from "../../lib/text/mispaired.ts";

const word = fc.stringMatching(/^[a-z]{1,6}$/);
const lexicons = fc.uniqueArray(word, { minLength: 2, maxLength: 20 }).map((words) =>
  lexiconFrom("sw", words.map((one) => [one, `x${one}`] as const), "test")
);

Deno.test("mispaired() has the same words and the same translations, each at another word", () => {
  fc.assert(fc.property(lexicons, fc.nat(), (lexicon, seed) => {
    const wrong = mispaired(lexicon, stream(seed, "test"));
    deepStrictEqual([...wrong.entries.keys()], [...lexicon.entries.keys()]);
    strictEqual(new Set(wrong.entries.values()).size, lexicon.entries.size);
    for (const [one, translations] of wrong.entries) {
      notStrictEqual(translations, lexicon.entries.get(one));
    }
    deepStrictEqual(mispaired(lexicon, stream(seed, "test")), wrong);
  }));
});
