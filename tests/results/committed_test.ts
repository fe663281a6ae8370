/** The committed tables do not contradict the verdicts above them. */
import { ok } from "node:assert/strict";
import { join } from "node:path";
import { ROOT } from "../../lib/lab/record/paths.ts";
import { shortName } from "../../lib/report/html/groups.ts";
import { gridsOf, NO_ACCURACY, saidIn, scoresIn, sentencesOf, turned } from "./_printed.ts";

const TABLES = join(ROOT, "reports", "tables");

for (const { name } of [...Deno.readDirSync(TABLES)].filter(({ name }) => name.endsWith(".md"))) {
  Deno.test(`${name}: every number that a verdict quotes from a table stands in one, p included`, () => {
    const markdown = Deno.readTextFileSync(join(TABLES, name));
    const grids = gridsOf(markdown);
    const rows = grids.flatMap(({ rows }) => rows);
    for (const sentence of sentencesOf(markdown)) {
      if (NO_ACCURACY.test(sentence)) continue;
      const said = saidIn(sentence);
      ok(said, `${sentence} says something else`);
      for (const one of said) {
        if (one.kind === "accuracy") {
          const shown = scoresIn(grids, one.variant, shortName(one.scope));
          ok(
            shown.some(({ value, range }) => value === one.value && range === (one.range ?? range)),
            sentence,
          );
        } else if (one.corrected !== undefined) {
          const wanted = [shortName(one.scope), one.value, one.range, one.p, one.corrected].join(" | ");
          ok(
            rows.some((row) =>
              [row, turned(row)].some((own, sign) =>
                own[0] === (sign === 0 ? one.variant : "reference" in one ? one.reference : "") &&
                own.slice(1, 6).join(" | ") === wanted
              )
            ),
            sentence,
          );
        }
      }
    }
  });
}
