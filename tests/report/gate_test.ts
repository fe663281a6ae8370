/** The gate: what counts as a change of a score. */
import { deepStrictEqual, match, ok, rejects, strictEqual, throws } from "node:assert/strict";
import { join } from "node:path";
import fc from "fast-check";
import { atLeast } from "../../lib/checked.ts";
import { UserError } from "../../lib/errors.ts";
import { type Baseline, readBaselines, writeBaseline } from "../../lib/report/gate/baseline.ts";
import { compareBaselines, fails } from "../../lib/report/gate/compare.ts";
import { describeRegress } from "../../lib/report/gate/print.ts";
import { regress, updateBaselines } from "../../lib/report/gate/regress.ts";
import { indexMarks, recompute } from "../../lib/report/client/recompute.ts";
import { stream } from "../../lib/random.ts";
import { type StoreOptions, writeStore } from "./_store.ts";

const SIZE = { seeds: [1, 2], items: 40 };

/** Accepts one store as baseline and compares another with it. */
async function gateOf(
  before: StoreOptions | null,
  now: StoreOptions,
  more: { exact?: boolean; experiments?: string[] } = {},
) {
  const folder = Deno.makeTempDirSync();
  const reports = join(folder, "reports");
  if (before) {
    await writeStore(join(folder, "before.duckdb"), { ...SIZE, ...before });
    await updateBaselines({ store: join(folder, "before.duckdb"), reports });
  }
  await writeStore(join(folder, "now.duckdb"), { ...SIZE, ...now });
  try {
    return await regress({ store: join(folder, "now.duckdb"), reports, ...more });
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
}

/** A baseline of one variant and language with the given marks, a row a seed. */
function baselineOf(rows: readonly string[], seeds = rows.map((_, i) => i + 1)): Baseline {
  const marks = rows.map((marks, i) => ({
    run: `r${i}`,
    variant: "v",
    seed: seeds[i]!,
    benchmark: "mgsm",
    lang: "sw",
    marks,
  }));
  const cell = { benchmark: "mgsm", variant: "v", scope: "sw", languages: ["sw"] };
  const { value, n, k } = recompute(cell, indexMarks(marks));
  return {
    format: "lingualift-baseline",
    version: 1,
    experiment: "e",
    scale: "smoke",
    world: "mini",
    experiment_version: 1,
    rows: "",
    verdicts: {},
    metrics: [{ metric: "accuracy", ...cell, value, n, k, seeds: [] }],
    items: { mgsm: Array.from({ length: rows[0]!.length }, (_, i) => `p${i}`) },
    marks,
  };
}

Deno.test("compareBaselines() calls a store the same as itself", () => {
  fc.assert(fc.property(fc.array(fc.stringMatching(/^[01]{12}$/), { minLength: 1, maxLength: 4 }), (rows) => {
    const [comparison] = atLeast(compareBaselines(baselineOf(rows), baselineOf(rows), true), 1);
    strictEqual(comparison.outcome, "same");
    deepStrictEqual(comparison.flips, []);
  }));
});

Deno.test("compareBaselines() turns a regression into an improvement when the sides change places", () => {
  fc.assert(fc.property(fc.stringMatching(/^[01]{40}$/), fc.stringMatching(/^[01]{40}$/), (a, b) => {
    const [there] = atLeast(compareBaselines(baselineOf([a]), baselineOf([b])), 1);
    const [back] = atLeast(compareBaselines(baselineOf([b]), baselineOf([a])), 1);
    const mirror = { regressed: "improved", improved: "regressed", same: "same", changed: "changed" };
    strictEqual(back.outcome, mirror[there.outcome as keyof typeof mirror]);
    strictEqual(back.flips.length, there.flips.length);
  }));
});

Deno.test("compareBaselines() raises few false alarms between two samples of the same skill", () => {
  let alarms = 0;
  const trials = 400;
  for (let trial = 0; trial < trials; trial++) {
    const random = stream(trial, "tests", "gate");
    const draw = () => Array.from({ length: 100 }, () => random.uniform() < 0.6 ? "1" : "0").join("");
    // Other seeds on each side: the pairing is off and the binomial rule speaks.
    const [comparison] = atLeast(compareBaselines(baselineOf([draw()], [1]), baselineOf([draw()], [2])), 1);
    if (comparison.outcome === "regressed") alarms++;
  }
  ok(alarms / trials < 0.05, `${alarms} of ${trials}`);
});

Deno.test("compareBaselines() sees a paired loss that is too small for the binomial rule", () => {
  const before = "1".repeat(60) + "0".repeat(40), now = "1".repeat(52) + "0".repeat(48);
  strictEqual(compareBaselines(baselineOf([before]), baselineOf([now]))[0]!.outcome, "regressed");
  strictEqual(compareBaselines(baselineOf([before], [1]), baselineOf([now], [2]))[0]!.outcome, "changed");
});

Deno.test("compareBaselines() fails on one flipped answer only when asked to be exact", () => {
  const before = baselineOf(["1101"]), now = baselineOf(["1001"]);
  strictEqual(compareBaselines(before, now)[0]!.outcome, "changed");
  const [exact] = atLeast(compareBaselines(before, now, true), 1);
  strictEqual(exact.outcome, "regressed");
  deepStrictEqual(exact.flips.map(({ item, now }) => [item, now]), [["p1", false]]);
});

Deno.test("compareBaselines() notices two flips that cancel out", () => {
  const [comparison] = atLeast(compareBaselines(baselineOf(["1001"]), baselineOf(["0101"])), 1);
  strictEqual(comparison.outcome, "changed");
  strictEqual(comparison.flips.length, 2);
});

Deno.test("compareBaselines() takes a rising loss for a regression", () => {
  const own = (value: number): Baseline => ({
    ...baselineOf(["1"]),
    metrics: [{
      metric: "loss",
      benchmark: "lm",
      variant: "v",
      scope: "",
      languages: [],
      value,
      n: null,
      k: null,
      seeds: [value],
    }],
  });
  strictEqual(compareBaselines(own(1), own(1.5))[0]!.outcome, "regressed");
  strictEqual(compareBaselines(own(1.5), own(1))[0]!.outcome, "improved");
  strictEqual(compareBaselines(own(1), own(1.01))[0]!.outcome, "changed");
});

Deno.test("regress() passes an unchanged store with code 0", async () => {
  const result = await gateOf({}, {}, { exact: true });
  strictEqual(result.code, 0);
  match(describeRegress(result), /^Pass: \d+ metrics compared$/m);
});

Deno.test("regress() fails a worse variant with code 1 and lists the items that flipped", async () => {
  const result = await gateOf({}, { shift: { "LinguaLIFT": -0.35 } });
  strictEqual(result.code, 1);
  const [slice] = atLeast(result.slices, 1);
  ok(
    slice.comparisons.some((c) =>
      c.outcome === "regressed" && c.variant === "LinguaLIFT" && c.scope === "avg"
    ),
  );
  ok(slice.comparisons.every((c) => c.variant === "LinguaLIFT" || !fails(c)));
  ok(slice.flipped.length > 0 && slice.flipped.every((flip) => !flip.now && flip.gold !== ""));
  const text = describeRegress(result);
  match(
    text,
    /✗ REGRESSED LinguaLIFT, mgsm, avg, accuracy: \d+\.\d -> \d+\.\d \(−\d+\.\d, tolerance \d+\.\d, paired/,
  );
  match(text, /Right before, wrong now:\n {4}LinguaLIFT, seed \d, mgsm \w\w p\d+: found/);
});

Deno.test("regress() reports an improvement as one, with code 0", async () => {
  const result = await gateOf({}, { shift: { "Mono-SFT": 0.35 } });
  strictEqual(result.code, 0);
  match(describeRegress(result), /▲ improved Mono-SFT/);
});

Deno.test("regress() fails when a metric is missing", async () => {
  const result = await gateOf({}, { without: "Mono-SFT" });
  strictEqual(result.code, 1);
  match(describeRegress(result), /✗ MISSING Mono-SFT, mgsm, LR, accuracy: \d+\.\d -> none/);
});

Deno.test("regress() says with code 3 that there is nothing to compare with", async () => {
  const result = await gateOf(null, {});
  strictEqual(result.code, 3);
  deepStrictEqual(result.noBaseline, ["stage_removal.mini.micro"]);
});

Deno.test("regress() fails when an experiment that was asked for was not run", async () => {
  const other = { experiment: "other_experiment" };
  strictEqual((await gateOf({}, other)).code, 3);
  strictEqual((await gateOf({}, other, { experiments: ["stage_removal"] })).code, 1);
  await rejects(
    gateOf({}, {}, { experiments: ["stage_remoal"] }),
    (error) =>
      error instanceof UserError &&
      /Unknown experiment "stage_remoal": did you mean "stage_removal"/.test(error.message),
  );
});

Deno.test("regress() fails on a committed table that was not drawn from its baseline", async () => {
  const folder = Deno.makeTempDirSync();
  const store = join(folder, "lab.duckdb"), reports = join(folder, "reports");
  await writeStore(store, SIZE);
  const [, table] = atLeast(await updateBaselines({ store, reports }), 2);
  strictEqual((await regress({ store, reports })).code, 0);
  Deno.writeTextFileSync(table, Deno.readTextFileSync(table).replace(/Rows \w/, "Rows x"));
  const result = await regress({ store, reports });
  strictEqual(result.code, 1);
  deepStrictEqual(result.stale, [table]);
  Deno.removeSync(folder, { recursive: true });
});

Deno.test("regress() fails on a README whose verdicts are not those of the tables, and --update writes them", async () => {
  const folder = Deno.makeTempDirSync();
  const store = join(folder, "lab.duckdb"),
    reports = join(folder, "reports"),
    readme = join(folder, "README.md");
  await writeStore(store, SIZE);
  const [begin, end] = Deno.readTextFileSync("README.md").match(/<!-- (verdicts|deno-fmt|end of).*-->\n/g)!
    .reduce<[string, string]>(([a, b], line, i) => i < 2 ? [a + line, b] : [a, b + line], ["", ""]);
  Deno.writeTextFileSync(readme, `Before\n${begin}${end}After\n`);
  strictEqual((await updateBaselines({ store, reports })).at(-1), readme);
  const written = Deno.readTextFileSync(readme);
  match(
    written,
    /^Before\n[\s\S]*\| \[`stage_removal`\]\(reports\/tables\/stage_removal\.mini\.micro\.md\) \| +\| 2 \| 1 \| 1 \| 1 \| 2 \|\n[\s\S]*After\n$/,
  );
  strictEqual((await regress({ store, reports })).code, 0);
  Deno.writeTextFileSync(readme, written.replace("| 2 |\n", "| 3 |\n"));
  const result = await regress({ store, reports });
  deepStrictEqual([result.code, result.stale], [1, [readme]]);
  Deno.writeTextFileSync(readme, "no markers");
  await rejects(regress({ store, reports }), UserError);
  Deno.removeSync(folder, { recursive: true });
});

Deno.test("readBaselines() refuses a baseline whose numbers do not follow from its answers", () => {
  const folder = Deno.makeTempDirSync();
  const path = writeBaseline(folder, baselineOf(["1101", "1100"]));
  deepStrictEqual(readBaselines(folder), [baselineOf(["1101", "1100"])]);
  const text = Deno.readTextFileSync(path);
  const damage: [string, RegExp][] = [
    [text.replace('"1101"', '"1100"'), /says 5 of 8, its answers say 4 of 8/],
    [text.slice(0, 100), /Cannot read ".*": .*restore it/],
    [text.replace('"version": 1', '"version": 2'), /version/],
    [text.replace('"k":5', '"k":-5'), /metrics\.0\.k/],
  ];
  for (const [bytes, message] of damage) {
    Deno.writeTextFileSync(path, bytes);
    throws(() => readBaselines(folder), (error) => error instanceof UserError && message.test(error.message));
  }
  Deno.removeSync(folder, { recursive: true });
});
