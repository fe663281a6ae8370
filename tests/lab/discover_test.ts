/**
 * What stands in a folder of experiments beside experiments: it is said in one line, and the rest goes on.
 * @module
 */
import { deepStrictEqual, match, ok, rejects, strictEqual } from "node:assert/strict";
import { join } from "node:path";
import fc from "fast-check";
import { UserError } from "../../lib/errors.ts";
import { findExperiments } from "../../lib/lab/experiment/discover.ts";
import { copyFixtures, edit, withFolder } from "./_lab.ts";

const BROKEN: readonly [name: string, text: string, why: RegExp][] = [
  ["helper", "export const x = 1;", /it has no default export; a helper's name begins with "_"$/],
  ["number", "export default 1;", /its default export is no experiment$/],
  [
    "syntax",
    "export default {\n  id: 'x'\n  title: 'y' };",
    /syntax.ts": .*(syntax|Expected).*, at file:.*syntax.ts:\d+:\d+$/i,
  ],
  ["import", 'import { x } from "./nowhere.ts"; export default x;', /import.ts": .*nowhere.ts/],
  [
    "throws",
    'throw new RangeError("too\\nmuch"); export default 1;',
    /throws.ts": too, at file:.*throws.ts:1:7$/,
  ],
  ["thrown", 'throw "a string";', /thrown.ts": a string/],
  ["own", 'import { UserError } from "ERRORS"; throw new UserError("say so");', /^say so$/],
];

Deno.test("findExperiments() names files that cannot be used in a line each, and finds the rest", async () => {
  await withFolder(async (folder) => {
    const { experiments } = copyFixtures(folder);
    const errors = new URL("../../lib/errors.ts", import.meta.url).href;
    for (const [name, text] of BROKEN) {
      Deno.writeTextFileSync(join(experiments, `${name}.ts`), text.replace("ERRORS", errors));
    }
    Deno.writeTextFileSync(join(experiments, "_shared.ts"), "export const y = 1;");
    const told: string[] = [];
    const found = await findExperiments(experiments, [], (line) => told.push(line));
    deepStrictEqual(found.map(({ experiment }) => experiment.id), ["toy", "toy_failing"]);
    strictEqual(told.length, BROKEN.length);
    for (const line of told) {
      match(line, /^Left out: /);
      ok(!line.includes("\n"), line);
    }
    for (const [name, , why] of BROKEN) {
      await rejects(findExperiments(experiments, [name], () => {}), (error: unknown) => {
        ok(error instanceof UserError, String(error));
        match(error.message, why);
        ok(told.includes(`Left out: ${error.message}`), error.message);
        return true;
      });
    }
  });
});

Deno.test("findExperiments() survives whatever a file exports", async () => {
  await withFolder(async (folder) => {
    let count = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(fc.string(), fc.json().map((json) => `export default ${json};`)),
        async (text) => {
          const own = join(folder, String(count++));
          Deno.mkdirSync(own);
          Deno.writeTextFileSync(join(own, "any.ts"), text);
          const told: string[] = [];
          deepStrictEqual(await findExperiments(own, [], (line) => told.push(line)), []);
          strictEqual(told.length, 1);
          ok(!told[0]!.includes("\n"), told[0]!);
        },
      ),
      { numRuns: 40 },
    );
  });
});

Deno.test("a variant with the base's name is refused for that reason", async () => {
  await withFolder(async (folder) => {
    const { experiments } = copyFixtures(folder);
    edit(join(experiments, "toy.ts"), '"small lr": {', '"Toy": {');
    await rejects(findExperiments(experiments, ["toy"], () => {}), {
      message: /: variant "Toy" has the name of the base \(baseName\); rename one of them$/,
    });
  });
});

const KNOCKOUTS: readonly (readonly [string, RegExp])[] = [
  ['{ "Toi": {} }', /: unknown variant in knockouts "Toi": did you mean "Toy"/],
  ['{ "Toy": { without_states: "smal lr" } }', /knockouts of "Toy" "smal lr": did you mean "small lr"/],
  ['{ "Toy": { without_tokens: "Toy" } }', /knockouts of "Toy" "Toy": choose from small lr, w\/o transfer$/],
];

for (const [knockouts, message] of KNOCKOUTS) {
  Deno.test(`a knock-out is another row of the experiment, and of a row that it has; not ${knockouts}`, async () => {
    await withFolder(async (folder) => {
      const { experiments } = copyFixtures(folder);
      edit(join(experiments, "toy.ts"), "  claims: [", `  knockouts: ${knockouts},\n  claims: [`);
      await rejects(findExperiments(experiments, ["toy"], () => {}), { message });
    });
  });
}
