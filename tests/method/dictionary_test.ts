/** The world's lexicon as a dictionary, and the texts that word vectors come from. */
import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { conceptDictionary, dictionary, wordsOf } from "../../lib/method/lexicon/dictionary.ts";
import { textSeed } from "../../lib/method/lexicon/vectors.ts";
import { interchangeableWords, mini } from "../../lib/world/mini/mod.ts";
import { loadMuse, openData } from "../../lib/world/open/mod.ts";
import { dataTest } from "../world/open/_data.ts";

const CODES = mini.languages().map(({ code }) => code).filter((code) => code !== "en");

Deno.test("dictionary() never asks a word that may be learned from, in any language", () => {
  const [train, test] = [new Set<string>(), new Set<string>()];
  for (const code of CODES) {
    const halves = dictionary(mini, code);
    for (const { word } of halves.train) train.add(word);
    for (const { word } of halves.test) test.add(word);
    ok(halves.test.length > 25, `${code}: ${halves.test.length} words to ask`);
  }
  deepStrictEqual([...test].filter((word) => train.has(word)), []);
});

Deno.test("dictionary() holds only translations that are one word of the language's texts", () => {
  for (const code of ["sw", "zh"]) {
    const { train, test } = dictionary(mini, code);
    const known = new Set(
      mini.monolingual(code, { seed: 1, count: 1500 }).flatMap((text) => wordsOf(text, code)),
    );
    const words = [...train, ...test].flatMap(({ translations }) => translations);
    const missing = words.filter((word) => !known.has(word));
    ok(missing.length < 0.15 * words.length, `${code}: ${missing.join(" ")}`);
  }
});

Deno.test("textSeed() gives every language other texts, so that no two are parallel, and every seed too", () => {
  const seeds = [1, 2, 3].flatMap((seed) => ["en", ...CODES].map((code) => textSeed(seed, code)));
  strictEqual(new Set(seeds).size, seeds.length);
});

Deno.test("interchangeableWords() are the nouns that share their slots: not coins, which prices have, and no verbs", () => {
  const found = interchangeableWords();
  for (const word of ["apple", "apples", "cow", "box", "children"]) ok(found.has(word), word);
  for (const word of ["coin", "coins", "buys", "how", "farm"]) ok(!found.has(word), word);
});

dataTest(
  "dictionary() of real data asks MUSE's own test words, where MUSE has none the other half of CLDR's names",
  (data) => {
    const world = openData(data);
    const words = (entries: readonly { word: string }[]) => entries.map(({ word }) => word);
    const german = dictionary(world, "de");
    const official = new Set(loadMuse(data, "en", "de", "test").pairs.map(([word]) => word));
    ok(german.test.length > 1400 && words(german.test).every((word) => official.has(word)));
    ok(german.train.length > 4500);
    for (const { train, test } of [german, dictionary(world, "sw"), dictionary(world, "ha")]) {
      ok(train.length > 100 && test.length > 100);
      const learned = new Set(words(train));
      deepStrictEqual(words(test).filter((word) => learned.has(word)), []);
    }
  },
);

dataTest(
  "conceptDictionary() pairs words of two languages, never a concept's common name, and asks none that it gives",
  (data) => {
    for (const code of ["es", "ru"]) {
      const { train, test } = conceptDictionary(data, code);
      ok(train.length > 350 && test.length > 350, `${train.length} and ${test.length}`);
      const learned = new Set(train.map(({ word }) => word));
      ok(test.every(({ word }) => !learned.has(word)));
      const same = [...train, ...test].filter(({ word, translations }) => translations.includes(word));
      ok(same.length < 20, `${same.length} words are the same in both`);
    }
  },
);
