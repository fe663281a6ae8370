/** What a run's end says of its answers is what the table will say. */
import { deepStrictEqual, strictEqual } from "node:assert/strict";
import fc from "fast-check";
import { firstNumbers, groupAccuracies } from "../../../lib/cli/experiment/first_numbers.ts";
import { putObject } from "../../../lib/lab/record/objects.ts";
import { labPaths } from "../../../lib/lab/record/paths.ts";
import { withFolder } from "../_lab.ts";

const BENCHMARK = { id: "sums", languages: ["en", "sw", "th"], groups: { LR: ["sw", "th"], HR: ["en"] } };

/** Whether a problem is right in each language; null where it was not asked. */
const asked = fc.array(
  fc.tuple(...BENCHMARK.languages.map(() => fc.option(fc.boolean(), { freq: 6 }))),
  { minLength: 1, maxLength: 9 },
);

Deno.test("groupAccuracies() is the mean over a group's languages, and nothing where one was not asked", () =>
  withFolder(async (folder) => {
    const paths = labPaths(folder);
    await fc.assert(fc.asyncProperty(asked, (problems) => {
      const rows = problems.flatMap((marks, i) =>
        marks.flatMap((correct, l) =>
          correct === null
            ? []
            : [{ benchmark: "sums", lang: BENCHMARK.languages[l], item: `p${i}`, correct }]
        )
      );
      const object = putObject(paths, rows.map((row) => `${JSON.stringify(row)}\n`).join(""));
      const steps = [{ answers: [{ object, rows: rows.length }] }] as Parameters<
        typeof groupAccuracies
      >[1]["steps"];
      const found = groupAccuracies(paths, { steps }, [BENCHMARK]);
      const share = (lang: string) => {
        const own = rows.filter((row) => row.lang === lang);
        return own.filter(({ correct }) => correct).length / own.length;
      };
      const { HR, LR } = BENCHMARK.groups;
      const wanted = Object.entries({ HR, LR, avg: BENCHMARK.languages }).flatMap(
        ([group, languages]) => {
          const shares = languages.map(share);
          if (shares.some(Number.isNaN)) return [];
          return [{ benchmark: "sums", group, value: shares.reduce((a, b) => a + b, 0) / shares.length }];
        },
      );
      deepStrictEqual(found, wanted);
      return Promise.resolve();
    }));
  }));

Deno.test("firstNumbers() is one line, and several where that is too wide", () => {
  const found = [{ benchmark: "sums", group: "LR", value: 0.25 }, {
    benchmark: "sums",
    group: "HR",
    value: 0.5,
  }];
  strictEqual(firstNumbers("Toy, seed 1", found), "Toy, seed 1: sums LR 25.0, HR 50.0");
  strictEqual(firstNumbers("Toy, seed 1", found, 20), "Toy, seed 1:\n  sums LR 25.0, HR 50.0");
});
