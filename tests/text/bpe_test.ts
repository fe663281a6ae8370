/** Byte-pair merges against their definition. */
import { deepStrictEqual, ok } from "node:assert/strict";
import fc from "fast-check";
import { atLeast } from "../../lib/checked.ts";
import { learnMerges, type Merge } from "../../lib/text/bpe.ts";

/** The definition, recounting every pair before every merge. */
function naiveMerges(
  tokens: readonly string[],
  words: readonly { symbols: readonly number[]; count: number }[],
  { size, minFrequency, maxTokenLength }: { size: number; minFrequency: number; maxTokenLength: number },
): { tokens: string[]; merges: Merge[] } {
  const all = [...tokens];
  const merges = new Map<string, Merge>();
  let text = words.map((word) => [...word.symbols]);
  while (all.length < size) {
    const counts = new Map<string, number>();
    text.forEach((word, w) => {
      for (let i = 0; i + 1 < word.length; i++) {
        if ((all[word[i]!]! + all[word[i + 1]!]!).length > maxTokenLength) continue;
        const key = `${word[i]} ${word[i + 1]}`;
        counts.set(key, (counts.get(key) ?? 0) + words[w]!.count);
      }
    });
    const ranked = [...counts].map(([key, count]) => ({
      pair: atLeast(key.split(" ").map(Number), 2),
      key,
      count,
    }))
      .sort((a, b) => b.count - a.count || a.pair[0] - b.pair[0] || a.pair[1] - b.pair[1]);
    if (ranked.length === 0 || ranked[0]!.count < minFrequency) break;
    const { pair: [left, right], key } = ranked[0]!;
    const merged = all[left]! + all[right]!;
    const known = all.indexOf(merged);
    const id = known >= 0 ? known : all.push(merged) - 1;
    if (!merges.has(key)) merges.set(key, [all[left]!, all[right]!]);
    text = text.map((word) => {
      const out: number[] = [];
      for (let i = 0; i < word.length; i++) {
        if (word[i] === left && word[i + 1] === right) {
          out.push(id);
          i++;
        } else out.push(word[i]!);
      }
      return out;
    });
  }
  return { tokens: all, merges: [...merges.values()] };
}

const symbols = ["a", "b", "c", "d"];
const corpus = fc.array(
  fc.record({ symbols: fc.array(fc.nat(3), { maxLength: 12 }), count: fc.integer({ min: 1, max: 5 }) }),
  { maxLength: 15 },
);
const options = fc.record({
  size: fc.integer({ min: 4, max: 40 }),
  minFrequency: fc.integer({ min: 1, max: 4 }),
  maxTokenLength: fc.integer({ min: 2, max: 30 }),
});

Deno.test("learnMerges() equals the definition that recounts every pair before every merge", () => {
  fc.assert(
    fc.property(corpus, options, (words, settings) => {
      deepStrictEqual(learnMerges(symbols, words, settings), naiveMerges(symbols, words, settings));
    }),
    { numRuns: 1500, seed: 1 },
  );
});

Deno.test("learnMerges() does not depend on the order of the words", () => {
  fc.assert(
    fc.property(corpus, options, (words, settings) => {
      deepStrictEqual(
        learnMerges(symbols, [...words].reverse(), settings),
        learnMerges(symbols, words, settings),
      );
    }),
    { numRuns: 300, seed: 2 },
  );
});

Deno.test("learnMerges() merges a run of one symbol from the left, without overlap", () => {
  const { tokens, merges } = learnMerges(["a"], [{ symbols: [0, 0, 0, 0, 0], count: 2 }], {
    size: 3,
    minFrequency: 2,
    maxTokenLength: 9,
  });
  deepStrictEqual(merges, [["a", "a"], ["aa", "a"]]);
  deepStrictEqual(tokens, ["a", "aa", "aaa"]);
});

Deno.test("learnMerges() keeps one id for a token that can be built in two ways", () => {
  const words = [{ symbols: [0, 1], count: 9 }, { symbols: [1, 2, 3], count: 8 }, {
    symbols: [0, 1, 2],
    count: 7,
  }, {
    symbols: [3, 0, 1, 2],
    count: 3,
  }];
  const { tokens } = learnMerges(symbols, words, { size: 30, minFrequency: 1, maxTokenLength: 9 });
  ok(new Set(tokens).size === tokens.length);
});
