/** Two runs side by side, from plain values: the command line and the page of all runs have this from one place. */
import { deepStrictEqual, strictEqual } from "node:assert/strict";
import fc from "fast-check";
import { countFlips, diffFacts, type RunAnswers, type RunFacts } from "../../lib/results/run_diff.ts";

const facts = (change: Partial<RunFacts> = {}): RunFacts => ({
  recipe: { "transfer.lr": "0.001" },
  settings: { seed: "1" },
  data: {},
  code: { "lib/a.ts": "1" },
  packages: {},
  provenance: { commit: "a", process: "7", code: "x" },
  scores: [{ benchmark: "mgsm", scope: "avg", metric: "accuracy", value: 0.5 }],
  ...change,
});

Deno.test("diffFacts() has what differs and nothing else, whatever the process was called", () => {
  deepStrictEqual(diffFacts(facts(), facts({ provenance: { commit: "a", process: "8", code: "y" } })), {
    ingredients: [],
    provenance: [],
    scores: [],
  });
  const other = facts({
    recipe: { "transfer.lr": "0.002" },
    settings: { seed: "2" },
    code: { "lib/a.ts": "2" },
    provenance: { commit: "b" },
    scores: [{ benchmark: "mgsm", scope: "sw", metric: "accuracy", value: 0.5 }],
  });
  const { ingredients, provenance, scores } = diffFacts(facts(), other);
  deepStrictEqual(ingredients.map(({ kind, path, from, to }) => [kind, path, from, to]), [
    ["recipe", "transfer.lr", "0.001", "0.002"],
    ["run", "seed", "1", "2"],
    ["code", "lib/a.ts", "1", "2"],
  ]);
  deepStrictEqual(provenance, [{ path: "commit", from: "a", to: "b" }]);
  deepStrictEqual(scores.map(({ scope, a, b }) => [scope, a, b]), [["avg", 0.5, null], ["sw", null, 0.5]]);
});

const answers = fc.dictionary(fc.constantFrom("p1", "p2", "p3", "p4"), fc.boolean()).map((
  own,
): RunAnswers => ({
  benchmark: "mgsm",
  lang: "sw",
  items: Object.keys(own),
  marks: Object.values(own).map((right) => right ? "1" : "0").join(""),
}));

Deno.test("countFlips() counts items that both runs answered, one rightly, in whatever order they stand", () => {
  fc.assert(fc.property(answers, answers, (one, other) => {
    const right = ({ items, marks }: RunAnswers) => new Map(items.map((item, i) => [item, marks[i] === "1"]));
    const [a, b] = [right(one), right(other)];
    const only = (x: typeof a, y: typeof a) =>
      [...x].filter(([item, is]) => is && y.get(item) === false).length;
    const [onlyA, onlyB] = [only(a, b), only(b, a)];
    deepStrictEqual(
      countFlips([one], [other]),
      onlyA + onlyB === 0 ? [] : [{ benchmark: "mgsm", lang: "sw", onlyA, onlyB }],
    );
  }));
  strictEqual(countFlips([{ benchmark: "mgsm", lang: "sw", items: ["p1"], marks: "1" }], []).length, 0);
});
