/** Laws of patches on recipes. */
import { deepStrictEqual, strictEqual } from "node:assert/strict";
import fc from "fast-check";
import { changes } from "../../lib/lab/plan/changes.ts";
import { applyPatch, flatten } from "../../lib/lab/plan/patch.ts";

const leaf = fc.oneof(fc.integer(), fc.string(), fc.boolean(), fc.constant(null), fc.array(fc.integer()));
const key = fc.constantFrom("a", "b", "c");
const { tree } = fc.letrec((tie) => ({
  tree: fc.dictionary(key, fc.oneof({ maxDepth: 3 }, leaf, tie("tree")), { noNullPrototype: true }),
}));

Deno.test("applyPatch() with an empty patch gives an equal recipe", () => {
  fc.assert(fc.property(tree, (recipe) => deepStrictEqual(applyPatch(recipe, {}), recipe)));
});

Deno.test("applyPatch() twice is the same as once", () => {
  fc.assert(fc.property(tree, tree, (recipe, patch) => {
    const once = applyPatch(recipe, patch);
    deepStrictEqual(applyPatch(once, patch), once);
  }));
});

Deno.test("applyPatch() leaves its arguments as they were", () => {
  fc.assert(fc.property(tree, tree, (recipe, patch) => {
    const [before, asked] = [structuredClone(recipe), structuredClone(patch)];
    applyPatch(recipe, patch);
    deepStrictEqual([recipe, patch], [before, asked]);
  }));
});

Deno.test("changes() is empty exactly for trees with the same JSON", () => {
  fc.assert(fc.property(tree, tree, (a, b) => {
    const same = JSON.stringify(flatten(a)) === JSON.stringify(flatten(b));
    strictEqual(changes(flatten(a), flatten(b)).length === 0, same);
  }));
});

Deno.test("applyPatch() replaces lists whole and takes null for a part that is off", () => {
  const base = { transfer: { langs: ["en", "de"], lr: 1 }, n: 1 };
  deepStrictEqual(applyPatch(base, { transfer: { langs: ["sw"] } }), {
    transfer: { langs: ["sw"], lr: 1 },
    n: 1,
  });
  deepStrictEqual(applyPatch(base, { transfer: null }), { transfer: null, n: 1 });
});

Deno.test("changes() shows a part that is switched off as one change", () => {
  deepStrictEqual(changes(flatten({ t: { lr: 1, n: 2 }, x: 1 }), flatten({ t: null, x: 2 })), [
    { path: "t", from: "{lr: 1, n: 2}", to: "null" },
    { path: "x", from: "1", to: "2" },
  ]);
});
