/** Token rows: what a position must predict, from the definition of a causal LM. */
import { deepStrictEqual, strictEqual } from "node:assert/strict";
import fc from "fast-check";
import { packedFeeds, packedRows } from "../../lib/method/pretrain/packed.ts";
import { IGNORE_INDEX, int32Data } from "../../lib/tensor/mod.ts";

const ids = (minLength: number) => fc.array(fc.integer({ min: 1, max: 99 }), { minLength, maxLength: 12 });

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
      deepStrictEqual([...int32Data(feeds.attention_mask!)], Array(used).fill(1));
      const row = [...Array(length).keys()];
      deepStrictEqual([...int32Data(feeds.position_ids!)], rows.flatMap(() => row));
    }),
  );
});
