/** A store that something else than the lab has changed: report and gate refuse it whatever was changed, or are right. */
import { ok, rejects, strictEqual } from "node:assert/strict";
import { join } from "node:path";
import { atLeast } from "../../lib/checked.ts";
import { UserError } from "../../lib/errors.ts";
import { regress, updateBaselines } from "../../lib/report/gate/regress.ts";
import { checkReport, writeReport } from "../../lib/report/write_report.ts";
import { stream } from "../../lib/random.ts";
import { contents, drawChange, execute } from "../lab/ingest/_changes.ts";
import { withFolder } from "../lab/_lab.ts";
import { change, writeStore } from "./_store.ts";

/** A store with its report and an accepted baseline, and a copy to change. */
async function inFolder(
  use: (paths: { whole: string; store: string; out: string; reports: string }) => Promise<void>,
) {
  await withFolder(async (folder) => {
    const [whole, store, out, reports] = atLeast(
      ["whole.duckdb", "lab.duckdb", "site", "reports"]
        .map((name) => join(folder, name)),
      4,
    );
    await writeStore(whole, { seeds: [1, 2], items: 8 });
    await updateBaselines({ store: whole, reports });
    await writeReport({ store: whole, out });
    await use({ whole, store, out, reports });
  });
}

const WAY_OUT = /^Cannot use .*give your last "deno task experiment" command again, which rebuilds it/;

function isRefusal(error: unknown): boolean {
  ok(error instanceof UserError, String(error));
  ok(!error.message.includes("\n"), error.message);
  return WAY_OUT.test(error.message);
}

Deno.test("whatever was changed in a store, report and gate refuse it in one line with the way out", () =>
  inFolder(async ({ whole, store, out, reports }) => {
    const before = await contents(whole);
    let refused = 0;
    for (let seed = 0; seed < 48; seed++) {
      Deno.copyFileSync(whole, store);
      const sql = drawChange(stream(seed, "tests", "changes"));
      await execute(store, sql);
      const where = `seed ${seed}: ${sql}`;
      if (await contents(store) === before) {
        strictEqual((await regress({ store, reports, exact: true })).code, 0, where);
        continue;
      }
      refused++;
      for (
        const command of [
          () => regress({ store, reports }),
          () => updateBaselines({ store, reports }),
          () => writeReport({ store, out }),
          () => checkReport({ store, out }),
        ]
      ) await rejects(command, isRefusal, where);
    }
    ok(refused > 24, `${refused} changes`);
  }));

Deno.test("a store that half of the answers were set right in is no pass of the gate", () =>
  inFolder(async ({ whole, reports }) => {
    const sql = "UPDATE sample SET correct = true WHERE rowid % 2 = 0";
    await execute(whole, sql);
    await rejects(
      regress({ store: whole, reports }),
      /its table "sample" is not as the lab wrote it\); give your last "deno task experiment" command again/,
    );
    // Sealed, it is what a mistake in the lab would write: the scores do not follow from the answers.
    await change(whole, sql);
    await rejects(regress({ store: whole, reports }), /right by its score, .* by its answers/);
  }));

Deno.test("a view that was put in the place of the lab's own, or is gone, is noticed as a row is", () =>
  inFolder(async ({ whole, store, out }) => {
    for (
      const sql of [
        "CREATE OR REPLACE VIEW answers AS SELECT * REPLACE (true AS correct) FROM sample",
        "DROP VIEW answers",
      ]
    ) {
      Deno.copyFileSync(whole, store);
      await execute(store, sql);
      await rejects(writeReport({ store, out }), /its view "answers" is not as the lab wrote it/, sql);
    }
  }));
