/** Token rows: what a position must predict, from the definition of a causal LM. */
import { deepStrictEqual, strictEqual } from "node:assert/strict";
import fc from "fast-check";
import { exampleRows, packedRows } from "../../lib/method/sequences.ts";
import { IGNORE_INDEX, int32Data } from "../../lib/tensor/mod.ts";

const ids = (minLength: number) => fc.array(fc.integer({ min: 1, max: 99 }), { minLength, maxLength: 12 });
const examples = fc.array(fc.record({ prompt: ids(0), target: ids(2) }), { minLength: 1, maxLength: 5 });

Deno.test("exampleRows() asks each position for the next token, if that is the target's, and nothing else", () => {
  fc.assert(fc.property(examples, (batch) => {
    const feeds = exampleRows(batch);
    const [rows, length] = feeds.ids.dims;
    strictEqual(rows, batch.length);
    const at = (name: string, row: number) =>
      [...int32Data(feeds[name])].slice(row * length, (row + 1) * length);
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

Deno.test("packedRows() as examples without a prompt: each token of the text but the first is learned once, in order", () => {
  fc.assert(
    fc.property(fc.array(ids(1), { maxLength: 20 }), fc.integer({ min: 1, max: 8 }), (texts, length) => {
      const all = texts.flat();
      const rows = packedRows(texts, length);
      strictEqual(rows.length, Math.max(0, Math.floor((all.length - 1) / length)));
      if (rows.length === 0) return;
      const { ids, targets } = exampleRows(rows.map((target) => ({ prompt: [], target })));
      deepStrictEqual(ids.dims, [rows.length, length]);
      deepStrictEqual([...int32Data(ids)], all.slice(0, rows.length * length));
      deepStrictEqual([...int32Data(targets)], all.slice(1, rows.length * length + 1));
    }),
  );
});
