/** The pages that are written from the code are current. */
import { deepStrictEqual, match, ok, strictEqual } from "node:assert/strict";
import denoJson from "../../deno.json" with { type: "json" };
import { fieldComments } from "../../lib/docs/comments.ts";
import { PAGES } from "../../lib/cli/docs.ts";
import { SETTINGS } from "../../lib/docs/recipe_page.ts";
import { schemaFields } from "../../lib/docs/schema_fields.ts";
import { PLAIN } from "../../lib/docs/tasks_page.ts";
import { flatten } from "../../lib/lab/plan/patch.ts";
import { recipeFields } from "../../lib/method/recipe/fields.ts";
import { lingualiftRecipe } from "../../lib/method/systems/lingualift.ts";
import { loadPaper } from "../../lib/paper/paper.ts";
import { page } from "./_pages.ts";

for (const [name, write] of Object.entries(PAGES)) {
  Deno.test(`docs/${name} follows from the code: run \`deno task docs\``, async () => {
    strictEqual(page(`docs/${name}`), await write());
  });
}

Deno.test("docs/recipe.md has every field of the recipe once, and none that there is not", () => {
  const listed = [...page("docs/recipe.md").matchAll(/^\| `([\w.]+)` \|/gm)].map(([, path]) => path);
  strictEqual(new Set(listed).size, listed.length);
  deepStrictEqual(listed.toSorted(), schemaFields(recipeFields).map(({ path }) => path).sort());
  for (const path of Object.keys(flatten(lingualiftRecipe))) ok(listed.includes(path), path);
});

Deno.test("a field's comment is the one before it, through spreads, other schemas and files", () => {
  const comments = fieldComments(
    new URL("../../lib/method/recipe/fields.ts", import.meta.url),
    "recipeFields",
  );
  match(comments.get("align.lr")!, /learning rate/);
  strictEqual(comments.get("transfer.lr"), comments.get("llm.pretrain.lr"));
  match(comments.get("encoder.pretrain.tlm")!, /sentence pair/);
  match(comments.get("code_switch.lexicon.adversarial.dis_dropout")!, /Dropout/);
});

Deno.test("what docs/recipe.md says of the paper are rows of settings.csv, and fields of the recipe", () => {
  const fields = schemaFields(recipeFields).map(({ path }) => path);
  const rows = loadPaper().settings.map(({ setting }) => setting);
  for (const [field, setting] of Object.entries(SETTINGS)) {
    ok(fields.includes(field), field);
    ok(rows.includes(setting), setting);
  }
});

Deno.test("tasks that docs/tasks.md says take no options are tasks", () => {
  for (const name of PLAIN) ok(name in denoJson.tasks, name);
});

Deno.test("docs/permissions.md has every task that runs code of its own, and no other", () => {
  const named = [...page("docs/permissions.md").matchAll(/^\| ((?:`\w+`,? ?)+) *\|/gm)]
    .flatMap(([, names]) => [...names!.matchAll(/\w+/g)].map(([name]) => name));
  const run = Object.entries(denoJson.tasks).filter(([, { command }]) => /^deno (run|test)/.test(command))
    .map(([name]) => name);
  deepStrictEqual(named.toSorted(), run.sort());
});

Deno.test("docs/dependencies.md has every package that deno.json imports, and no other", () => {
  const rows = [...page("docs/dependencies.md").matchAll(/^\| ((?:`[^`]+`,? ?)+) *\|/gm)]
    .flatMap(([, names]) => [...names!.matchAll(/`([^`]+)`/g)].map(([, name]) => name));
  const imported = Object.values(denoJson.imports).map((specifier) => specifier.match(/^\w+:(@?[^@]+)@/)![1]);
  deepStrictEqual(rows.toSorted(), [...new Set(imported)].sort());
});
