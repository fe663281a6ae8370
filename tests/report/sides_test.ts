/** Two stores or two sites side by side: what differs, by how much, and the exit code that says whether. */
import { deepStrictEqual, match, ok, strictEqual } from "node:assert/strict";
import { join } from "node:path";
import { diffSides } from "../../lib/cli/diff_sides.ts";
import { writeReport } from "../../lib/report/write_report.ts";
import { estimatesOf } from "../../lib/results/estimates.ts";
import { readResults } from "../../lib/results/read_results.ts";
import { openStore } from "../../lib/store/open.ts";
import { deno, labArgs, withFolder } from "../lab/_lab.ts";
import { change, writeStore } from "./_store.ts";

const SLICE = "stage_removal.mini.micro";
const KEY = { experiment: "stage_removal", scale: "micro", world: "mini" };
const diff = (...args: string[]) => deno(labArgs("diff.ts", ["--stores", ...args]));

async function accuracyIn(path: string, variant: string, scope: string) {
  using store = await openStore(path, "read");
  return estimatesOf(await readResults(store, KEY)).accuracy(variant, "mgsm", scope)!.value;
}

Deno.test("two stores: what differs has both values and a paired interval, two sites of theirs say the same", async () => {
  await withFolder(async (folder) => {
    const [a, b] = [join(folder, "a.duckdb"), join(folder, "b.duckdb")];
    for (const [path, shift] of [[a, {}], [b, { "Mono-SFT": 0.3 }]] as const) {
      await writeStore(path, { seeds: [1], items: 30, shift });
    }
    await writeStore(b, { experiment: "zebra", seeds: [1], items: 3 });
    await change(
      b,
      "UPDATE claim SET verdict = 'contradicted' WHERE claim = 'lr_needs_align' AND experiment = 'stage_removal'",
    );

    const found = await diffSides(a, b);
    deepStrictEqual([found.onlyA, found.onlyB], [[], ["zebra.mini.micro"]]);
    const { numbers, verdicts } = found.slices[SLICE]!;
    deepStrictEqual([...new Set(numbers.map(({ variant }) => variant))], ["Mono-SFT"]);
    deepStrictEqual(verdicts, [{ claim: "lr_needs_align", a: "supported", b: "contradicted" }]);
    const LR = numbers.find(({ scope }) => scope === "LR")!;
    for (const [path, value] of [[a, LR.a], [b, LR.b]] as const) {
      ok(Math.abs(await accuracyIn(path, "Mono-SFT", "LR") - value!) < 1e-12);
    }
    ok(Math.abs(LR.change!.value - (LR.b! - LR.a!)) < 1e-12);
    ok(LR.change!.low > 0 && LR.change!.low < LR.change!.value && LR.change!.value < LR.change!.high);

    const sites = [join(folder, "site a"), join(folder, "site b")] as const;
    await writeReport({ store: a, out: sites[0] });
    await writeReport({ store: b, out: sites[1] });
    const ofSites = await diffSides(...sites);
    const named = (one: typeof numbers) => new Map(one.map((row) => [`${row.variant} ${row.scope}`, row]));
    deepStrictEqual(named(ofSites.slices[SLICE]!.numbers), named(numbers));
    deepStrictEqual(ofSites.slices[SLICE]!.verdicts, verdicts);

    const { code, stdout } = await diff(a, b);
    strictEqual(code, 1);
    match(stdout, /^Only in B: zebra\.mini\.micro$/m);
    match(stdout, /^ {2}Mono-SFT mgsm LR % +\d+\.\d +\d+\.\d +\+\d+\.\d +\+\d+\.\d to \+\d+\.\d +[≤\d. ]+$/m);
    match(stdout, /^ {2}verdict of "lr_needs_align": holds here -> does not hold here$/m);
    const mixed = await diff(a, sites[0], "--json");
    deepStrictEqual([mixed.code, JSON.parse(mixed.stdout).slices[SLICE].numbers], [0, []]);
    const none = await diff(a, folder);
    strictEqual(none.code, 2);
    match(none.stderr, /^Cannot compare ".*": it has no report\.json, so that it is no site of a report\n$/);
    const lost = await diff(a, join(folder, "nothing"));
    match(lost.stderr, /there is no such file or folder/);
  });
});

Deno.test("where problems are others there is no interval, and a site that was tampered with is refused", async () => {
  await withFolder(async (folder) => {
    const [a, b] = [join(folder, "a.duckdb"), join(folder, "b.duckdb")];
    await writeStore(a, { seeds: [1], items: 20 });
    await writeStore(b, { seeds: [1], items: 24 });
    const { numbers } = (await diffSides(a, b)).slices[SLICE]!;
    ok(
      numbers.length > 0 && numbers.every(({ change, a, b }) => change === null && a !== null && b !== null),
    );
    const site = join(folder, "site");
    await writeReport({ store: a, out: site });
    const file = join(site, "evidence", `${SLICE}.js`);
    Deno.writeTextFileSync(file, Deno.readTextFileSync(file).replace(/"runs":\[[^\]]*\]/, '"runs":7'));
    const { code, stderr } = await diff(a, site);
    strictEqual(code, 2);
    match(stderr, /^Cannot compare ".*stage_removal\.mini\.micro\.js": runs: /);
  });
});
