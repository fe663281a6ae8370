/** What runs share is made once, before any of them. */
import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import fc from "fast-check";
import { sharedFirst } from "../../lib/lab/run/shared_first.ts";

const traces = fc.array(fc.array(fc.tuple(fc.integer({ min: 0, max: 9 }), fc.boolean()), { maxLength: 6 }), {
  maxLength: 6,
}).map((runs) =>
  new Map(runs.map((steps, at) => [
    `run${at}`,
    {
      // A step that is cached for one run is cached for all.
      steps: steps.map(([key]) => ({ step: "s", key: String(key), cached: key % 3 === 0 })),
    },
  ]))
);

Deno.test("sharedFirst() makes once what several runs begin with, and nobody waits for what it does not need", () => {
  fc.assert(fc.property(traces, (traces) => {
    const runs = [...traces.keys()].map((id) => ({ id }));
    const { preparations, after } = sharedFirst(runs, traces);
    const missing = (id: string) => [
      ...new Set(traces.get(id)!.steps.filter(({ cached }) => !cached).map(({ key }) => key)),
    ];
    const users = (key: string) => runs.filter(({ id }) => missing(id).includes(key)).map(({ id }) => id);
    const made = preparations.flatMap(({ until }) => until);
    strictEqual(new Set(made).size, made.length);
    for (const { id } of runs) {
      const makers = preparations.flatMap(({ until }, at) =>
        until.some((key) => missing(id).includes(key)) ? [at] : []
      );
      deepStrictEqual([...after.get(id)!].sort(), makers.sort());
      // Its first step is made before it where another one has it too.
      const [first] = missing(id);
      if (first !== undefined) strictEqual(made.includes(first), users(first).length > 1);
    }
    preparations.forEach(({ run: { id }, until, after }, at) => {
      // All of it has the same users, and all before it in its run is shared, too.
      for (const key of until) deepStrictEqual(users(key), users(until[0]!));
      const earlier = missing(id).slice(0, missing(id).indexOf(until[0]!));
      ok(earlier.every((key) => users(key).length > 1));
      // That is made before.
      const makers = earlier.map((key) => preparations.findIndex((one) => one.until.includes(key)));
      deepStrictEqual([...after].sort(), [...new Set(makers)].sort());
      ok(after.every((place) => place < at));
    });
  }));
});

Deno.test("sharedFirst() has no run wait for what runs share after steps of their own", () => {
  const trace = (keys: string) => ({
    steps: keys.split(" ").map((key) => ({ step: key, key, cached: false })),
  });
  const runs = ["whole", "first", "second"].map((id) => ({ id }));
  const { preparations, after } = sharedFirst(
    runs,
    new Map([
      ["whole", trace("llm encoder align transfer floor")],
      ["first", trace("llm encoder align ask floor")],
      ["second", trace("llm tune floor")],
    ]),
  );
  deepStrictEqual(preparations.map(({ until, after }) => [until, after]), [
    [["llm"], []],
    [["encoder", "align"], [0]],
  ]);
  deepStrictEqual([...after.values()], [[0, 1], [0, 1], [0]]);
});

Deno.test("sharedFirst() of runs that share nothing, or whose steps nobody knows, makes nothing first", () => {
  const runs = [{ id: "a" }, { id: "b" }];
  deepStrictEqual(sharedFirst(runs, new Map()).preparations, []);
  const own = (key: string) => ({ steps: [{ step: "s", key, cached: false }] });
  deepStrictEqual(sharedFirst(runs, new Map([["a", own("1")], ["b", own("2")]])).preparations, []);
});
