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
