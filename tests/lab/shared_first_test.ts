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

Deno.test("sharedFirst() has each step that several runs need made once, before all that need it", () => {
  fc.assert(fc.property(traces, (traces) => {
    const runs = [...traces.keys()].map((id) => ({ id }));
    const { preparations, after } = sharedFirst(runs, traces);
    const missing = (id: string) =>
      new Set(traces.get(id)!.steps.filter(({ cached }) => !cached).map(({ key }) => key));
    const made = preparations.flatMap(({ until }) => until);
    strictEqual(new Set(made).size, made.length);
    const users = (key: string) => runs.filter(({ id }) => missing(id).has(key));
    for (const { id } of runs) {
      for (const key of missing(id)) {
        const place = preparations.findIndex(({ until }) => until.includes(key));
        strictEqual(place >= 0, users(key).length > 1);
        if (place >= 0) ok(after.get(id)!.includes(place));
      }
      // Nobody waits for what it does not need.
      for (const place of after.get(id)!) {
        ok(preparations[place]!.until.some((key) => missing(id).has(key)));
      }
    }
    // A preparation waits for earlier ones alone, and for each that makes what its run needs before.
    preparations.forEach(({ run, until, after }, at) => {
      ok(after.every((place) => place < at));
      for (const key of missing(run.id)) {
        const maker = preparations.findIndex((one) => one.until.includes(key));
        if (maker >= 0 && maker !== at && !until.includes(key)) ok(after.includes(maker) || maker > at);
      }
    });
  }));
});

Deno.test("sharedFirst() of runs that share nothing, or whose steps nobody knows, makes nothing first", () => {
  const runs = [{ id: "a" }, { id: "b" }];
  deepStrictEqual(sharedFirst(runs, new Map()).preparations, []);
  const own = (key: string) => ({ steps: [{ step: "s", key, cached: false }] });
  deepStrictEqual(sharedFirst(runs, new Map([["a", own("1")], ["b", own("2")]])).preparations, []);
});
