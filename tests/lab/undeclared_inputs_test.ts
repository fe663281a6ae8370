/** A run reads the code, its declared inputs and its own steps' artifacts; whatever else a step reads is named in one line. */
import { deepStrictEqual, match, strictEqual, throws } from "node:assert/strict";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { labPaths } from "../../lib/lab/record/paths.ts";
import { decodeChecked } from "../../lib/lab/record/record.ts";
import { readFailures, readRecords } from "../../lib/lab/record/records.ts";
import { asUndeclared, permissionFlags } from "../../lib/lab/run/permissions.ts";
import { deno, experimentArgs, FIXTURES, withFolder } from "./_lab.ts";

/** Runs the fixture with these recipes as variants; what each step found, or the line that it failed with. */
async function reading(
  folder: string,
  variants: Readonly<Record<string, { readonly way: string; readonly what: string }>>,
): Promise<Record<string, string>> {
  const experiments = join(folder, "experiments");
  Deno.mkdirSync(experiments, { recursive: true });
  const method = pathToFileURL(join(FIXTURES, "reading_method.ts")).href;
  const experiment = {
    id: "reads",
    version: 1,
    title: "Reads",
    base: { way: "deno", what: "DATA/declared.txt" },
    baseName: "declared",
    variants,
    benchmarks: ["none"],
    claims: [],
  };
  Deno.writeTextFileSync(
    join(experiments, "reads.ts"),
    `import { readingMethod as method } from "${method}";\nexport default { method, ...${
      JSON.stringify(experiment)
    } };\n`,
  );
  const lab = join(folder, "lab");
  const { code } = await deno(experimentArgs(
    lab,
    ["reads", "--scale", "smoke", "--data", join(folder, "data"), "--jobs", "2"],
    experiments,
  ));
  const paths = labPaths(lab);
  const problems: string[] = [];
  const found: Record<string, string> = {};
  for (const { variant, steps } of readRecords(paths, (text) => problems.push(text)).values()) {
    const path = join(paths.artifacts, steps.at(-1)!.key, "step.json");
    found[variant] = String(
      (decodeChecked(Deno.readTextFileSync(path), path) as { value?: unknown }).value,
    );
  }
  const failures = [...readFailures(paths, (text) => problems.push(text)).values()];
  for (const { variant, message } of failures) found[variant] = message;
  deepStrictEqual(problems, []);
  strictEqual(code, failures.length > 0 ? 1 : 0);
  return found;
}

/** A data folder with a declared file, another one, and a link out of it. */
function writeData(folder: string): string {
  const data = join(folder, "data");
  Deno.mkdirSync(data);
  Deno.writeTextFileSync(join(data, "declared.txt"), "declared");
  Deno.writeTextFileSync(join(data, "other.txt"), "other");
  Deno.symlinkSync("/etc/passwd", join(data, "link.txt"));
  return data;
}

Deno.test("a step reads its declared inputs, committed files that the code names, and artifacts of its run", async () => {
  await withFolder(async (folder) => {
    writeData(folder);
    const found = await reading(folder, {
      node: { way: "node", what: "DATA/declared.txt" },
      own: { way: "deno", what: "OWN/kept.txt" },
      committed: { way: "committed", what: "" },
      "not there": { way: "look", what: "DATA/absent.txt" },
    });
    deepStrictEqual(found, {
      declared: "declared",
      node: "declared",
      own: "kept",
      committed: "committed",
      "not there": "false",
    });
  });
});

Deno.test("a step that reads anything else fails with one line that names it, and the others go on", async () => {
  await withFolder(async (folder) => {
    const data = writeData(folder);
    const stranger = join(folder, "lab", "artifacts", "another_step");
    Deno.mkdirSync(stranger, { recursive: true });
    Deno.writeTextFileSync(join(stranger, "model.bin"), "");
    const paths: Record<string, { way: string; what: string }> = {
      undeclared: { way: "deno", what: join(data, "other.txt") },
      "by node": { way: "node", what: join(data, "other.txt") },
      "whether it is there": { way: "look", what: join(data, "nothing.txt") },
      "the folder": { way: "look", what: data },
      imported: { way: "import", what: join(data, "other.txt") },
      fetched: { way: "fetch", what: join(data, "other.txt") },
      link: { way: "deno", what: join(data, "link.txt") },
      machine: { way: "deno", what: "/etc/hostname" },
      process: { way: "deno", what: "/proc/self/environ" },
      "another step's": { way: "deno", what: join(stranger, "model.bin") },
      database: { way: "deno", what: join(folder, "lab", "lab.duckdb") },
      "other data of the repository": { way: "deno", what: join(FIXTURES, "..", "..", "..", "README.md") },
    };
    const found = await reading(folder, { ...paths, variable: { way: "variable", what: "HOME" } });
    strictEqual(found.declared, "declared");
    for (const [variant, { what }] of Object.entries(paths)) {
      strictEqual(
        found[variant],
        `Step "read" of method "reading" reads "${what}", which is not among its declared inputs; ` +
          "list it in Method.inputs or name it by new URL",
        variant,
      );
    }
    match(found.variable!, /^Step "read" .* reads the environment variable "HOME", .* into the recipe$/);
  });
});

Deno.test("a step writes only what is its own", async () => {
  await withFolder(async (folder) => {
    const data = writeData(folder);
    const record = join(folder, "lab", "runs", "made-up.json");
    const found = await reading(folder, {
      data: { way: "write", what: join(data, "declared.txt") },
      record: { way: "write", what: record },
    });
    for (const [variant, what] of [["data", join(data, "declared.txt")], ["record", record]] as const) {
      strictEqual(
        found[variant],
        `Step "read" of method "reading" writes "${what}", which is not its own; a step writes below context.dir`,
      );
    }
  });
});

Deno.test("asUndeclared() finds a refusal behind what a library made of it, and says it once", () => {
  const refused = new Deno.errors.NotCapable(
    'Requires read access to "a b", run again with the --allow-read flag',
  );
  const wrapped = new Error("Cannot load the model", { cause: new TypeError("no", { cause: refused }) });
  const once = asUndeclared(wrapped, 'Step "x"') as Error;
  match(once.message, /^Step "x" reads "a b", which/);
  strictEqual(asUndeclared(once, 'Method "y"'), once);
  const other = new Error("Requires some thought");
  strictEqual(asUndeclared(other, 'Step "x"'), other);
  const net = new Error('Requires net access to "a:80", run again with the --allow-net flag');
  match((asUndeclared(net, "It") as Error).message, /^It asks for net access to "a:80"/);
});

Deno.test("permissionFlags() refuses a path that Deno would cut at a comma", () => {
  deepStrictEqual(permissionFlags({ read: ["/a b"], write: ["/c"], run: ["/d/python"] }), [
    "--allow-read=/a b",
    "--allow-write=/c",
    "--allow-run=/d/python",
  ]);
  throws(
    () => permissionFlags({ read: ["/a,/etc"], write: [], run: [] }),
    /"\/a,\/etc": .* comma .*; rename it/,
  );
});
