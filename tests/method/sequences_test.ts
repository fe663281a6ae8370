/** Token rows: what a position must predict, from the definition of a causal LM. */
import { deepStrictEqual, strictEqual } from "node:assert/strict";
import fc from "fast-check";
import { atLeast } from "../../lib/checked.ts";
import { exampleRows, packedFeeds, packedRows } from "../../lib/method/pretrain/packed.ts";
import { IGNORE_INDEX, int32Data } from "../../lib/tensor/mod.ts";

const ids = (minLength: number) => fc.array(fc.integer({ min: 1, max: 99 }), { minLength, maxLength: 12 });
const examples = fc.array(fc.record({ prompt: ids(0), target: ids(2) }), { minLength: 1, maxLength: 5 });

Deno.test("exampleRows() asks each position for the next token, if that is the target's, and nothing else", () => {
  fc.assert(fc.property(examples, (batch) => {
    const feeds = exampleRows(batch);
    const [rows, length] = atLeast(feeds.ids!.dims, 2);
    strictEqual(rows, batch.length);
    const at = (name: string, row: number) =>
      [...int32Data(feeds[name]!)].slice(row * length, (row + 1) * length);
    batch.forEach(({ prompt, target }, row) => {
      const whole = [...prompt, ...target];
      const used = whole.length - 1;
      const padding = Array(length - used).fill(0);
      deepStrictEqual(at("ids", row), [...whole.slice(0, -1), ...padding]);
      deepStrictEqual(at("attention_mask", row), [...Array(used).fill(1), ...padding]);
      deepStrictEqual(at("position_ids", row).slice(0, used), [...Array(used).keys()]);
      // From the targets alone the target can be read off; without a prompt its first token has no predecessor.
      const learned = at("targets", row).filter((id) => id !== IGNORE_INDEX);
      deepStrictEqual(learned, prompt.length > 0 ? target : target.slice(1));
      at("targets", row).forEach((id, t) => {
        if (id !== IGNORE_INDEX) strictEqual(id, whole[t + 1]);
      });
    });
  }));
});

Deno.test("packed rows: each token but the first is predicted once, in order, and learned unless it is of a prompt", () => {
  const example = fc.record({ prompt: ids(0), target: ids(1) });
  fc.assert(
    fc.property(fc.array(example, { maxLength: 20 }), fc.integer({ min: 1, max: 8 }), (documents, length) => {
      const all = documents.flatMap(({ prompt, target }) => [...prompt, ...target]);
      const wanted = documents.flatMap((
        { prompt, target },
      ) => [...prompt.map(() => IGNORE_INDEX), ...target]);
      const rows = packedRows(documents, length);
      strictEqual(rows.length, Math.max(0, Math.floor((all.length - 1) / length)));
      if (rows.length === 0) return;
      const feeds = packedFeeds(rows);
      const used = rows.length * length;
      deepStrictEqual(feeds.ids!.dims, [rows.length, length]);
      deepStrictEqual([...int32Data(feeds.ids!)], all.slice(0, used));
      deepStrictEqual([...int32Data(feeds.targets!)], wanted.slice(1, used + 1));
    }),
  );
});

Deno.test("packedFeeds() are what exampleRows() makes of rows without prompts", () => {
  const rows = packedRows([{ prompt: [], target: [5, 6, 7, 8, 9, 4, 5] }], 3);
  deepStrictEqual(packedFeeds(rows), exampleRows(rows.map(({ ids }) => ({ prompt: [], target: ids }))));
});
