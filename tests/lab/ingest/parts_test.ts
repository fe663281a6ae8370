/** Parts of solutions on their way from a step's answers to the store's rows, and from these to a slice's estimates. */
import { deepStrictEqual, strictEqual } from "node:assert/strict";
import { join } from "node:path";
import * as v from "valibot";
import { openAnswers } from "../../../lib/lab/record/answers.ts";
import { objectPath } from "../../../lib/lab/record/objects.ts";
import { labPaths } from "../../../lib/lab/record/paths.ts";
import type { Parts } from "../../../lib/metric/mod.ts";
import { openStore } from "../../../lib/store/open.ts";
import { ingestSamples } from "../../../lib/store/samples.ts";
import { withFolder } from "../_lab.ts";

const answer = (lang: string, item: string, parts?: Parts | null) => ({
  ...{
    benchmark: "mgsm",
    lang,
    item,
    prompt: `${lang} ${item}`,
    output: "4 + 3 = 7.",
    extracted: "7",
    gold: "7",
  },
  ...{ correct: true, ...(parts === undefined ? {} : { parts }) },
});
const right = { operation: true, operands: true, sum: true };

Deno.test("parts of answers become columns and scores; an answer without any has none", async () => {
  await withFolder(async (folder) => {
    const paths = labPaths(join(folder, "lab"));
    const writer = openAnswers(paths, folder);
    writer.write([
      answer("en", "p0", right),
      answer("en", "p1", { ...right, sum: false }),
      answer("sw", "p0", { operation: false, operands: true, sum: true }),
      answer("sw", "p1", { ...right, operation: false }),
      { ...answer("sw", "p0"), benchmark: "plain" },
      { ...answer("sw", "p1", null), benchmark: "plain" },
    ]);
    const { answers } = writer.finish();
    using store = await openStore(join(folder, "lab.duckdb"), "write");
    const files = answers.map(({ object }) => objectPath(paths, object));
    await ingestSamples(store, [{ run: "one", answers: files, prompts: [], declaration: "d" }], () => [
      ["mgsm", "avg", 0, "en", 0],
      ["mgsm", "avg", 0, "sw", 1],
      ["plain", "avg", 0, "sw", 0],
    ]);
    const samples = await store.rows(
      v.any(),
      "SELECT lang, item, operation, operands, sum FROM sample ORDER BY benchmark, lang, item",
    );
    const none = { operation: null, operands: null, sum: null };
    deepStrictEqual(samples, [
      { lang: "en", item: "p0", ...right },
      { lang: "en", item: "p1", ...right, sum: false },
      { lang: "sw", item: "p0", ...right, operation: false },
      { lang: "sw", item: "p1", ...right, operation: false },
      { lang: "sw", item: "p0", ...none },
      { lang: "sw", item: "p1", ...none },
    ]);
    const scores = await store.rows(
      v.any(),
      "SELECT benchmark, scope, metric, n, k, value FROM score WHERE kind = 'group' ORDER BY ALL",
    );
    deepStrictEqual(scores, [
      { benchmark: "mgsm", scope: "avg", metric: "accuracy", n: 4, k: 4, value: 1 },
      { benchmark: "mgsm", scope: "avg", metric: "operands", n: 4, k: 4, value: 1 },
      { benchmark: "mgsm", scope: "avg", metric: "operation", n: 4, k: 2, value: 0.5 },
      { benchmark: "mgsm", scope: "avg", metric: "sum", n: 4, k: 3, value: 0.75 },
      { benchmark: "plain", scope: "avg", metric: "accuracy", n: 2, k: 2, value: 1 },
    ]);
    const languages = await store.rows(
      v.object({ value: v.number() }),
      "SELECT value FROM score WHERE kind = 'lang' AND metric = 'operation' ORDER BY scope",
    );
    deepStrictEqual(languages.map(({ value }) => value), [1, 0]);
  });
});

Deno.test("answers that an older lab wrote have no parts, and are read as they are", async () => {
  await withFolder(async (folder) => {
    const old = join(folder, "old.ndjson");
    Deno.writeTextFileSync(old, `${JSON.stringify(answer("en", "p0"))}\n`);
    using store = await openStore(join(folder, "lab.duckdb"), "write");
    await ingestSamples(store, [{ run: "one", answers: [old], prompts: [], declaration: "d" }], () => []);
    const [sample] = await store.rows(
      v.object({ n: v.number(), k: v.number() }),
      "SELECT count(*) AS n, count(sum) AS k FROM sample ORDER BY ALL",
    );
    strictEqual(sample?.n, 1);
    strictEqual(sample.k, 0);
  });
});
