/** Consistency across languages and top-1 retrieval. */
import { deepStrictEqual, ok, strictEqual, throws } from "node:assert/strict";
import fc from "fast-check";
import { consistency, retrievalTop1 } from "../../lib/metric/mod.ts";
import { stream } from "../../lib/random.ts";

Deno.test("consistency() counts pairs of languages: both right, the same wrong answer, nothing for silence", () => {
  const rows = (item: string, answers: (string | null)[], gold: string) =>
    answers.map((extracted, l) => ({ item, lang: `l${l}`, extracted, correct: extracted === gold }));
  const result = consistency([
    ...rows("1", ["5", "5", "7"], "5"),
    ...rows("2", ["3", "3", null], "4"),
    ...rows("3", ["1"], "1"),
  ]);
  deepStrictEqual(result, {
    pairs: 6,
    bothCorrect: 1,
    sameWrong: 1,
    consistency: 2 / 6,
    problems: 2,
    correctEverywhere: 0,
  });
  strictEqual(consistency([]).consistency, null);
});

Deno.test("consistency() is 1 for one answer everywhere and does not depend on order", () => {
  const answer = fc.record({
    item: fc.constantFrom("a", "b", "c"),
    extracted: fc.option(fc.constantFrom("1", "2")),
  });
  fc.assert(fc.property(fc.array(answer, { maxLength: 12 }), (answers) => {
    const rows = answers.map((a, i) => ({ ...a, lang: `l${i}`, correct: a.extracted === "1" }));
    deepStrictEqual(consistency(rows.toReversed()), consistency(rows));
    const same = consistency(rows.map((r) => ({ ...r, extracted: "1", correct: true })));
    ok(same.consistency === null || same.consistency === 1);
  }));
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
