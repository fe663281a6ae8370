/** The pairs of Language-Align: code-switched English and the English itself. */
import { deepStrictEqual, notStrictEqual, ok, strictEqual, throws } from "node:assert/strict";
import { englishTexts } from "../../lib/method/source/english.ts";
import { switchedTexts } from "../../lib/method/source/code_switched.ts";
import { MICRO } from "../../lib/method/recipe/scales.ts";
import { mini } from "../../lib/world/mini/mod.ts";
import type { World } from "../../lib/world/world.ts";

const COUNT = 100;
const languages = mini.languages().map(({ code }) => code).filter((code) => code !== "en");
const names = new Set(mini.personNames("en"));
const full = switchedTexts(mini, { ...MICRO.code_switch, ratio: 1 }, { seed: 1, count: COUNT });

/** What code-switching must leave: numbers in digits, and people, in order; a word without spaces may follow a name. */
function kept(text: string): string[] {
  return text.match(/\d+|\p{Script=Latin}+/gu)!.filter((word) => /^\d/.test(word) || names.has(word));
}

Deno.test("switchedTexts() with ratio 0 is the identity", () => {
  for (
    const { source, target } of switchedTexts(mini, { ...MICRO.code_switch, ratio: 0 }, {
      seed: 1,
      count: COUNT,
    })
  ) {
    strictEqual(source, target);
  }
});

Deno.test("switchedTexts() keeps every number and every name, in order", () => {
  let seen = 0;
  for (const { source, target } of full) {
    const wanted = kept(target);
    // Beside them a translation may happen to look like a name.
    let at = 0;
    for (const word of kept(source)) if (word === wanted[at]) at++;
    strictEqual(at, wanted.length, `"${source}" lost "${wanted[at]}" of "${target}"`);
    seen += wanted.length;
  }
  ok(seen > COUNT, "there are names and numbers to keep");
});

Deno.test("switchedTexts() has English texts as targets and takes every other language in turn, equally often", () => {
  deepStrictEqual(full.map(({ target }) => target), mini.monolingual("en", { seed: 1, count: COUNT }));
  deepStrictEqual(full.map(({ lang }) => lang), full.map((_, i) => languages[i % languages.length]));
});

Deno.test("switchedTexts() of languages with a dictionary takes those alone, and other texts where they are given", () => {
  const two: World = { ...mini, dictionaries: () => ["sw", "th"] };
  const settings = { ...MICRO.code_switch, languages: "dictionary" } as const;
  const questions = { english: "questions", task: "math", task_data: "world" } as const;
  const draw = { seed: 1, count: 10 };
  const pairs = switchedTexts(two, settings, draw, (draw) => englishTexts(two, questions, draw));
  deepStrictEqual(pairs.map(({ lang }) => lang), pairs.map((_, i) => i % 2 === 0 ? "sw" : "th"));
  const asked = mini.instructions("math", "en", draw).map(({ question }) => question);
  deepStrictEqual(pairs.map(({ target }) => target), asked);
  throws(
    () => switchedTexts({ ...mini, dictionaries: () => [] }, settings, draw),
    /no dictionary; `deno task data` says where/,
  );
});

Deno.test("switchedTexts() with ratio 1 changes texts into every language", () => {
  for (const lang of languages) {
    ok(full.some((pair) => pair.lang === lang && pair.source !== pair.target), `nothing became ${lang}`);
  }
});

Deno.test("switchedTexts() is the same for a seed, another for another, and the first texts of more are these", () => {
  const few = switchedTexts(mini, MICRO.code_switch, { seed: 1, count: 10 });
  deepStrictEqual(switchedTexts(mini, MICRO.code_switch, { seed: 1, count: 20 }).slice(0, 10), few);
  notStrictEqual(
    switchedTexts(mini, MICRO.code_switch, { seed: 2, count: 10 }).map(({ source }) => source).join(),
    few.map(({ source }) => source).join(),
  );
});

Deno.test("switchedTexts() with one part of speech changes fewer words than with all", () => {
  const changed = (pairs: typeof full) => pairs.filter(({ source, target }) => source !== target).length;
  const verbs = switchedTexts(mini, { ...MICRO.code_switch, ratio: 1, pos: ["VERB"] }, {
    seed: 1,
    count: COUNT,
  });
  ok(changed(verbs) > 0);
  const length = (pairs: typeof full) =>
    pairs.flatMap(({ source, target }) => {
      const english = new Set(target.split(" "));
      return source.split(" ").filter((word) => !english.has(word));
    }).length;
  ok(length(verbs) < length(full));
});
