/**
 * What code a step's key depends on: a key that holds more than its step needs makes trainings run again for nothing.
 * @module
 */
import { deepStrictEqual, ok } from "node:assert/strict";
import { openClosures } from "../../lib/lab/code/closure.ts";

const STEPS = new URL("../../lib/method/steps/", import.meta.url);
/** What scores an answer, and what such scoring is made of. */
const SCORING =
  /^lib\/metric\/(?:number\/\w+|(?:answer_markers|boxed|digits|extract|number|retrieval|strict_choice|strict_number))\.ts$/;

Deno.test("an edit of a statistic, of the store or of the report makes no step run again", () => {
  const folder = Deno.makeTempDirSync();
  try {
    const closures = openClosures(folder);
    const steps = [...Deno.readDirSync(STEPS)].map(({ name }) => name).sort();
    ok(steps.includes("language_align.ts"));
    for (const name of steps) {
      const files = Object.keys(closures.of(new URL(name, STEPS).href).closure.code);
      ok(files.includes(`lib/method/steps/${name}`));
      const foreign = files.filter((file) =>
        /^lib\/(report|results|store|lab\/(ingest|store))\//.test(file) ||
        (file.startsWith("lib/metric/") && !SCORING.test(file))
      );
      deepStrictEqual(foreign, [], name);
    }
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
});
