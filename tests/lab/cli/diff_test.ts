/**
 * Names of runs, and what a diff says of what went into them.
 * @module
 */
import { deepStrictEqual, ok, strictEqual, throws } from "node:assert/strict";
import fc from "fast-check";
import { UserError } from "../../../lib/errors.ts";
import { findRun, fullName } from "../../../lib/cli/find_run.ts";
import { changes } from "../../../lib/lab/plan/changes.ts";
import { inWords } from "../../../lib/lab/plan/in_words.ts";
import { labPaths } from "../../../lib/lab/record/paths.ts";
import type { RunRecord } from "../../../lib/lab/record/record.ts";

const PATHS = labPaths("/nowhere");

const run = fc.record({
  experiment: fc.constantFrom("toy", "stage_removal"),
  variant: fc.constantFrom("Toy", "w/o align", "w/o align/1"),
  seed: fc.constantFrom(1, 2),
  scale: fc.constantFrom("smoke", "micro"),
  world: fc.constantFrom("mini", "open"),
});
const runs = fc.uniqueArray(run, { minLength: 1, maxLength: 30, selector: fullName }).map((all) =>
  new Map(all.map((one, at) => {
    const id = `${one.experiment}~${at}`;
    return [id, { ...one, id, finished: "" } as unknown as RunRecord];
  }))
);

Deno.test("findRun() finds every run by its id, by what tells it apart, and by names that an error shows", () => {
  fc.assert(fc.property(runs, (records) => {
    for (const record of records.values()) {
      strictEqual(findRun(PATHS, records, record.id), record);
      const { experiment, variant } = record;
      try {
        const found = findRun(PATHS, records, `${experiment}/${variant}`);
        deepStrictEqual([found.experiment, found.variant], [experiment, variant]);
      } catch (error) {
        ok(error instanceof UserError, String(error));
        ok(error.message.startsWith("Ambiguous run "), error.message);
        for (const [, name] of error.message.split("it could be ")[1]!.matchAll(/"([^"]+)"/g)) {
          strictEqual(fullName(findRun(PATHS, records, name!)), name);
        }
      }
    }
    throws(() => findRun(PATHS, records, "qqqqqqqq"), /^UserError: Unknown run "qqqqqqqq": choose from /);
  }));
});

const tree = fc.dictionary(
  fc.constantFrom(
    "a.x",
    "a.y",
    "a.z",
    "b",
    "c.d.e",
    "c.d.f",
    "lib/m/1.ts",
    "lib/m/2.ts",
    "lib/n/3.ts",
    "lib/n/4.ts",
  ),
  fc.constantFrom("1", "2"),
);
const ONLY = { before: "only in A", after: "only in B" };

Deno.test("inWords() says every changed value; of what one side has a line a kind, of files few lines", () => {
  fc.assert(
    fc.property(tree, tree, fc.constantFrom("recipe" as const, "code" as const), (one, other, kind) => {
      const found = changes(one, other).map((change) => ({ kind, ...change }));
      const lines = inWords(found, ONLY);
      const sides = [
        found.filter(({ from, to }) => from !== "" && to !== ""),
        found.filter(({ to }) => to === ""),
        found.filter(({ from }) => from === ""),
      ];
      const words = [kind === "recipe" ? /->/ : /changed$/, /only in A$/, /only in B$/];
      for (const [at, side] of sides.entries()) {
        const own = lines.filter((line) => words[at]!.test(line));
        const isOneByOne = kind === "recipe" ? at === 0 : side.length <= 3;
        strictEqual(own.length, isOneByOne ? side.length : Math.min(side.length, 1), lines.join("\n"));
        if (isOneByOne) { for (const { path } of side) ok(own.some((line) => line.includes(path)), path); }
      }
      ok(
        lines.every((line) => line.startsWith(`${kind}: `) && !line.includes("(not set)")),
        lines.join("\n"),
      );
    }),
  );
});
