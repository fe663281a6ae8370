/** Batches of examples: what a position must predict, from the definition of a causal LM. */
import { deepStrictEqual, strictEqual } from "node:assert/strict";
import fc from "fast-check";
import { atLeast } from "../../lib/checked.ts";
import { exampleFeeds } from "../../lib/engine/onnx/likelihood.ts";
import { readGraph } from "../../lib/engine/onnx/graph.ts";
import { int32Data } from "../../lib/tensor/mod.ts";
import { LLM } from "./_system.ts";

const ids = (minLength: number) => fc.array(fc.integer({ min: 1, max: 19 }), { minLength, maxLength: 12 });
const examples = fc.array(fc.record({ ids: ids(1), target: ids(1) }), { minLength: 1, maxLength: 5 });
const graph = readGraph({ llm: LLM, bridge: null });

Deno.test("exampleFeeds() asks the position before each token of a target for it, and no other", () => {
  fc.assert(fc.property(examples, (batch) => {
    const feeds = exampleFeeds(graph, batch.map((example) => ({ ...example, states: null })));
    const [rows, length] = atLeast(feeds.ids!.dims, 2);
    strictEqual(rows, batch.length);
    const at = (name: string, row: number) =>
      [...int32Data(feeds[name]!)].slice(row * length, (row + 1) * length);
    const asked = [...int32Data(feeds.target_rows!)].map((place, i) => ({
      row: Math.floor(place / length),
      position: place % length,
      id: int32Data(feeds.targets!)[i],
    }));
    batch.forEach(({ ids, target }, row) => {
      const whole = [...ids, ...target];
      const used = whole.length - 1;
      const padding = Array(length - used).fill(0);
      deepStrictEqual(at("ids", row), [...whole.slice(0, -1), ...padding]);
      deepStrictEqual(at("attention_mask", row), [...Array(used).fill(1), ...padding]);
      deepStrictEqual(at("position_ids", row).slice(0, used), [...Array(used).keys()]);
      const own = asked.filter((one) => one.row === row);
      deepStrictEqual(
        own.map(({ position, id }) => [position, id]),
        target.map((id, i) => [ids.length - 1 + i, id]),
      );
    });
  }));
});
