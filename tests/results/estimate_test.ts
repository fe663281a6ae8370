/** The two estimates: laws over made-up marks. */
import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import fc from "fast-check";
import { percent } from "../../lib/format.ts";
import { minimumDetectable, pOfZero, summariseSeeds } from "../../lib/metric/mod.ts";
import { stream } from "../../lib/random.ts";
import { accuracy, difference } from "../../lib/results/estimate.ts";
import type { MarkSet } from "../../lib/results/marks.ts";

const LANGUAGES = ["sw", "th"];
const ITEMS = Array.from({ length: 100 }, (_, i) => `p${i}`);

/** Answers of a system with this chance of being right; the same items for every system. */
function answers(name: string, chance: number, seeds: readonly number[], items = ITEMS): MarkSet {
  const marks = new Map(LANGUAGES.map((lang) => [
    lang,
    new Map(seeds.map((seed) => [
      seed,
      items.map((_, item) => Number(stream(seed, name, lang, item).uniform() < chance)).join(""),
    ])),
  ]));
  return { marks, languages: LANGUAGES, items };
}

Deno.test("difference() pairs by seed, language and item, and turns its sign with its arguments", () => {
  const [a, b] = [answers("a", 0.7, [1, 2, 3]), answers("b", 0.4, [1, 2, 3])];
  const [ab, ba] = [difference(a, b)!, difference(b, a)!];
  ok(Math.abs(ab.value + ba.value) < 1e-12);
  ok(Math.abs(ab.value - (accuracy(a)!.value - accuracy(b)!.value)) < 1e-12);
  ok(ab.low > 0 && ab.low < ab.value && ab.value < ab.high && ab.p < 0.01);
  deepStrictEqual([ab.n, ab.problems, ab.languages, ab.seeds], [600, 100, 2, 3]);
});

Deno.test("texts that differ in their numbers alone (ids alike before #) are one problem: the interval is over problems", () => {
  // Three texts each of forty problems, answered alike.
  const ids = Array.from({ length: 40 }, (_, i) => [0, 1, 2].map((k) => `p${i}#${k}`)).flat();
  const each = answers("a", 0.5, [1], Array.from({ length: 40 }, (_, i) => `p${i}`));
  const thrice = (marks: string) => [...marks].map((mark) => mark.repeat(3)).join("");
  const marks = new Map([...each.marks].map(([lang, seeds]) => [
    lang,
    new Map([...seeds].map(([seed, own]) => [seed, thrice(own)])),
  ]));
  const [one, three] = [accuracy(each)!, accuracy({ ...each, marks, items: ids })!];
  strictEqual(three.value, one.value);
  deepStrictEqual([three.low, three.high], [one.low, one.high]);
  // Over seeds too: the interval is that of the problems told once each.
  const names = Array.from({ length: 40 }, (_, i) => `p${i}`);
  const seeded = (chance: number, texts: (problem: number) => number): MarkSet => {
    const base = answers("b", chance, [1, 2, 3], names);
    const repeated = (own: string) => [...own].map((mark, i) => mark.repeat(texts(i))).join("");
    const marks = new Map([...base.marks].map(([lang, seeds]) => [
      lang,
      new Map([...seeds].map(([seed, own]) => [seed, repeated(own)])),
    ]));
    return {
      ...base,
      marks,
      items: names.flatMap((name, i) => Array.from({ length: texts(i) }, (_, k) => `${name}#${k}`)),
    };
  };
  const [single, alike] = [accuracy(seeded(0.5, () => 1))!, accuracy(seeded(0.5, () => 3))!];
  for (const [a, b] of [[single.low, alike.low], [single.high, alike.high]] as const) {
    ok(Math.abs(a - b) < 1e-9);
  }
  strictEqual(alike.covered, 3);
  // With texts in unequal numbers the mean is still over texts, and what never differs has no spread of its own.
  const uneven = accuracy(seeded(0.5, (i) => 1 + i % 4))!;
  ok(uneven.low < uneven.value && uneven.value < uneven.high && uneven.covered === 3);
  const sure = accuracy(seeded(1, (i) => 1 + i % 4))!;
  strictEqual(sure.value, 1);
  strictEqual(sure.high, 1);
  ok(sure.low > 0.9, `${sure.low}`);
  // As problems of their own they would look surer than they are.
  const apart = accuracy({ ...each, marks, items: ids.map((id) => id.replace("#", "/")) })!;
  ok(apart.high - apart.low < 0.8 * (one.high - one.low));
});

Deno.test("difference() uses only what both answered, and is undefined when that is nothing", () => {
  const [a, b] = [answers("a", 0.7, [1, 2]), answers("b", 0.4, [2, 3])];
  const found = difference(a, b)!;
  deepStrictEqual([found.n, found.seeds, found.covered], [200, 1, 1]);
  strictEqual(difference(answers("a", 1, [1]), answers("b", 1, [2])), undefined);
});

Deno.test("difference() of a system with itself is no difference, however many answers", () => {
  const a = answers("a", 0.5, [1, 2]);
  const same = difference(a, a)!;
  deepStrictEqual([same.value, same.p], [0, 1]);
  ok(same.low < 0 && same.high > 0);
});

Deno.test("with several seeds both estimates are those of seeds and problems, with one of problems alone", () => {
  const [a, b] = [answers("a", 0.6, [1, 2, 3]), answers("b", 0.5, [1, 2, 3])];
  const means = ({ marks }: MarkSet) =>
    [1, 2, 3].map((seed) =>
      ITEMS.map((_, i) =>
        LANGUAGES.reduce((sum, lang) => sum + Number(marks.get(lang)!.get(seed)![i]), 0) / 2
      )
    );
  const summary = summariseSeeds(means(a).map((row, s) => row.map((x, i) => x - means(b)[s]![i]!)));
  const found = difference(a, b)!;
  ok(Math.abs(found.low - summary.low) < 1e-12 && Math.abs(found.p - pOfZero(summary)) < 1e-12);
  ok(Math.abs(found.detectable - minimumDetectable(summary.standardError, { df: summary.df })) < 1e-12);
  strictEqual(accuracy(a)!.covered, 3);
  strictEqual(accuracy(answers("a", 0.6, [1]))!.covered, 1);
});

Deno.test("two systems that are wrong everywhere on 6 problems: 39.0 points are open, 55.8 would show", () => {
  const [a, b] = [answers("a", 0, [1], ITEMS.slice(0, 6)), answers("b", 0, [1], ITEMS.slice(0, 6))];
  const { high, detectable, p } = difference(a, b)!;
  deepStrictEqual([percent(high), percent(detectable), p], ["39.0", "55.8", 1]);
});

Deno.test("a detectable difference is never smaller than what the interval leaves open on either side", () => {
  const chance = fc.constantFrom(0, 0.05, 0.5, 0.9, 1), size = fc.integer({ min: 2, max: 40 });
  const seeds = fc.constantFrom([1], [1, 2], [1, 2, 3]);
  fc.assert(
    fc.property(chance, chance, size, seeds, (one, other, items, seeds) => {
      const [a, b] = [
        answers("a", one, seeds, ITEMS.slice(0, items)),
        answers("b", other, seeds, ITEMS.slice(0, items)),
      ];
      const { low, high, detectable } = difference(a, b)!;
      // An end of the interval may be cut off at a whole point or lie nearer than the other in a bootstrap.
      ok(detectable >= 0.9 * (high - low) / 2, JSON.stringify({ low, high, detectable }));
    }),
    { numRuns: 60 },
  );
});
