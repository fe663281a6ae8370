/** What the mini encoder reads in a step: languages by level, rows of like length, a softmax over some of the vocabulary. */
import { deepStrictEqual, ok, strictEqual, throws } from "node:assert/strict";
import { narrowed } from "../../lib/method/pretrain/candidates.ts";
import { languageDraw } from "../../lib/method/pretrain/draw_language.ts";
import { encoderTexts, POOLED_STEPS } from "../../lib/method/pretrain/encoder_texts.ts";
import { tokenizerStep } from "../../lib/method/pretrain/tokenizer.ts";
import { MICRO } from "../../lib/method/recipe/scales.ts";
import { loadTokenizer } from "../../lib/model/checkpoint/tokenizer.ts";
import { stream } from "../../lib/random.ts";
import { int32 } from "../../lib/tensor/mod.ts";
import { mini } from "../../lib/world/mini/mod.ts";
import { bench, TINY } from "./_tiny.ts";

type Draw = ReturnType<typeof encoderTexts>;

Deno.test("languages are drawn as often as the shares of their levels say, and never from a level of 0", () => {
  const languages = mini.languages();
  const draw = languageDraw(languages, { high: 4, medium: 2, low: 0 }, "shares");
  const s = stream(1, "draws");
  const drawn = Array.from({ length: 20_000 }, () => draw(s));
  const counts = new Map(languages.map(({ code }) => [code, drawn.filter((one) => one === code).length]));
  const total = languages.reduce((sum, { level }) => sum + { high: 4, medium: 2, low: 0 }[level], 0);
  for (const { code, level } of languages) {
    const expected = 20_000 * { high: 4, medium: 2, low: 0 }[level] / total;
    ok(Math.abs(counts.get(code)! - expected) <= 5 * Math.sqrt(expected), `${code}: ${counts.get(code)}`);
  }
  throws(
    () => languageDraw(languages, { high: 0, medium: 0, low: 0 }, "shares"),
    /by shares.*give one level/,
  );
});

Deno.test("a step's texts depend on its number alone, and its rows are about as long as each other", async () => {
  const { vocab_size, pretrain: { seed } } = TINY.encoder;
  const folder = await bench().step(tokenizerStep, { world: "mini", model: "encoder", vocab_size, seed });
  const tokenizer = loadTokenizer(folder.dir);
  const pretrain = { ...MICRO.encoder.pretrain, batch_size: 6 };
  const [inOrder, anyOrder] = [1, 2].map(() => encoderTexts(mini, tokenizer, pretrain)) as [Draw, Draw];
  const forwards = Array.from(
    { length: POOLED_STEPS + 2 },
    (_, i) => inOrder(i),
  );
  for (const step of [POOLED_STEPS + 1, 3, POOLED_STEPS, 0]) {
    deepStrictEqual(anyOrder(step), forwards[step]);
  }
  let [positions, tokens] = [0, 0];
  for (const { rows } of forwards.slice(0, POOLED_STEPS)) {
    positions += rows.length * Math.max(...rows.map(({ length }) => length));
    tokens += rows.reduce((sum, { length }) => sum + length, 0);
  }
  ok(tokens / positions > 0.6, `${tokens} of ${positions} positions hold a token`);
});

Deno.test("narrowed() keeps each target's id among as many distinct candidates as are asked for", () => {
  const ids = [700, 3, 3, 41, 700, 8];
  const feeds = { target_rows: int32(ids.map((_, i) => i), [ids.length]), targets: int32(ids, [ids.length]) };
  const { targets, candidates, target_rows } = narrowed(feeds, 1000, 50, stream(1, "narrowed"));
  const chosen = [...candidates!.data as Int32Array];
  strictEqual(new Set(chosen).size, 50);
  deepStrictEqual([...targets!.data as Int32Array].map((place) => chosen[place]), ids);
  strictEqual(target_rows, feeds.target_rows);
});
