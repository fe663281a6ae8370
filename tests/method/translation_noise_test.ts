/** Errors of a machine's translation: how often, of which kinds, and what they never touch. */
import { deepStrictEqual, match, ok, strictEqual } from "node:assert/strict";
import { stream } from "../../lib/random.ts";
import { lexiconFrom } from "../../lib/text/lexicon.ts";
import { noisyText, vocabularyFrom } from "../../lib/text/translation_noise.ts";
import { mini } from "../../lib/world/mini/mod.ts";
import { noisyPairs } from "../../lib/method/source/noise.ts";
import { taskItems } from "../../lib/method/source/instructions.ts";

const GERMAN = vocabularyFrom(
  lexiconFrom("de", [["apple", "Apfel"], ["buys", "kauft"], ["house", "Haus"]], "test"),
);
const TEXT = "Tom kauft 12 Apfel im Haus.";

Deno.test("noisyText() of rate 0 is the text; of rate 1 every known word is wrong, in English, or gone, and others stay", () => {
  strictEqual(noisyText(TEXT, GERMAN, { words: 0, numbers: true }, stream(1, "a")), TEXT);
  const seen = new Set<string>();
  for (let i = 0; i < 60; i++) {
    const noisy = noisyText("Haus", GERMAN, { words: 1, numbers: true }, stream(1, "b", i));
    seen.add(noisy);
  }
  deepStrictEqual([...seen].sort(), ["", "apfel", "haus", "house", "kauft"]);
  match(noisyText(TEXT, GERMAN, { words: 1, numbers: false }, stream(1, "c")), /^Tom .*12.* im .*\.$/);
});

Deno.test("noisyText() is the same of a stream, and errs in numbers a tenth as often as in words", () => {
  const one = (i: number) => noisyText("12", GERMAN, { words: 1, numbers: true }, stream(1, "d", i));
  strictEqual(one(3), one(3));
  const changed = Array.from({ length: 2000 }, (_, i) => one(i)).filter((text) => text !== "12").length;
  ok(changed > 150 && changed < 250, `${changed} of 2000`);
});

Deno.test("noisyPairs() errs by the language's level, in languages without spaces too, never in English, never in an answer", () => {
  const rates = { high: 0.02, medium: 0.08, low: 0.2 };
  const data = { task: "math", task_data: "world", task_answers: "explained" } as const;
  const wrong = (lang: string, answers: "own" | "en" = "own") => {
    const right = taskItems(mini, { ...data, answers }, [lang, lang], 1, 150);
    const noisy = noisyPairs(mini, rates, 1, right);
    const answer = (text: string) => text.match(/\d+(?=\D*$)/)![0];
    for (const [i, { target }] of noisy.entries()) strictEqual(answer(target), answer(right[i]!.target));
    return {
      sources: noisy.filter(({ source }, i) => source !== right[i]!.source).length,
      targets: noisy.filter(({ target }, i) => target !== right[i]!.target).length,
    };
  };
  deepStrictEqual(wrong("en"), { sources: 0, targets: 0 });
  const [high, low, thai] = [wrong("de"), wrong("sw"), wrong("th")];
  ok(low.sources > 2 * high.sources && high.sources > 0, JSON.stringify([high, low]));
  ok(thai.sources > 75 && low.targets > high.targets, JSON.stringify([thai, low, high]));
  strictEqual(wrong("sw", "en").targets, 0);
});
