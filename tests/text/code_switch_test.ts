/** Laws of code-switching. */
import { deepStrictEqual, ok, strictEqual, throws } from "node:assert/strict";
import fc from "fast-check";
import { stream } from "../../lib/random.ts";
import { cldrLexicon } from "../../lib/text/cldr.ts";
import { codeSwitch, type CodeSwitched, type SwitchOptions } from "../../lib/text/code_switch.ts";
import { type Lexicon, lexiconFrom, mergeLexicons } from "../../lib/text/lexicon.ts";
import { tag } from "../../lib/text/pos.ts";

const hand = lexiconFrom("sw", [
  ["has", "ana"],
  ["she", "yeye"],
  ["gives", "anampa"],
  ["to", "kwa"],
  ["and", "na"],
  ["how", "jinsi"],
  ["many", "nyingi"],
  ["left", "baki"],
  ["apple", "tofaa"],
  ["of", "ya"],
  ["boy", "mvulana"],
  ["not", "si"],
  ["the", "hiyo"],
  ["quickly", "haraka"],
  ["quickly", "upesi", 3],
], "hand");
const swahili = mergeLexicons([hand, cldrLexicon("sw")]);

const TEXTS = [
  "Amina has 15 red apples and 3 dogs. She gives three of them to Tendai. How many apples are left?",
  "The boy's dog can't eat 2,500 birds on Monday 3 May. She saw a fish and a saw, didn't she?",
  "On March 3rd Rose and Mark quickly ran 4.5 km to the school. Rose drank the milk.",
  "EACH CHILD HAS AN APPLE AND A DOG",
  "  Twenty-one cats\tand a horse;\n\nthe horse's tail costs $5 (or 20%).  ",
  "",
];
const text = fc.oneof(
  fc.constantFrom(...TEXTS),
  fc.array(
    fc.constantFrom(
      "Amina",
      "dog",
      "cats",
      "has",
      "12",
      "the",
      ".",
      "?",
      "and",
      "she",
      "don't",
      "apple's",
      "—",
    ),
    {
      maxLength: 14,
    },
  ).map((words) => words.join(" ")),
);
const ratio = fc.double({ min: 0, max: 1, noNaN: true });

function run(
  text: string,
  options: SwitchOptions,
  { seed = 0, lexicon = swahili, names = ["Mark", "Rose"] } = {},
) {
  return codeSwitch(text, tag(text, { names: new Set(names) }), lexicon, options, stream(seed, "switch"));
}

function switchedAt(result: CodeSwitched): number[] {
  return result.spans.flatMap((span, at) => span.switched ? [at] : []);
}

Deno.test("codeSwitch() at ratio 0 gives the text back", () => {
  fc.assert(fc.property(fc.oneof(text, fc.string({ unit: "grapheme" })), fc.nat(99), (text, seed) => {
    const result = run(text.toWellFormed(), { ratio: 0 }, { seed });
    strictEqual(result.text, text.toWellFormed());
    strictEqual(result.switched, 0);
  }));
});

Deno.test("codeSwitch() at ratio 1 switches every eligible word", () => {
  fc.assert(fc.property(text, fc.nat(99), (text, seed) => {
    const result = run(text, { ratio: 1 }, { seed });
    strictEqual(result.switched, result.eligible);
    ok(result.spans.every((span) => span.kept !== "ratio"));
  }));
});

Deno.test("codeSwitch() with the same stream switches a superset at a higher ratio", () => {
  fc.assert(fc.property(text, ratio, ratio, fc.nat(99), (text, a, b, seed) => {
    const low = run(text, { ratio: Math.min(a, b) }, { seed });
    const high = new Set(switchedAt(run(text, { ratio: Math.max(a, b) }, { seed })));
    ok(switchedAt(low).every((at) => high.has(at)));
  }));
});

Deno.test("codeSwitch() switches the share asked for, rounded up or down, and exactly so on average", () => {
  const words = TEXTS[0]!;
  let switched = 0;
  let eligible = 0;
  for (let seed = 0; seed < 2000; seed++) {
    const result = run(words, { ratio: 0.37 }, { seed });
    ok(Math.abs(result.switched - 0.37 * result.eligible) < 1);
    switched += result.switched;
    eligible += result.eligible;
  }
  // The standard deviation of the mean is below 0.001 (rounding alone varies).
  ok(Math.abs(switched / eligible - 0.37) < 0.004, String(switched / eligible));
});

Deno.test("codeSwitch() never changes numbers, names, dates, signs or white space", () => {
  fc.assert(fc.property(text, ratio, fc.nat(99), (text, ratio, seed) => {
    const result = run(text, { ratio }, { seed });
    for (const { token, output } of result.spans) {
      if (token.fixed !== undefined || !/\p{L}/u.test(token.text)) strictEqual(output, token.text);
    }
    deepStrictEqual(result.text.match(/\d+/g), text.match(/\d+/g));
    let rest = "";
    let at = 0;
    for (const { start, end } of result.spans) {
      rest += result.text.slice(at, start);
      at = end;
    }
    strictEqual((rest + result.text.slice(at)).replace(/\s/gu, ""), "");
  }));
});

Deno.test("codeSwitch() writes a language without spaces without them, and English with them", () => {
  const entries: Record<string, [string, string][]> = {
    ja: [["has", "持っています"], ["gives", "あげます"], ["apple", "りんご"], ["and", "と"], ["now", "今"]],
    zh: [["has", "有"], ["gives", "给了"], ["apple", "苹果"], ["and", "和"], ["now", "现在"]],
    th: [["has", "มี"], ["gives", "ให้"], ["apple", "แอปเปิล"], ["and", "และ"], ["now", "ตอนนี้"]],
    ko: [["has", "가지고 있습니다"], ["gives", "줍니다"], ["apple", "사과"], ["and", "와"], ["now", "이제"]],
  };
  const text = "Ben has 15 apples and 3 dogs. Now Ben gives 12 red apples to Rose.";
  const expected = {
    ja: "Ben持っています15りんごと3 dogs.今 Benあげます12 redりんご to Rose.",
    zh: "Ben有15苹果和3 dogs.现在 Ben给了12 red苹果 to Rose.",
    // Thai writes a space at a number and between sentences.
    th: "Benมี 15 แอปเปิลและ 3 dogs. ตอนนี้ Benให้ 12 redแอปเปิล to Rose.",
    ko: "Ben 가지고 있습니다 15 사과 와 3 dogs. 이제 Ben 줍니다 12 red 사과 to Rose.",
  };
  for (const [language, switched] of Object.entries(expected)) {
    const lexicon = lexiconFrom(language, entries[language]!, "hand");
    const result = run(text, { ratio: 1 }, { lexicon, names: ["Ben", "Rose"] });
    strictEqual(result.text, switched);
    for (const { start, end, output } of result.spans) strictEqual(result.text.slice(start, end), output);
    // What is not switched is written as it was, and nothing but single spaces goes.
    strictEqual(run(text, { ratio: 0 }, { lexicon }).text, text);
    const wide = text.replaceAll(" ", "\n");
    const kept = run(wide, { ratio: 1 }, { lexicon, names: ["Ben", "Rose"] });
    strictEqual(kept.text.split("\n").length, wide.split("\n").length);
  }
});

Deno.test("codeSwitch() differs between languages with and without spaces by spaces alone", () => {
  fc.assert(fc.property(text, ratio, fc.nat(99), (text, ratio, seed) => {
    const pairs: [string, string][] = [["dog", "犬"], ["has", "持"], ["and", "と"], ["she", "彼女"], [
      "how",
      "何",
    ]];
    const spaced = run(text, { ratio }, { seed, lexicon: lexiconFrom("sw", pairs, "hand") });
    for (const language of ["ja", "th"]) {
      const close = run(text, { ratio }, { seed, lexicon: lexiconFrom(language, pairs, "hand") });
      strictEqual(close.text.replaceAll(" ", ""), spaced.text.replaceAll(" ", ""));
      deepStrictEqual(close.spans.map(({ output }) => output), spaced.spans.map(({ output }) => output));
      // Between two tokens that stay English nothing goes.
      close.spans.forEach((span, at) => {
        const before = close.spans[at - 1];
        if (before === undefined || before.switched || span.switched) return;
        strictEqual(close.text.slice(before.end, span.start), text.slice(before.token.end, span.token.start));
      });
    }
  }));
});

Deno.test("codeSwitch() says of every token what became of it, where, and why", () => {
  fc.assert(fc.property(text, ratio, fc.nat(99), (text, ratio, seed) => {
    const result = run(text, { ratio }, { seed });
    for (const span of result.spans) {
      strictEqual(result.text.slice(span.start, span.end), span.output);
      strictEqual(text.slice(span.token.start, span.token.end), span.token.text);
      ok((span.switched === undefined) !== (span.kept === undefined));
    }
    strictEqual(result.spans.filter(({ switched }) => switched).length, result.switched);
    strictEqual(
      result.spans.filter((span) => span.switched || span.kept === "ratio").length,
      result.eligible,
    );
  }));
});

Deno.test("codeSwitch() switches only the parts of speech asked for, and together they are all", () => {
  fc.assert(fc.property(text, fc.nat(99), (text, seed) => {
    const nouns = run(text, { ratio: 1, pos: ["NOUN"] }, { seed });
    const others = run(text, {
      ratio: 1,
      pos: ["VERB", "ADP", "PRON", "ADJ", "CCONJ", "SCONJ", "AUX", "ADV"],
    }, { seed });
    ok(nouns.spans.every((span) => span.kept || span.token.pos === "NOUN"));
    ok(others.spans.every((span) => span.kept || span.token.pos !== "NOUN"));
    strictEqual(nouns.eligible + others.eligible, run(text, { ratio: 1 }, { seed }).eligible);
  }));
});

Deno.test("codeSwitch() prefers the same words in every language and lexicon", () => {
  const upper: Lexicon = {
    language: "xx",
    entries: new Map(
      [...swahili.entries].map(([word, all]) => [word, all.map((each) => ({ ...each, text: "x" }))]),
    ),
  };
  fc.assert(fc.property(text, ratio, fc.nat(99), (text, ratio, seed) => {
    deepStrictEqual(
      switchedAt(run(text, { ratio }, { seed })),
      switchedAt(run(text, { ratio }, { seed, lexicon: upper })),
    );
  }));
});

Deno.test("codeSwitch() keeps capitals, possessives and contractions as a reader expects", () => {
  strictEqual(
    run("The boy's dog can't eat apples. She has left.", { ratio: 1 }).text,
    "The mvulana's mbwa can't eat tofaa. Yeye ana baki.",
  );
  // A word in capitals that wink takes for a name stays.
  strictEqual(run("HOW MANY apples", { ratio: 1 }).text, "JINSI MANY tofaa");
  strictEqual(run("The dog", { ratio: 1, pos: ["DET"] }).text, "Hiyo dog");
});

Deno.test("codeSwitch() finds a word by its form before its lemma, and by lemma only if allowed", () => {
  const lexicon = lexiconFrom("sw", [["apple", "tofaa"], ["dogs", "mbwa wengi"], ["dog", "mbwa"]], "hand");
  const both = run("5 apples and 2 dogs", { ratio: 1 }, { lexicon });
  deepStrictEqual(both.spans.flatMap(({ switched }) => switched ? [switched.match] : []), ["lemma", "form"]);
  strictEqual(
    run("5 apples and 2 dogs", { ratio: 1, lemma: false }, { lexicon }).text,
    "5 apples and 2 mbwa wengi",
  );
});

Deno.test("codeSwitch() takes a noun's translation for the noun only", () => {
  const lexicon = lexiconFrom("sw", [["saw", "msumeno"]], "cldr", { pos: "NOUN" });
  strictEqual(run("She saw a saw.", { ratio: 1 }, { lexicon }).text, "She saw a msumeno.");
});

Deno.test("codeSwitch() takes the best translation, or draws with the weights as odds", () => {
  strictEqual(run("She ran quickly", { ratio: 1, pos: ["ADV"] }).text, "She ran upesi");
  let best = 0;
  for (let seed = 0; seed < 1000; seed++) {
    if (run("ran quickly", { ratio: 1, choice: "sample" }, { seed }).text.endsWith("upesi")) best++;
  }
  ok(Math.abs(best / 1000 - 0.75) < 0.05, String(best));
});

Deno.test("codeSwitch() keeps stop words when told to", () => {
  const result = run(TEXTS[0]!, { ratio: 1, stop_words: "keep" });
  deepStrictEqual(
    result.spans.flatMap((span) => span.switched ? [span.token.text] : []),
    ["apples", "dogs", "gives", "apples", "left"],
  );
  ok(result.spans.every((span) => !(span.switched && span.token.isStopWord)));
});

Deno.test("codeSwitch() names a ratio that is out of range", () => {
  throws(() => run("a", { ratio: 1.2 }), { message: "Cannot code-switch: ratio is 1.2, expected 0 to 1" });
  throws(() => run("a", { ratio: NaN }), { message: "Cannot code-switch: ratio is NaN, expected 0 to 1" });
});
