/** Lexicons from texts alone, and code-switching with another lexicon than the world's own. */
import { deepStrictEqual, notStrictEqual, ok, strictEqual } from "node:assert/strict";
import { inducedLexicon } from "../../lib/method/lexicon/induced.ts";
import { SMOKE_INDUCTION } from "../../lib/method/recipe/induction.ts";
import { readInduced } from "../../lib/method/lexicon/file.ts";
import { switchedTexts } from "../../lib/method/source/code_switched.ts";
import { mini } from "../../lib/world/mini/mod.ts";
import { bench, TINY } from "./_tiny.ts";

const OTHERS = mini.languages().map(({ code }) => code).filter((code) => code !== "en");

Deno.test("inducedLexicon() has every language of stage 1 and only words, each with one translation from that language", async () => {
  const context = bench();
  const { dir } = await inducedLexicon({
    ...SMOKE_INDUCTION,
    start: "similarity",
    vectors: { ...SMOKE_INDUCTION.vectors, texts: 100, min_count: 2, dim: 8 },
    refinement: null,
  }, context);
  const lexicons = readInduced(dir);
  deepStrictEqual([...lexicons.keys()].sort(), [...OTHERS].sort());
  for (const [code, { entries }] of lexicons) {
    ok(entries.size > 40, `${code}: ${entries.size} words`);
    for (const [word, translations] of entries) ok(!/\d/.test(word) && translations.length === 1);
  }
  const trained = context.steps.filter(({ id }) => id === "word_vectors").map(({ dir }) => dir);
  strictEqual(new Set(trained).size, 1 + OTHERS.length);
});

Deno.test("switchedTexts() with another lexicon switches the same places, where both lexicons have the word", () => {
  const { lexicon: _gold, ...settings } = { ...TINY.code_switch, ratio: 1 };
  const marked = (code: string) => {
    const { language, entries } = mini.lexicon(code);
    const mark = [{ text: "§", weight: 1, source: "test" }];
    return { language, entries: new Map([...entries.keys()].map((word) => [word, mark])) };
  };
  const own = switchedTexts(mini, settings, { seed: 1, count: 60 });
  const others = switchedTexts(mini, settings, { seed: 1, count: 60 }, undefined, marked);
  deepStrictEqual(
    own.map(({ target, lang }) => [target, lang]),
    others.map(({ target, lang }) => [target, lang]),
  );
  for (const [i, { source, target }] of others.entries()) {
    strictEqual(source === target, own[i]!.source === target, target);
  }
  notStrictEqual(own[0]!.source, others[0]!.source);
});
