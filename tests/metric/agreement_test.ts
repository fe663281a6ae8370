/** Consistency across languages and top-1 retrieval. */
import { deepStrictEqual, ok, strictEqual, throws } from "node:assert/strict";
import fc from "fast-check";
import { consistency, retrievalTop1 } from "../../lib/metric/mod.ts";
import { stream } from "../../lib/random.ts";

/** Answers to items by language: "" could not be read. */
function rows(answers: readonly (readonly string[])[], gold = "A") {
  return answers.flatMap((own, item) =>
    own.map((answer, lang) => ({
      item: `i${item}`,
      lang: `l${lang}`,
      extracted: answer === "" ? null : answer,
      correct: answer === gold,
    }))
  );
}

/** Every set of `size` of the numbers below `count`. */
function sets(count: number, size: number): number[][] {
  if (size === 0) return [[]];
  return sets(count, size - 1).flatMap((set) =>
    Array.from({ length: count }, (_, i) => i).filter((i) => i > (set.at(-1) ?? -1)).map((i) => [...set, i])
  );
}

Deno.test("consistency() is the mean over every set of s languages of the share of items that agree in it", () => {
  const table = fc.integer({ min: 2, max: 5 }).chain((languages) =>
    fc.array(
      fc.array(fc.constantFrom("A", "B", "C", ""), { minLength: languages, maxLength: languages }),
      { minLength: 1, maxLength: 6 },
    )
  );
  fc.assert(fc.property(table, (answers) => {
    const languages = answers[0]!.length;
    const accuracy = answers.flat().filter((answer) => answer === "A").length / answers.flat().length;
    const found = consistency(rows(answers));
    deepStrictEqual(found.map(({ size }) => size), Array.from({ length: languages - 1 }, (_, i) => i + 2));
    for (const { size, consistency, ac3 } of found) {
      const shares = sets(languages, size).map((set) =>
        answers.filter((own) => set.every((lang) => own[lang] !== "" && own[lang] === own[set[0]!])).length /
        answers.length
      );
      const expected = shares.reduce((a, b) => a + b) / shares.length;
      ok(Math.abs(consistency - expected) < 1e-12, `${size}: ${consistency}, expected ${expected}`);
      const mean = 2 * accuracy * expected / (accuracy + expected + 1e-10);
      ok(Math.abs(ac3 - mean) < 1e-9);
    }
  }));
});

Deno.test("consistency() is 1 for one answer everywhere, right or wrong, and never rises with more languages", () => {
  deepStrictEqual(consistency(rows([["B", "B", "B"], ["A", "A", "A"]])).map((one) => one.consistency), [
    1,
    1,
  ]);
  const [two, three] = consistency(rows([["A", "A", "B"], ["C", "", "C"]]));
  deepStrictEqual([two!.consistency, three!.consistency], [1 / 3, 0]);
  deepStrictEqual(consistency(rows([["A"], ["B"]])), []);
  throws(() => consistency(rows([["A", "A"], ["A"]])), /"i1" is not asked once in each of 2/);
});

Deno.test("retrievalTop1() finds every vector whatever its length", () => {
  const source = stream(1, "retrieval");
  const n = 40, dim = 6;
  const queries = Float32Array.from({ length: n * dim }, () => source.normal());
  const index = queries.map((v, i) => v * (1 + Math.floor(i / dim)));
  const { k, accuracy, nearest } = retrievalTop1(queries, index, dim);
  strictEqual(k, n);
  strictEqual(accuracy, 1);
  deepStrictEqual([...nearest], Array.from({ length: n }, (_, i) => i));
});

Deno.test("retrievalTop1() asks from the queries' side and counts a duplicate as an error", () => {
  const queries = Float32Array.from([1, 0, 0.9, 0.1]), index = Float32Array.from([1, 0, 0, 1]);
  deepStrictEqual([...retrievalTop1(queries, index, 2).nearest], [0, 0]);
  deepStrictEqual([...retrievalTop1(index, queries, 2).nearest], [0, 1]);
  const twins = Float32Array.from([1, 2, 1, 2]);
  deepStrictEqual([...retrievalTop1(twins, twins, 2).nearest], [0, 0]);
});

Deno.test("retrievalTop1() refuses shapes that do not fit and vectors without direction", () => {
  throws(() => retrievalTop1(new Float32Array(6), new Float32Array(4), 2), /are not two lists/);
  throws(() => retrievalTop1(new Float32Array(4), new Float32Array(4), 2), /vector 0 has length 0/);
});
