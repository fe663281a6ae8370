/** CrossIn: what is crossed, and that adapters alone learn the mix. */
import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { applyPatch } from "../../../lib/lab/plan/patch.ts";
import { benchmarksOf } from "../../../lib/method/evaluate/benchmarks.ts";
import { crossedPairs, type Crossing, CROSSINGS } from "../../../lib/method/source/crossed.ts";
import { answerText, questionText } from "../../../lib/method/source/items.ts";
import { readPairs } from "../../../lib/method/source/source.ts";
import { crossin } from "../../../lib/method/systems/crossin.ts";
import type { Recipe } from "../../../lib/method/recipe/fields.ts";
import type { FitInput } from "../../../lib/method/train/fit.ts";
import { mini } from "../../../lib/world/mini/mod.ts";
import { bench, TINY } from "../_tiny.ts";

const LANGUAGES = ["zh", "vi", "es"];
const DATA = { task: "math", task_data: "world", task_answers: "explained", languages: LANGUAGES } as const;
const item = (lang: string, from: number) =>
  mini.instructions("math", lang, { seed: 1, count: 1, from, data: "world" })[0]!;

/** The pairs of a kind, with the languages that a reader of the texts finds question and answer in. */
function crossedOf(kind: Crossing) {
  const all = ["en", ...LANGUAGES];
  return crossedPairs(mini, { ...DATA, kinds: [kind] }, 1, 60).map((pair, at) => {
    const [, question, tag] = /^(.*?)(?:\n\[(\w+)\])?$/s.exec(pair.source)!;
    return {
      ...pair,
      tag,
      asked: all.filter((lang) => questionText(item(lang, at)) === question),
      answered: all.filter((lang) =>
        (kind === "translate" ? questionText(item(lang, at)) : answerText(item(lang, at), "explained")) ===
          pair.target
      ),
    };
  });
}

Deno.test("EN2X asks in English and is answered in the language that a line names; X2EN the other way round", () => {
  for (const { asked, answered, tag, instruction } of crossedOf("en2x")) {
    deepStrictEqual([asked, instruction], [["en"], "math"]);
    ok(answered.includes(tag!) && LANGUAGES.includes(tag!));
  }
  for (const { asked, answered, tag, lang } of crossedOf("x2en")) {
    deepStrictEqual(asked, [lang]);
    ok(answered.includes("en") && tag === "en" && LANGUAGES.includes(lang));
  }
});

Deno.test("X2X asks and answers in any of the languages and English, drawn apart", () => {
  const pairs = crossedOf("x2x");
  for (const { asked, answered, tag } of pairs) ok(asked.length === 1 && answered.includes(tag!));
  const directions = new Set(pairs.map(({ asked, tag }) => `${asked} ${tag}`));
  ok(directions.size > 12, [...directions].join(", "));
  ok(pairs.some(({ asked, tag }) => asked[0] === tag));
});

Deno.test("T writes a question in English, and names no language", () => {
  for (const { asked, answered, tag, lang, instruction } of crossedOf("translate")) {
    deepStrictEqual([asked, answered, tag, instruction], [[lang], ["en"], undefined, "translate"]);
  }
});

Deno.test("kinds take turns, and what is drawn later goes on from what was drawn before", () => {
  const kinds = { ...DATA, kinds: CROSSINGS };
  const all = crossedPairs(mini, kinds, 1, 12);
  deepStrictEqual(crossedPairs(mini, kinds, 1, 5, 7), all.slice(7));
  strictEqual(all.filter(({ instruction }) => instruction === "translate").length, 3);
});

Deno.test("adapters alone learn the task in English and what is crossed, half and half; Base learns the task alone", async () => {
  const choice = applyPatch(TINY, { task: "choice" }) as Recipe;
  const benchmarks = benchmarksOf(mini, "choice").map((one) => ({ ...one, languages: ["en", "sw"] }));
  for (const kinds of [[...crossin.from(choice).kinds], []]) {
    const run = bench({ benchmarks });
    await crossin.run({ ...crossin.from(choice), kinds }, run);
    const fits = run.steps.filter(({ id }) => id === "fit").map(({ input }) => input as FitInput);
    deepStrictEqual(fits.map(({ trains }) => trains), [["lora"]]);
    const pairs = fits[0]!.pairs.flatMap((drawn) => [...readPairs(drawn)]);
    const task = pairs.filter(({ instruction }) => instruction === "choice");
    strictEqual(pairs.length, TINY.transfer!.examples);
    strictEqual(task.length, kinds.length === 0 ? pairs.length : pairs.length / 2);
    deepStrictEqual(new Set(task.map(({ lang }) => lang)), new Set(["en"]));
    strictEqual(run.answers.length, 2 * TINY.evaluation.items);
  }
});
