/** Retrieval of the mini world: what is not meaning finds one text of a family. */
import { ok, strictEqual } from "node:assert/strict";
import { mini } from "../../../lib/world/mini/mod.ts";
import { FAMILY } from "../../../lib/world/mini/retrieval.ts";

const codes = mini.languages().map(({ code }) => code);

/** The share found by a rule that sees `signOf` each text alone: of the texts with the same sign it takes any. */
function foundBy(texts: readonly string[], signOf: (text: string) => string): number {
  const alike = Map.groupBy(texts, signOf);
  return texts.reduce((sum, text) => sum + 1 / alike.get(signOf(text))!.length, 0) / texts.length;
}

Deno.test("in every language and split all retrieval texts differ", () => {
  for (const split of ["dev", "test"] as const) {
    for (const code of codes) {
      const texts = mini.retrieval(code, { items: 200, split }).map(({ target }) => target);
      strictEqual(new Set(texts).size, 200, `${code} ${split}`);
    }
  }
});

Deno.test("numerals and names find one retrieval text in a family", () => {
  const names = mini.personNames("en");
  const texts = mini.retrieval("en", { items: 200 }).map(({ source }) => source);
  const sign = (text: string) =>
    text.match(/\w+/g)!.filter((word) => /\d/.test(word) || names.includes(word));
  ok(foundBy(texts, (text) => [...new Set(sign(text))].join()) <= 1 / FAMILY);
});

Deno.test("the texts of a family differ in their last sentence alone, which has the same noun and number", () => {
  const texts = mini.retrieval("en", { items: 200, split: "dev" }).map(({ source }) => source);
  for (let i = 0; i < texts.length; i += FAMILY) {
    const family = texts.slice(i, i + FAMILY).map((text) => /^(.*\. )([^.]*)\.$/.exec(text)!);
    strictEqual(new Set(family.map(([, first]) => first)).size, 1);
    strictEqual(new Set(family.map(([, , last]) => last!.match(/\d+/)![0])).size, 1);
    strictEqual(new Set(family.map(([, , last]) => last)).size, FAMILY);
  }
});
