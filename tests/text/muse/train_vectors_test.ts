/** Word vectors from text: counts, information, decomposition. */
import { deepStrictEqual, ok, strictEqual, throws } from "node:assert/strict";
import { Matrix, SingularValueDecomposition } from "ml-matrix";
import { stream } from "../../../lib/random.ts";
import {
  countContexts,
  positivePmi,
  type SparseMatrix,
  vocabularyOf,
} from "../../../lib/text/muse/cooccurrence.ts";
import { trainVectors, truncatedSvd } from "../../../lib/text/muse/train_vectors.ts";
import { unitRows } from "../../../lib/text/muse/word_vectors.ts";

const SETTINGS = { window: 5, min_count: 1, dim: 4, context_smoothing: 0.75, eigenvalue_weight: 0.5 };

function dense({ size, starts, columns, values }: SparseMatrix): Matrix {
  const out = new Matrix(size, size);
  for (let r = 0; r < size; r++) {
    for (let at = starts[r]!; at < starts[r + 1]!; at++) out.set(r, columns[at]!, values[at]!);
  }
  return out;
}

Deno.test("vocabularyOf() sorts by frequency and leaves rare words out", () => {
  const texts = [["b", "a", "b", "c"], ["a", "b", "d", "d"]];
  deepStrictEqual(vocabularyOf(texts, 1), ["b", "a", "d", "c"]);
  deepStrictEqual(vocabularyOf(texts, 2), ["b", "a", "d"]);
});

Deno.test("countContexts() counts neighbours on both sides within the window and the text", () => {
  const counts = dense(countContexts([["a", "b", "a", "c"], ["c", "b"]], ["a", "b", "c"], 2)).to2DArray();
  deepStrictEqual(counts, [[2, 2, 1], [2, 0, 2], [1, 2, 0]]);
});

Deno.test("positivePmi() is log(n total / (row column)) where that is above 0, by hand", () => {
  const counts = countContexts([["a", "b", "a", "c"], ["c", "b"]], ["a", "b", "c"], 2);
  const found = dense(positivePmi(counts, 1)).to2DArray();
  const expected = [[Math.log(2 * 12 / 25), Math.log(2 * 12 / 20), Math.log(12 / 15)], [
    Math.log(2 * 12 / 20),
    0,
    Math.log(2 * 12 / 12),
  ], [Math.log(12 / 15), Math.log(2 * 12 / 12), 0]].map((row) => row.map((x) => Math.max(0, x)));
  found.forEach((row, r) => row.forEach((x, c) => ok(Math.abs(x - expected[r]![c]!) < 1e-12, `${r} ${c}`)));
});

Deno.test("truncatedSvd() gives the first singular values and vectors of the whole decomposition", () => {
  const source = stream(1, "matrix");
  const letters = "abcdefghijklmnopqrstuvwxyz0123456789".split("");
  const texts = Array.from({ length: 60 }, () => Array.from({ length: 8 }, () => source.pick(letters)));
  const matrix = positivePmi(countContexts(texts, letters, 3), 0.75);
  const whole = new SingularValueDecomposition(dense(matrix));
  const { left, values } = truncatedSvd(matrix, 6, stream(2, "svd"));
  values.forEach((value, i) =>
    ok(Math.abs(value - whole.diagonal[i]!) < 1e-6 * whole.diagonal[0]!, `value ${i}`)
  );
  const overlap = left.transpose().mmul(whole.leftSingularVectors.subMatrix(0, 35, 0, 5));
  for (let i = 0; i < 6; i++) ok(Math.abs(Math.abs(overlap.get(i, i)) - 1) < 1e-4, `vector ${i}`);
});

Deno.test("trainVectors() puts words of like contexts together, and repeats to the same bytes", () => {
  const source = stream(3, "texts");
  const texts = Array.from({ length: 400 }, () => [
    ...source.pick([[source.pick(["cat", "dog"]), "eats"], [source.pick(["car", "bus"]), "drives"]]),
    source.pick(["today", "now", "soon"]),
  ]);
  const { words, dim, data } = trainVectors(texts, SETTINGS, stream(1, "svd"));
  strictEqual(data.length, words.length * dim);
  const unit = unitRows(data, dim);
  const cosine = (a: string, b: string) => {
    const [i, j] = [words.indexOf(a) * dim, words.indexOf(b) * dim];
    return Array.from({ length: dim }, (_, d) => unit[i + d]! * unit[j + d]!).reduce((x, y) => x + y, 0);
  };
  ok(cosine("cat", "dog") > 0.95 && cosine("car", "bus") > 0.95);
  ok(cosine("cat", "bus") < 0.6);
  deepStrictEqual(trainVectors(texts, SETTINGS, stream(1, "svd")).data, data);
});

Deno.test("trainVectors() refuses more numbers than there are words", () => {
  throws(() => trainVectors([["a", "b"]], SETTINGS, stream(1, "svd")), /4 numbers from 2 words/);
});
