/** The open world on files written here. */
import { deepStrictEqual, ok, strictEqual, throws } from "node:assert/strict";
import { atLeast } from "../../../lib/checked.ts";
import { loadMgsm } from "../../../lib/world/open/mod.ts";
import { openData } from "../../../lib/world/open/world.ts";
import { dataTest } from "./_data.ts";

dataTest(
  "the open world's instructions are GSM8K's training problems, and none is a test problem of MGSM",
  (folder) => {
    const world = openData(folder);
    const all = world.instructions("math", "en", { seed: 1, count: 7000 });
    strictEqual(new Set(all.map(({ id }) => id)).size, 7000);
    ok(all.every(({ solution, gold }) => solution.endsWith(`\nThe answer is ${gold}.`)));
    const dev = world.instructions("math", "en", { seed: 1, count: 473, split: "dev" });
    const trained = new Set(
      [...all, ...dev].map(({ question }) => question.toLowerCase().replace(/\W+/g, " ")),
    );
    strictEqual(dev.some(({ id }) => all.some((one) => one.id === id)), false);
    for (const { question } of loadMgsm(folder, "en")) {
      ok(
        !trained.has(question.toLowerCase().replace(/\W+/g, " ")),
      );
    }
    throws(
      () => world.instructions("math", "de", { seed: 1, count: 1 }),
      /in "de": the real sets have them in English only/,
    );
    throws(
      () => world.instructions("math", "en", { seed: 1, count: 1, split: "test" }),
      /test split: use a benchmark/,
    );
  },
);

dataTest(
  "the open world draws an endless sequence: a later part continues an earlier one, each round holds all",
  (folder) => {
    const world = openData(folder);
    const draws: [string, (from: number, count: number) => unknown[]][] = [
      ["instructions", (from, count) => world.instructions("choice", "en", { seed: 3, from, count })],
      ["monolingual", (from, count) => world.monolingual("ha", { seed: 3, from, count })],
      ["parallel", (from, count) => world.parallel("en", "sw", { seed: 3, from, count })],
      ["mixed", (from, count) => world.mixed(new Map([["en", 0.8], ["ha", 0.2]]), { seed: 3, from, count })],
    ];
    for (const [name, draw] of draws) deepStrictEqual([...draw(0, 30), ...draw(30, 20)], draw(0, 50), name);
    const twice = world.instructions("math", "en", { seed: 3, count: 14000 }).map(({ id }) => id);
    deepStrictEqual(twice.slice(0, 7000).sort(), twice.slice(7000).sort());
    deepStrictEqual(
      world.instructions("math", "en", { seed: 3, from: 6990, count: 20 }).map(({ id }) => id),
      twice.slice(6990, 7010),
    );
  },
);

dataTest(
  "the open world's benchmarks have the same ids in every language, and say which languages are there",
  (folder) => {
    const world = openData(folder);
    const rows = world.languages();
    for (const id of ["mgsm", "msvamp", "xnli"] as const) {
      const codes = rows.filter(({ benchmarks }) => benchmarks.has(id)).map(({ code }) => code);
      ok(codes.length > 1);
      const english = world.benchmark(id, "en");
      for (const code of codes) {
        const items = world.benchmark(id, code);
        deepStrictEqual(
          items.map((item) => [item.id, item.gold]),
          english.map((item) => [item.id, item.gold]),
          code,
        );
        deepStrictEqual(world.benchmark(id, code, { items: 7 }), items.slice(0, 7));
      }
    }
    throws(() => world.benchmark("mgsm", "en", { split: "dev" }), /"mgsm": it has none/);
    const hausa = openData(folder, ["bible", "mgsm"]).languages().find(({ code }) => code === "ha");
    strictEqual(hausa?.benchmarks.size, 0, "a language with text alone is there too");
  },
);

dataTest("the open world mixes languages by share and pairs verses", (folder) => {
  const world = openData(folder);
  const texts = world.mixed(new Map([["en", 0.9], ["sw", 0.1]]), { seed: 1, count: 4000 });
  const share = texts.filter(({ lang }) => lang === "sw").length / texts.length;
  ok(Math.abs(share - 0.1) < 0.02, String(share));
  const [pair] = atLeast(world.parallel("de", "ha", { seed: 1, count: 1 }), 1);
  ok(pair.id.startsWith("bible/") && pair.source !== pair.target);
  deepStrictEqual(world.retrieval("sw", { items: 1 }), [
    { id: "tatoeba/1", source: "He brought me coffee.", target: "Alinileta kahawa." },
  ]);
  strictEqual(world.retrieval("ha", { split: "dev" }).length, 1012);
  ok(world.goldLexicon("de").size === 1500 && !world.goldLexicon("de").has("the"));
});
