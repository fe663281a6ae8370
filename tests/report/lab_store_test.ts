/** The report and the gate on what the lab itself has written. */
import { deepStrictEqual, match, ok, strictEqual } from "node:assert/strict";
import { join } from "node:path";
import { writeReport } from "../../lib/report/write_report.ts";
import { regress, updateBaselines } from "../../lib/report/gate/regress.ts";
import { deno, experimentArgs, withFolder } from "../lab/_lab.ts";

Deno.test("writeReport() and regress() read what the lab itself has written, failed runs and hostile text included", () =>
  withFolder(async (folder) => {
    const lab = join(folder, "lab"), store = join(lab, "lab.duckdb"), out = join(folder, "site");
    const ended = await deno(experimentArgs(lab, ["toy", "toy_failing", "--seeds", "2", "--scale", "smoke"]));
    strictEqual(ended.code, 1, ended.stderr); // one variant fails by design
    const summary = await writeReport({ store, out });
    strictEqual(summary.cells, 3 * 2 * 7 + 2 * 7);
    deepStrictEqual(Object.values(summary.verdicts).reduce((a, b) => a + b, 0), 3);
    const failing = Deno.readTextFileSync(join(out, "experiments/toy_failing.mini.smoke.html"));
    match(failing, /2 failed runs<\/strong>, not part of any number: .*<bdi>No luck today<\/bdi>/);
    ok(!failing.includes('data-cell="sums|broken'));
    const reports = join(folder, "reports");
    await updateBaselines({ store, reports });
    strictEqual((await regress({ store, reports, exact: true })).code, 0);
  }));
