/** From an experiment's declaration to the recipe of a run. */
import { deepStrictEqual, ok, strictEqual, throws } from "node:assert/strict";
import { resolve, system, variantNames } from "../../lib/lab/plan/resolve.ts";
import { variantsIn } from "../../lib/lab/plan/world_rows.ts";
import toy from "./fixtures/experiments/toy.ts";
import { toyBase, toyMethod } from "./fixtures/toy_method.ts";

Deno.test("resolve() applies base, scale and variant in this order and says where each field comes from", () => {
  const { recipe, fields, patch } = resolve(toy, "small lr", "smoke");
  deepStrictEqual(recipe, { ...toyBase, items: 8, transfer: { lr: 0.0005, langs: ["en"] } });
  const by = Object.fromEntries(fields.map((field) => [field.path, field.by]));
  deepStrictEqual([by["items"], by["transfer.lr"], by["work"]], ["scale", "variant", "base"]);
  deepStrictEqual(patch, [{ path: "transfer.lr", from: "0.001", to: "0.0005" }]);
});

Deno.test("resolve() gives the base an empty patch", () => {
  deepStrictEqual(resolve(toy, "Toy", "micro").patch, []);
});

Deno.test("resolve() takes the experiment's own numbers for a scale and another patch for a variant at a scale", () => {
  const own = {
    ...toy,
    scales: { smoke: { items: 3 } },
    variantsAt: { smoke: { "small lr": { transfer: { lr: 9 } } } },
  };
  deepStrictEqual(resolve(own, "small lr", "smoke").recipe, {
    ...toyBase,
    items: 3,
    transfer: { lr: 9, langs: ["en"] },
  });
});

Deno.test("resolve() refuses a misspelt field and names the nearest one", () => {
  const wrong = { ...toy, variants: { odd: { transfer: { lrr: 1 } } } };
  throws(() => resolve(wrong as never, "odd", "smoke"), {
    name: "UserError",
    message: 'Cannot run "toy": variant "odd": unknown field "transfer.lrr" of recipe "toy": ' +
      'did you mean "lr"? Valid: langs, lr',
  });
});

Deno.test("resolve() refuses a value of the wrong kind", () => {
  const wrong = { ...toy, variants: { odd: { items: "many" } } };
  throws(() => resolve(wrong as never, "odd", "smoke"), {
    message: 'Cannot run "toy": variant "odd": field "items" of recipe "toy" is "many", expected number',
  });
});

Deno.test("resolve() refuses a variant that equals the base", () => {
  const same = { ...toy, variants: { same: { items: toyBase.items } } };
  strictEqual(resolve(same, "same", "smoke").patch.length, 1);
  throws(() => resolve(same, "same", "micro"), /variant "same" equals the base recipe/);
});

Deno.test("resolve() refuses a row, of the method or of another, that changes only what does not count at the scale", () => {
  const unused = ({ items }: typeof toyBase) => items === 8 ? ["transfer"] : [];
  const method = { ...toyMethod, unused };
  const slow = { transfer: { lr: 0.125 } };
  const other = { ...toyMethod, id: "other", scales: {} };
  const variants = { slow, "other, slow": system(other, (recipe: typeof toyBase) => recipe, slow) };
  const experiment = { ...toy, method, variants };
  for (const name of Object.keys(variants)) {
    throws(() => resolve(experiment, name, "smoke"), {
      name: "UserError",
      message:
        `Cannot run "toy": variant "${name}" changes nothing here: "transfer.lr" does not count in this recipe (a ` +
        "checkpoint has sizes of its own); take another scale, or give the variant a checkpoint at this one (`variantsAt`)",
    });
    ok(resolve(experiment, name, "micro").patch.length > 0);
  }
});

Deno.test("resolve() refuses a scale that the method has no numbers for", () => {
  const { full: _full, ...scales } = toyMethod.scales;
  const smaller = { ...toy, method: { ...toyMethod, scales } };
  throws(() => resolve(smaller, "Toy", "full"), {
    name: "UserError",
    message: 'Cannot run "toy": method "toy" has no scale "full" yet; it has smoke, demo, micro, small',
  });
});

Deno.test("resolve() names the nearest variant for one that is not there", () => {
  throws(
    () => resolve(toy, "smal lr", "smoke"),
    /Unknown variant "smal lr" of "toy": did you mean "small lr"\?/,
  );
});

Deno.test("resolve() derives another system's recipe from the experiment's at its scale, after the row's own patch", () => {
  const other = { ...toyMethod, id: "other", scales: {} };
  const skilled = (recipe: typeof toyBase) => ({ ...recipe, skill: { HR: 1, LR: 1 } });
  const experiment = {
    ...toy,
    scales: { smoke: { transfer: { lr: 0.5 } } },
    variants: { Other: system(other, skilled), Longer: system(other, skilled, { pretrain: { size: 77 } }) },
  };
  const { method, patch, recipe } = resolve(experiment, "Other", "smoke");
  strictEqual(method.id, "other");
  const { items, transfer } = recipe as typeof toyBase;
  deepStrictEqual([items, transfer!.lr], [8, 0.5]);
  deepStrictEqual(patch.map(({ path }) => path), ["method", "skill.HR", "skill.LR"]);
  const longer = resolve(experiment, "Longer", "smoke");
  deepStrictEqual(longer.patch.map(({ path }) => path), ["method", "pretrain.size", "skill.HR", "skill.LR"]);
  strictEqual((longer.recipe as typeof toyBase).transfer!.lr, 0.5);
  deepStrictEqual(variantNames(experiment), ["Toy", "Other", "Longer"]);
});

Deno.test("resolve() shows what a row changes of its system's own recipe, and nothing else that the base lacks", () => {
  const usual = (recipe: typeof toyBase) => ({ ...recipe, fail: "never", items: 7 });
  const other = { ...toyMethod, id: "other", scales: {}, from: usual };
  const experiment = {
    ...toy,
    variants: {
      Usual: system(other, usual),
      Own: system(other, (recipe: typeof toyBase) => ({ ...usual(recipe), fail: "once" })),
    },
  };
  const patchOf = (variant: string) => resolve(experiment, variant, "smoke").patch;
  deepStrictEqual(patchOf("Usual"), [
    { path: "method", from: "toy", to: "other" },
    { path: "items", from: "8", to: "7" },
  ]);
  deepStrictEqual(patchOf("Own"), [...patchOf("Usual"), { path: "fail", from: '"never"', to: '"once"' }]);
});

Deno.test("variantsIn() leaves out the rows whose method does not run in a world, and keeps every other", () => {
  const other = { ...toyMethod, id: "other", worlds: ["here"] as const };
  const both = { ...toyMethod, worlds: ["here", "there"] as const };
  const experiment = {
    ...toy,
    method: both,
    variants: { ...toy.variants, Other: system(other, (recipe: typeof toyBase) => recipe) },
  };
  deepStrictEqual(variantsIn(experiment, "here"), variantNames(experiment));
  deepStrictEqual(variantsIn(experiment), variantNames(experiment));
  deepStrictEqual(variantsIn(experiment, "there"), variantNames(experiment).slice(0, -1));
  // A world that is misspelt is no world without rows, of which there would be nothing to do.
  deepStrictEqual(variantsIn(experiment, "thare"), variantNames(experiment));
});
