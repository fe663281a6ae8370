/** Sentence retrieval: what an answer says, and that it is the metric's. */
import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import type { Answer } from "../../lib/lab/experiment/types.ts";
import { type Pool, retrievalAnswers, retrieveSentences } from "../../lib/method/evaluate/retrieval.ts";
import { retrievalTop1 } from "../../lib/metric/retrieval.ts";
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
  const foreign = english.map((one, i) => one.map((x, d) => x + vector("noise", i)[d]!));
  const answers = retrievalAnswers("tatoeba", "de", pairs, english, foreign);
  const flat = (list: Float32Array[]) => Float32Array.from(list.flatMap((one) => [...one]));
  const { k, nearest } = retrievalTop1(flat(english), flat(foreign), SIZE);
  strictEqual(answers.filter(({ correct }) => correct).length, k);
  ok(k > 0 && k < pairs.length, "some are found and some are not");
  deepStrictEqual(answers.map(({ output }) => output), [...nearest].map((at) => pairs[at]!.id));
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
    const asked = { benchmark: "tatoeba", languages: ["de", "th"], items: 6, split: "test" } as const;
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
