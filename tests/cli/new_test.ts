/** `deno task new`: what it writes is an experiment that needs no further work to run, and nothing is written over. */
import { deepStrictEqual, match, ok, strictEqual } from "node:assert/strict";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { experimentModule } from "../../lib/cli/experiment_module.ts";
import { exists, writeNewFile } from "../../lib/files.ts";
import { ROOT } from "../../lib/lab/record/paths.ts";
import { blocksOf, page } from "../docs/_pages.ts";
import { copyFixtures, deno, edit, experimentArgs, labArgs, withFolder } from "../lab/_lab.ts";

const newArgs = (folder: string, args: readonly string[]) =>
  labArgs("new.ts", [...args, "--experiments", folder]);
/** The project's own settings, for files that lie outside of it. */
const CONFIG = ["--config", join(ROOT, "deno.json")];

/** Formatter, linter and types have nothing to say of it. */
async function isAsOwn(file: string): Promise<void> {
  for (const command of [["fmt", "--check"], ["lint"], ["check"]]) {
    const { code, stderr } = await deno([...command, ...CONFIG, file]);
    strictEqual(code, 0, `${command[0]}: ${stderr}`);
  }
}

Deno.test("a new experiment is formatted, linted and typed as the project's own, is planned, and runs", async () => {
  await withFolder(async (folder) => {
    const { code, stdout, stderr } = await deno(newArgs(folder, ["fewer_words"]));
    strictEqual(code, 0, stderr);
    match(stdout, /experiment fewer_words --plan [\s\S]*experiment fewer_words --scale smoke/);
    const file = join(folder, "fewer_words.ts");
    ok(Deno.readTextFileSync(file).split("\n").length < 45);
    deepStrictEqual([...Deno.readDirSync(folder)].map(({ name }) => name), ["fewer_words.ts"]);
    await isAsOwn(file);
    const lab = join(folder, "lab");
    const plan = await deno(experimentArgs(lab, ["fewer_words", "--scale", "smoke", "--plan"], folder));
    strictEqual(plan.code, 0, plan.stderr);
    match(plan.stdout, /LinguaLIFT, seed 1[\s\S]*ratio 0\.5, seed 1/);
    const run = await deno(experimentArgs(lab, ["fewer_words", "--scale", "smoke"], folder));
    strictEqual(run.code, 0, run.stderr);
    match(run.stdout, /Fewer words \(fewer_words, smoke, mini, seed 1\)[\s\S]*\nratio 0\.5 +\d/);
    match(run.stdout, /Reasoning performance increases with the code-switch ratio/);
  });
});

Deno.test("a new experiment takes method, base and benchmarks of another one, where its variant changes them", async () => {
  await withFolder(async (folder) => {
    for (const name of ["understanding_xnli", "lexicon_induction"]) {
      const there = pathToFileURL(join(ROOT, "experiments", `${name}.ts`)).href;
      Deno.writeTextFileSync(join(folder, `${name}.ts`), `export { default } from "${there}";\n`);
    }
    const { code, stderr } = await deno(newArgs(folder, ["half_nli", "--from", "understanding_xnli"]));
    strictEqual(code, 0, stderr);
    await isAsOwn(join(folder, "half_nli.ts"));
    const plan = await deno(
      experimentArgs(join(folder, "lab"), ["half_nli", "--scale", "smoke", "--plan"], folder),
    );
    strictEqual(plan.code, 0, plan.stderr);
    match(plan.stdout, /LinguaLIFT, seed 1[\s\S]*ratio 0\.5, seed 1/);
    const other = await deno(newArgs(folder, ["c", "--from", "lexicon_induction"]));
    strictEqual(other.code, 2);
    match(
      other.stderr,
      /^Cannot take the base of "lexicon_induction": its recipe has no code_switch\.ratio, /,
    );
    strictEqual(exists(join(folder, "c.ts")), false);
  });
});

Deno.test("a name that an experiment cannot have is refused in one line with one that it can have", async () => {
  await withFolder(async (folder) => {
    const cases: [string, RegExp][] = [
      ["Half-Switched.ts", /did you mean "half_switched"\?$/],
      ["_helper", /did you mean "helper"\?$/],
      ["../../escaped", /did you mean "escaped"\?$/],
      ["Café", /did you mean "cafe"\?$/],
      ["2nd", /did you mean "nd"\?$/],
      ["x".repeat(61), new RegExp(`did you mean "${"x".repeat(60)}"\\?$`)],
      ["実験", /choose one, such as "half_switched"$/],
    ];
    for (const [id, message] of cases) {
      const { code, stdout, stderr } = await deno(newArgs(folder, [id]));
      deepStrictEqual([code, stdout, stderr.trimEnd().split("\n").length], [2, "", 1], stderr);
      match(stderr.trimEnd(), message);
      match(stderr, /^Cannot call an experiment "/);
    }
    deepStrictEqual([...Deno.readDirSync(folder)], []);
  });
});

Deno.test("a file that is there is never written over, and an unknown original is named with the nearest", async () => {
  await withFolder(async (folder) => {
    const { experiments } = copyFixtures(folder);
    edit(join(experiments, "toy.ts"), "@module", "@module its author's");
    const before = Deno.readTextFileSync(join(experiments, "toy.ts"));
    const there = await deno(newArgs(experiments, ["toy"]));
    strictEqual(there.code, 2);
    match(
      there.stderr,
      /^Cannot write "[^"]*toy\.ts": it is there, and is not written over; choose another name\n$/,
    );
    strictEqual(Deno.readTextFileSync(join(experiments, "toy.ts")), before);
    const unknown = await deno(newArgs(experiments, ["mine", "--from", "toyy"]));
    strictEqual(unknown.code, 2);
    match(unknown.stderr, /^Unknown experiment "toyy": did you mean "toy"\? Valid: toy, toy_failing\n$/);
    deepStrictEqual([...Deno.readDirSync(experiments)].map(({ name }) => name).sort(), [
      "toy.ts",
      "toy_failing.ts",
    ]);
  });
});

Deno.test("of two that write the same new file one does, and the other leaves nothing beside it", async () => {
  await withFolder((folder) => {
    const path = join(folder, "x.ts");
    deepStrictEqual([writeNewFile(path, "first"), writeNewFile(path, "second")], [true, false]);
    strictEqual(Deno.readTextFileSync(path), "first");
    deepStrictEqual([...Deno.readDirSync(folder)].map(({ name }) => name), ["x.ts"]);
    return Promise.resolve();
  });
});

Deno.test("the README's example is what the command writes, without comments and on one benchmark", () => {
  const written = experimentModule({
    id: "half_switched",
    title: "Half switched",
    original: undefined,
    mod: "../mod.ts",
  });
  const shown = written.replace(" *\n * `deno task experiment half_switched --seeds 3`\n", "")
    .replace(/\n {2}\/\/ .*/g, "").replace('["mgsm", "msvamp"]', '["mgsm"]');
  ok(blocksOf(page("README.md"), "ts").includes(shown), shown);
});
