/** `deno task report --one-file`: what is in the file, how it is made to fit, and what it does not write over. */
import { deepStrictEqual, match, ok, rejects, strictEqual } from "node:assert/strict";
import { join } from "node:path";
import type { AnswerTuple, SliceData } from "../../lib/report/client/data.ts";
import { provePrinted } from "../../lib/report/evidence.ts";
import { writeOneFile } from "../../lib/report/one_file.ts";
import { deno, labArgs, withFolder } from "../lab/_lab.ts";
import { change, writeStore } from "./_store.ts";

/** The data in a file by their names. */
function dataIn(file: string): Map<string, unknown> {
  const found = Deno.readTextFileSync(file).matchAll(
    /<script type="application\/json" data-file="([^"]+)">(.*?)<\/script>/gs,
  );
  return new Map([...found].map(([, name, json]) => [name!, JSON.parse(json!)]));
}

function sliceIn(file: string): SliceData {
  return [...dataIn(file).values()].find((value) =>
    value !== null && typeof value === "object" && "cells" in value
  ) as
    & object
    & SliceData;
}

Deno.test("one file has what its numbers are recomputed from, and names no other file", async () => {
  await withFolder(async (folder) => {
    const store = join(folder, "lab.duckdb"), file = join(folder, "to send.html");
    await writeStore(store, { seeds: [1, 2], items: 20, gap: true });
    const summary = await writeOneFile({ store, file, answers: 120_000 });
    const { bytes, cells, answers, readable, isOver, slice } = summary;
    deepStrictEqual([slice, isOver, bytes], ["stage_removal.mini.micro", false, Deno.statSync(file).size]);
    ok(readable === answers && answers > 1000);
    strictEqual(Object.keys(sliceIn(file).cells).length, cells);
    provePrinted(sliceIn(file));
    // As a reader opens them: the data's answers are in the file under the names that the page asks for.
    for (const path of Object.values(sliceIn(file).answers)) {
      ok((dataIn(file).get(path) as AnswerTuple[]).length > 0);
    }
    const html = Deno.readTextFileSync(file);
    const named = [...html.replace(/<script.*?<\/script>/gs, "").matchAll(/\s(?:href|src)="([^"]*)"/g)].map((
      [, to],
    ) => to!);
    deepStrictEqual(named.filter((to) => !to.startsWith("#") && to !== "data:,"), []);
    deepStrictEqual([...Deno.readDirSync(folder)].map(({ name }) => name).sort(), [
      "lab.duckdb",
      "to send.html",
    ]);
    // Ids of clips and gradients are each drawing's own.
    const ids = [...html.matchAll(/<clipPath id="([^"]+)"/g)].map(([, id]) => id);
    ok(ids.length > 1);
    deepStrictEqual([...new Set(ids)], ids);
  });
});

Deno.test("answers are left out until the file fits, and all numbers stay", async () => {
  await withFolder(async (folder) => {
    const store = join(folder, "lab.duckdb"), file = join(folder, "a.html");
    await writeStore(store, { seeds: [1, 2, 3], items: 60 });
    const whole = await writeOneFile({ store, file, answers: 120_000 });
    const none = await writeOneFile({ store, file, answers: 0 });
    strictEqual(none.readable, 0);
    let before = whole.readable;
    for (const part of [0.7, 0.3]) {
      const limit = Math.round(none.bytes + part * (whole.bytes - none.bytes));
      const some = await writeOneFile({ store, file, answers: 120_000, limit });
      ok(some.bytes <= limit && !some.isOver, `${some.bytes} of ${limit}`);
      ok(
        some.readable > 0.7 * part * whole.readable && some.readable < before,
        `${some.readable} of ${before}`,
      );
      before = some.readable;
      provePrinted(sliceIn(file));
    }
    const over = await writeOneFile({ store, file, answers: 120_000, limit: 1000 });
    deepStrictEqual([over.isOver, over.readable, over.cells], [true, 0, whole.cells]);
    provePrinted(sliceIn(file));
  });
});

Deno.test("another file, a folder and a good file before a failure stay as they are", async () => {
  await withFolder(async (folder) => {
    const store = join(folder, "lab.duckdb"), file = join(folder, "a.html");
    await writeStore(store, { seeds: [1], items: 5 });
    Deno.writeTextFileSync(file, "<p>mine</p>");
    const write = (to: string, experiment?: string) =>
      writeOneFile({ store, file: to, experiment, answers: 100 });
    await rejects(write(file), { name: "UserError", message: /another file is there; name a new file$/ });
    strictEqual(Deno.readTextFileSync(file), "<p>mine</p>");
    await rejects(write(folder), { name: "UserError", message: /a folder is there; name a new file$/ });
    Deno.removeSync(file);
    await write(file);
    const good = Deno.readTextFileSync(file);
    await write(file);
    strictEqual(Deno.readTextFileSync(file), good);
    await rejects(
      write(file, "stage_removl"),
      /Cannot find "stage_removl" in ".*": did you mean "stage_removal"\?/,
    );
    await change(store, "UPDATE score SET k = k + 1 WHERE metric = 'accuracy'");
    await rejects(write(file));
    strictEqual(Deno.readTextFileSync(file), good);
    deepStrictEqual([...Deno.readDirSync(folder)].map(({ name }) => name).sort(), ["a.html", "lab.duckdb"]);
  });
});

Deno.test("deno task report --one-file: one experiment by its name or its page's, at its largest scale", async () => {
  await withFolder(async (folder) => {
    const store = join(folder, "lab.duckdb"), file = join(folder, "a.html");
    await writeStore(store, { seeds: [1], items: 5 });
    await writeStore(store, { seeds: [1], items: 5, scale: "smoke" });
    const report = (...args: string[]) => deno(labArgs("report.ts", ["--store", store, ...args]));
    match(
      (await report("--one-file", file)).stdout,
      /a\.html: stage_removal\.mini\.micro, 0\.\d MB, \d+ numbers recomputed/,
    );
    match(
      (await report("--one-file", file, "stage_removal.mini.smoke")).stdout,
      /stage_removal\.mini\.smoke/,
    );
    await writeStore(store, { seeds: [1], items: 5, experiment: "cross_in" });
    const unnamed = await report("--one-file", file);
    deepStrictEqual(
      [unnamed.code, unnamed.stderr],
      [2, "Cannot write one file of 2 experiments: name one of cross_in, stage_removal\n"],
    );
    match((await report("--one-file", file, "cross_in")).stdout, /cross_in\.mini\.micro/);
    for (const args of [["cross_in"], ["--one-file", file, "--check"]]) {
      const { code, stderr } = await report(...args);
      deepStrictEqual([code, stderr.trimEnd().split("\n").length], [2, 1], stderr);
    }
  });
});
