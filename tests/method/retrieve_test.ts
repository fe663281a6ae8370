/** Sentence retrieval: what an answer says, and that it is the metric's. */
import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import type { Answer } from "../../lib/lab/types.ts";
import type { TextEncoder } from "../../lib/method/encode.ts";
import { alignedPool, encoderPool } from "../../lib/method/pool.ts";
import { type Pool, retrievalAnswers, retrieveSentences } from "../../lib/method/steps/retrieve.ts";
import { retrievalTop1 } from "../../lib/metric/retrieval.ts";
import { type AlignmentConfig, initAlignment } from "../../lib/model/alignment.ts";
import { stream } from "../../lib/random.ts";
import { mini } from "../../lib/world/mini/mod.ts";
import { stepContext } from "./_tiny.ts";
import { withFolder } from "../model/_models.ts";

const SIZE = 5;
const pairs = mini.retrieval("de", { items: 20 });
const vector = (...names: (string | number)[]) => {
  const s = stream(1, ...names);
  return Float32Array.from({ length: SIZE }, () => s.normal());
};

Deno.test("retrievalAnswers() finds every sentence when translations have the same vector, whatever the order of the pairs", () => {
  const shuffled = stream(1).shuffle(pairs);
  for (const order of [pairs, shuffled]) {
    const vectors = order.map(({ id }) => vector(id));
    const answers = retrievalAnswers("tatoeba", "de", order, vectors, vectors);
    ok(answers.every(({ correct, output, gold }) => correct && output === gold));
    deepStrictEqual(
      answers.map(({ item, prompt }) => [item, prompt]),
      order.map(({ id, source }) => [id, source]),
    );
  }
});

Deno.test("retrievalAnswers() is as accurate as retrievalTop1() with English as the queries, and its outputs are ids of pairs", () => {
  const english = pairs.map(({ id }) => vector("en", id));
  const foreign = english.map((one, i) => one.map((x, d) => x + vector("noise", i)[d]));
  const answers = retrievalAnswers("tatoeba", "de", pairs, english, foreign);
  const flat = (list: Float32Array[]) => Float32Array.from(list.flatMap((one) => [...one]));
  const { k, nearest } = retrievalTop1(flat(english), flat(foreign), SIZE);
  strictEqual(answers.filter(({ correct }) => correct).length, k);
  ok(k > 0 && k < pairs.length, "some are found and some are not");
  deepStrictEqual(answers.map(({ output }) => output), [...nearest].map((at) => pairs[at].id));
});

Deno.test("retrieveSentences() asks the world for each language's pairs and embeds both sides", async () => {
  const answers: Answer[] = [];
  const seen: string[] = [];
  const pool: Pool = (texts) => {
    seen.push(...texts);
    return Promise.resolve(texts.map((text) => vector(text)));
  };
  await withFolder(async (folder) => {
    const context = stepContext(folder, { answers: (rows) => void answers.push(...rows) });
    const asked = { benchmark: "tatoeba", languages: ["de", "th"], items: 6 };
    await retrieveSentences(mini, asked, pool, context);
  });
  const wanted = ["de", "th"].map((lang) => ({ lang, pairs: mini.retrieval(lang, { items: 6 }) }));
  deepStrictEqual(
    seen,
    wanted.flatMap((
      { pairs },
    ) => [...pairs.map(({ source }) => source), ...pairs.map(({ target }) => target)]),
  );
  deepStrictEqual(
    answers.map(({ lang, item }) => [lang, item]),
    wanted.flatMap(({ lang, pairs }) => pairs.map(({ id }) => [lang, id])),
  );
});

Deno.test("alignedPool() of a linear alignment is the alignment of encoderPool(): padding and boundary vectors stay out", async () => {
  const config: AlignmentConfig = { d_enc: SIZE, d_lm: 3, layers: 1 };
  const weights = initAlignment(config, stream(1, "alignment"));
  // Texts of 1 to 70 states, more than a batch.
  const texts = Array.from({ length: 70 }, (_, i) => String(i + 1));
  const encoder: TextEncoder = {
    hidden_size: SIZE,
    max_tokens: 100,
    encode: (list) =>
      Promise.resolve(list.map((text) => {
        const s = stream(2, text);
        return Float32Array.from({ length: Number(text) * SIZE }, () => s.normal());
      })),
    countTokens: (text) => text.length,
    dispose: () => Promise.resolve(),
  };
  const means = await encoderPool(encoder)(texts);
  const { pool, dispose } = await alignedPool(encoder, { config, weights }, { device: "cpu", threads: 1 });
  const aligned = await pool(texts);
  await dispose();
  aligned.forEach((vector, i) =>
    vector.forEach((value, row) => {
      const weight = weights["alignment.layers.0.weight"].slice(row * SIZE, (row + 1) * SIZE);
      const wanted = weight.reduce(
        (sum, w, d) => sum + w * means[i][d],
        weights["alignment.layers.0.bias"][row],
      );
      ok(Math.abs(value - wanted) < 1e-4, `${value} is not ${wanted}`);
    })
  );
});
