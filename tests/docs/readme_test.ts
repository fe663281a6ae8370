/** What README says is so. */
import { deepStrictEqual, match, ok, strictEqual, throws } from "node:assert/strict";
import { cpSync } from "node:fs";
import { join } from "node:path";
import denoJson from "../../deno.json" with { type: "json" };
import { pathToFileURL } from "node:url";
import { atLeast } from "../../lib/checked.ts";
import { UserError } from "../../lib/errors.ts";
import { experimentIds, EXPERIMENTS, findExperiments } from "../../lib/lab/experiment/discover.ts";
import { ROOT } from "../../lib/lab/record/paths.ts";
import { readBaselines } from "../../lib/report/gate/baseline.ts";
import type { Verdict } from "../../lib/lab/experiment/types.ts";
import { shownOf } from "../../lib/lab/experiment/verdict_words.ts";
import { claimsIn, headOf, withVerdicts } from "../../lib/report/gate/readme.ts";
import { sliceName } from "../../lib/results/slice.ts";
import { gridsOf } from "../results/_printed.ts";
import { blocksOf, page } from "./_pages.ts";

const REPORTS = join(ROOT, "reports");

Deno.test("the README's verdicts are those of the committed baselines: run `deno task regress --update`", () => {
  strictEqual(withVerdicts(page("README.md"), REPORTS), page("README.md"));
});

Deno.test("the README is put in order again whatever stands between its markers, and must have them", () => {
  const readme = page("README.md");
  strictEqual(withVerdicts(readme.replaceAll(/^\| \[.*\n/gm, ""), REPORTS), readme);
  throws(
    () => withVerdicts(readme.replace("end of verdicts", ""), REPORTS),
    (error) => error instanceof UserError && /put the lines back/.test(error.message),
  );
});

Deno.test("what was only looked at counts for nothing in the README", () => {
  const folder = Deno.makeTempDirSync();
  try {
    const reports = join(folder, "reports");
    for (const part of ["baselines", "tables"]) {
      Deno.mkdirSync(join(reports, part), { recursive: true });
      for (const { name } of Deno.readDirSync(join(REPORTS, part))) {
        const text = Deno.readTextFileSync(join(REPORTS, part, name));
        Deno.writeTextFileSync(join(reports, part, name), text);
        if (!name.startsWith("stage_removal.mini.micro.")) continue;
        const demo = text.replace('"scale": "micro"', '"scale": "demo"');
        Deno.writeTextFileSync(join(reports, part, name.replace("micro", "demo")), demo);
      }
    }
    const names = readBaselines(join(reports, "baselines")).map(sliceName);
    ok(names.includes("stage_removal.mini.demo"));
    cpSync(EXPERIMENTS, join(folder, "experiments"), { recursive: true });
    strictEqual(withVerdicts(page("README.md"), reports), page("README.md"));
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
});

Deno.test("committed tables have the verdicts of their baselines", () => {
  for (const baseline of readBaselines(join(REPORTS, "baselines"))) {
    const claims = claimsIn(page(`reports/tables/${sliceName(baseline)}.md`));
    deepStrictEqual(
      claims.map(({ verdict }) => verdict),
      Object.values(baseline.verdicts).map((verdict) => shownOf(verdict as Verdict, baseline.scale)),
      sliceName(baseline),
    );
  }
});

Deno.test("each experiment's head says where in the paper, and the order that it is declared with", async () => {
  const ids = experimentIds(EXPERIMENTS);
  for (const { experiment, file } of await findExperiments(EXPERIMENTS, ids, () => {})) {
    const { paper, order } = headOf(Deno.readTextFileSync(file));
    match(paper, /\d/, experiment.id);
    strictEqual(order, experiment.order ?? Number.MAX_SAFE_INTEGER, experiment.id);
  }
});

Deno.test("what the README shows of the terminal are the numbers of the committed table", () => {
  const [shown] = atLeast(
    blocksOf(page("README.md"), "").filter((block) => block.startsWith("Stage removal")),
    1,
  );
  const [head, ...rows] = atLeast(shown.split("\n").slice(1, 6).map((line) => line.trim().split(/ {2,}/)), 1);
  const grids = gridsOf(page("reports/tables/stage_removal.mini.micro.md")).filter(({ rows }) =>
    rows[0]!.includes("Mono-SFT")
  );
  strictEqual(rows.length, 4);
  for (const row of rows) {
    const [variant, ...values] = atLeast(row, 1);
    const committed = head.slice(1).map((column) => {
      const [benchmark, scope] = atLeast(column.split(" "), 1);
      const grid = grids[["mgsm", "msvamp"].indexOf(benchmark)]!;
      return grid.rows.find((row) => row[0] === scope)![grid.rows[0]!.indexOf(variant)]!.split(" ")[0];
    });
    deepStrictEqual(values, committed, variant);
  }
});

Deno.test("the README's experiment is 30 lines, passes the types and plans its two runs", async () => {
  const [code] = atLeast(blocksOf(page("README.md"), "ts"), 1);
  ok(code.split("\n").length <= 32);
  strictEqual(code.match(/from "/g)?.length, 1);
  const folder = Deno.makeTempDirSync();
  const file = join(folder, "half_switched.ts");
  Deno.writeTextFileSync(file, code.replace("../mod.ts", pathToFileURL(join(ROOT, "mod.ts")).href));
  const { stdout, stderr, code: exit } = await new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "--check",
      "-A",
      "--config",
      join(ROOT, "deno.json"),
      file,
      "--plan",
      "--lab",
      join(folder, "lab"),
    ],
    env: { NO_COLOR: "1" },
  }).output();
  Deno.removeSync(folder, { recursive: true });
  const [out, err] = atLeast([stdout, stderr].map((bytes) => new TextDecoder().decode(bytes)), 2);
  strictEqual(exit, 0, err);
  match(out, /LinguaLIFT, seed 1/);
  match(out, /ratio 0\.5, seed 1/);
});

Deno.test("the README can be read in a few minutes", () => {
  ok(new TextEncoder().encode(page("README.md")).length < 9_000);
});

Deno.test("every folder of lib has a README, as the README says", () => {
  for (const { name, isDirectory } of Deno.readDirSync(join(ROOT, "lib"))) {
    if (isDirectory) match(page(`lib/${name}/README.md`), /^# .+\n/, name);
  }
});

Deno.test("changelog and citation name the version of deno.json", () => {
  const version = denoJson.version.replaceAll(".", "\\.");
  match(page("CHANGELOG.md"), new RegExp(`^## ${version} - \\d{4}-\\d{2}-\\d{2}$`, "m"));
  match(page("CITATION.cff"), new RegExp(`^version: ${version}$`, "m"));
});
