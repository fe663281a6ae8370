/** Scores over the commits of their baseline, in a repository that the test makes. */
import { deepStrictEqual, ok, strictEqual, throws } from "node:assert/strict";
import { join } from "node:path";
import { historyOf } from "../../lib/cli/history.ts";
import { readHistory } from "../../lib/report/history.ts";
import { updateBaselines } from "../../lib/report/gate/regress.ts";
import { writeStore } from "../report/_store.ts";

const SLICE = "stage_removal.mini.micro";

const git = (folder: string, ...args: string[]) => {
  const { code, stderr } = new Deno.Command("git", {
    args: ["-C", folder, "-c", "user.name=T", "-c", "user.email=t@t", "-c", "commit.gpgSign=false", ...args],
  }).outputSync();
  strictEqual(code, 0, new TextDecoder().decode(stderr));
};

Deno.test("a score has a point at each commit that moved it, with its interval, and none where it is as before", async () => {
  const root = Deno.makeTempDirSync();
  try {
    throws(
      () => historyOf(root, SLICE, { scope: "avg" }),
      /^UserError: Cannot read the commits of .*no repository/,
    );
    git(root, "init", "--quiet");
    const [store, reports] = [join(root, "lab.duckdb"), join(root, "reports")];
    for (const [subject, shift] of [["first", {}], ["better", { "Mono-SFT": 0.2 }]] as const) {
      await writeStore(store, { seeds: [1], items: 20, shift });
      await updateBaselines({ store, reports });
      Deno.removeSync(store);
      git(root, "add", "reports");
      git(root, "commit", "--quiet", "--message", subject);
    }
    Deno.writeTextFileSync(join(root, "other.txt"), "");
    git(root, "add", "other.txt");
    git(root, "commit", "--quiet", "--message", "something else");
    const found = historyOf(root, SLICE, { scope: "LR", benchmark: "mgsm" });
    deepStrictEqual(found.map(({ variant, points }) => [variant, points.map(({ subject }) => subject)]), [
      ["LinguaLIFT", ["first"]],
      ["w/o Language-Align", ["first"]],
      ["w/o Task-Transfer", ["first"]],
      ["Mono-SFT", ["first", "better"]],
    ]);
    const [before, after] = found[3]!.points;
    ok(before!.value < after!.value);
    for (const { value, interval } of [before!, after!]) ok(interval!.low < value && value < interval!.high);
    const file = join(root, "history.json");
    Deno.writeTextFileSync(file, JSON.stringify(found, null, 2));
    deepStrictEqual([...readHistory(file).values()], [found], "the report reads what the command writes");
    const own = historyOf(root, SLICE, { scope: "sw", benchmark: "tatoeba", variant: "Mono-SFT" });
    deepStrictEqual(
      own.map(({ metric, points }) => [metric, points.map(({ value, interval }) => [value, interval])]),
      [
        ["top1", [[0.42, null]]],
      ],
    );
  } finally {
    Deno.removeSync(root, { recursive: true });
  }
});
