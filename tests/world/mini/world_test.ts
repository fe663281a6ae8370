/** Laws of the mini world: one seed, one world, the same in every language. */
import { atLeast } from "../../../lib/checked.ts";
import { deepStrictEqual, notDeepStrictEqual, ok, strictEqual, throws } from "node:assert/strict";
import fc from "fast-check";
import {
  arithmetic,
  equalShares,
  languageOf,
  languageShares,
  mini,
  TEXT_MIX,
} from "../../../lib/world/mini/mod.ts";
import { bindings } from "../../../lib/world/mini/check.ts";
import { doubtsMarkdown } from "../../../lib/world/mini/doubts.ts";
import { LANGUAGE_FOLDER } from "../../../lib/world/mini/language.ts";
import { OBJECTS as OBJECT_NOUNS } from "../../../lib/world/mini/nouns.ts";
import { GROUPS, PROBLEM_PAIRS } from "../../../lib/world/mini/problem_types.ts";
import { render } from "../../../lib/world/mini/sentence.ts";
import { samplesOf, statisticsOf } from "../../../lib/world/mini/samples.ts";
import { languageTable } from "../../../lib/world/table.ts";
import type { BenchmarkId, ChoiceItem } from "../../../lib/world/world.ts";

const codes = mini.languages().map(({ code }) => code);
const others = codes.filter((code) => code !== "en");
const BENCHMARKS: readonly BenchmarkId[] = ["mmwp", "mgsm", "msvamp", "xnli", "xcsqa"];
const numbersIn = (text: string) => [...new Set(text.match(/\d+/g))].sort();

const OBJECTS: readonly string[] = OBJECT_NOUNS;

Deno.test("data/world/lang has all 48 languages of the table, and no others", () => {
  const files = [...Deno.readDirSync(LANGUAGE_FOLDER)].map((entry) => entry.name.replace(".json", "")).sort();
  const wanted = languageTable().map(({ code }) => code).sort();
  deepStrictEqual({ missing: wanted.filter((code) => !files.includes(code)), files }, {
    missing: [],
    files: wanted,
  });
  strictEqual(codes.length, 48);
});

Deno.test("data/world/DOUBTS.md lists every doubt of every language file", () => {
  const written = Deno.readTextFileSync(new URL("../DOUBTS.md", LANGUAGE_FOLDER));
  strictEqual(written, doubtsMarkdown());
});

Deno.test("a longer draw begins with the shorter, and `from` continues it", () => {
  const draws = [
    (seed: number, count: number, from: number) => mini.instructions("math", "en", { seed, count, from }),
    (seed: number, count: number, from: number) => mini.instructions("nli", "en", { seed, count, from }),
    (seed: number, count: number, from: number) => mini.instructions("choice", "en", { seed, count, from }),
    (seed: number, count: number, from: number) => mini.monolingual("de", { seed, count, from }),
    (seed: number, count: number, from: number) => mini.parallel("en", "sw", { seed, count, from }),
    (seed: number, count: number, from: number) => arithmetic({ seed, count, from }),
  ] as const;
  const part = fc.tuple(fc.nat(1000), fc.integer({ min: 1, max: 20 }), fc.integer({ min: 0, max: 20 }));
  fc.assert(
    fc.property(part, ([seed, count, from]) => {
      for (const draw of draws) {
        const all: readonly unknown[] = draw(seed, from + count, 0);
        deepStrictEqual(draw(seed, count, from), all.slice(from));
      }
    }),
    { numRuns: 20 },
  );
});

Deno.test("every bare calculation is right, and the second goes on with the result of the first", () => {
  const texts = arithmetic({ seed: 1, count: 2000 });
  let chains = 0;
  for (const text of texts) {
    const calculations = [...text.matchAll(/(\d+) ([-+×÷]) (\d+) = (\d+)\./g)];
    strictEqual(calculations.map(([whole]) => whole).join(" "), text);
    for (const [whole, a, operator, b, result] of calculations) {
      const [x, y] = [Number(a), Number(b)];
      strictEqual(Number(result), { "+": x + y, "-": x - y, "×": x * y, "÷": x / y }[operator!], whole);
      ok(Number(result) >= 1, whole);
    }
    if (calculations.length > 1) {
      strictEqual(calculations[1]![1], calculations[0]![4]);
      chains++;
    }
  }
  ok(chains > 900 && chains < 1100);
});

Deno.test("another seed gives other problems and texts", () => {
  notDeepStrictEqual(
    mini.instructions("math", "en", { seed: 1, count: 5 }),
    mini.instructions("math", "en", { seed: 2, count: 5 }),
  );
  notDeepStrictEqual(
    mini.monolingual("en", { seed: 1, count: 5 }),
    mini.monolingual("en", { seed: 2, count: 5 }),
  );
});

Deno.test("benchmark() gives the first items of a longer benchmark, with ids and golds that all languages share", () => {
  for (const id of BENCHMARKS) {
    const english = mini.benchmark(id, "en", { items: 60 });
    deepStrictEqual(mini.benchmark(id, "en", { items: 20 }), english.slice(0, 20));
    strictEqual(new Set(english.map((item) => JSON.stringify({ ...item, id: "" }))).size, 60);
    for (const code of others) {
      const own = mini.benchmark(id, code, { items: 60 });
      deepStrictEqual(
        own.map(({ id, kind, gold }) => ({ id, kind, gold })),
        english.map(({ id, kind, gold }) => ({ id, kind, gold })),
      );
    }
  }
});

for (const code of others) {
  Deno.test(`${code} says the same numbers as English in every problem, solution, premise and pair`, () => {
    for (const id of ["mmwp", "mgsm", "msvamp"] as const) {
      const [english, own] = atLeast(["en", code].map((one) => mini.benchmark(id, one, { items: 120 })), 2);
      own.forEach((item, i) => {
        const reference = english[i]!;
        ok(item.task === "math" && reference.task === "math");
        deepStrictEqual(numbersIn(item.question), numbersIn(reference.question), item.question);
        deepStrictEqual(numbersIn(item.solution), numbersIn(reference.solution), item.solution);
        strictEqual(item.solution.match(/\d+/g)?.at(-1), item.gold);
      });
    }
    mini.parallel("en", code, { seed: 3, count: 200 }).forEach(({ source, target }) =>
      deepStrictEqual(numbersIn(target), numbersIn(source), target)
    );
  });

  Deno.test(`${code} tells different things differently: no two retrieval pairs, nor a premise and its hypothesis`, () => {
    const targets = mini.retrieval(code).map(({ target }) => target);
    strictEqual(new Set(targets).size, targets.length);
    for (const item of mini.benchmark("xcsqa", code) as ChoiceItem[]) {
      strictEqual(new Set(item.choices).size, 5);
    }
  });
}

Deno.test("solutions calculate right, step by step, and end in the gold answer", () => {
  for (const item of mini.instructions("math", "en", { seed: 5, count: 2000 })) {
    const steps = [...item.solution.matchAll(/(\d+) ([-+×÷]) (\d+) = (\d+)\./g)];
    strictEqual(steps.length >= 1, true);
    for (const [, a, operator, b, result] of steps) {
      const [x, y] = [Number(a), Number(b)];
      const value = { "+": x + y, "-": x - y, "×": x * y, "÷": x / y }[operator!];
      strictEqual(value, Number(result));
    }
    strictEqual(steps.at(-1)?.[4], item.gold);
    ok(Number(item.gold) >= 2 && Number(item.gold) <= 700, item.solution);
    ok(item.solution.endsWith(`The answer is ${item.gold}.`));
  }
});

Deno.test("benchmarks hold what their namesakes hold: mgsm two steps, msvamp held-out templates, mmwp all others", () => {
  const kinds = (id: BenchmarkId) => new Set(mini.benchmark(id, "en").map(({ kind }) => kind));
  const types = (benchmark: keyof typeof GROUPS) =>
    GROUPS[benchmark].flatMap(({ pairs }) => [...pairs]).flatMap(({ types }) => [...types]);
  for (const benchmark of ["mmwp", "msvamp", "mgsm"] as const) {
    deepStrictEqual(kinds(benchmark), new Set(types(benchmark).map(({ id }) => id)));
  }
  ok(types("mgsm").every(({ steps }) => steps.length === 2));
  ok(GROUPS.msvamp.flatMap(({ pairs }) => [...pairs]).every(({ split }) => split === "holdout"));
});

Deno.test("labels and letters are balanced: the most frequent answer is no way to solve xnli, xcsqa or mmwp", () => {
  const share = (id: BenchmarkId) => {
    const golds = mini.benchmark(id, "en", { items: 300 }).map(({ gold }) => gold);
    return Math.max(...[...Map.groupBy(golds, (gold) => gold).values()].map((all) => all.length)) /
      golds.length;
  };
  strictEqual(share("xnli"), 1 / 3);
  strictEqual(share("xcsqa"), 1 / 5);
  ok(share("mmwp") < 0.1, `${share("mmwp")}`);
});

Deno.test("mixed() keeps every language within its share, so low-resource text is absent from a small corpus", () => {
  const shares = languageShares();
  const texts = mini.mixed(shares, { seed: 1, count: 20_000 });
  strictEqual(texts.length, 20_000);
  const counts = Map.groupBy(texts, ({ lang }) => lang);
  for (const { code, level } of mini.languages()) {
    const n = counts.get(code)?.length ?? 0;
    if (level === "low") strictEqual(n, 0, code);
    else if (code !== "en") ok(n >= 1 && n <= (shares.get(code) ?? 0) * texts.length, `${code} ${n}`);
  }
  ok((counts.get("en")?.length ?? 0) > 0.7 * texts.length);
  const equal = Map.groupBy(
    mini.mixed(equalShares(), { seed: 1, count: 10 * codes.length }),
    ({ lang }) => lang,
  );
  for (const code of codes) strictEqual(equal.get(code)?.length, 10);
});

Deno.test("languageShares() refuses shares that are not of the paper's levels; mixed() shares that do not sum to 1", () => {
  throws(() => languageShares({ low: 0.001 }), /Cannot share text as low 0.001/);
  throws(() => languageShares({ high: 0.2 }), /nothing is left for English/);
  throws(() => mini.mixed(new Map([["en", 0.5]]), { seed: 1, count: 2 }), /sum to 0.5, not 1/);
  throws(() => mini.benchmark("mgsm", "xx"), /Cannot use language "xx"/);
  throws(() => mini.benchmark("mgsm", "en", { items: 5000 }), /Cannot make 5000 test items of "mgsm"/);
});

Deno.test("the mix of text kinds is followed: questions alone when nothing else is asked for", () => {
  const mix = { ...TEXT_MIX, sentence: 0, story: 0, chain: 0 };
  const texts = mini.monolingual("en", { seed: 1, count: 50, ...{ mix } });
  ok(texts.every((text) => text.endsWith("?")));
});

for (const code of codes) {
  Deno.test(`goldLexicon("${code}") translates every noun, singular and plural, into a form that sentences use`, () => {
    const [lexicon, language] = [mini.goldLexicon(code), languageOf(code)];
    const texts = [...language.sentences].flatMap(([id, template]) =>
      [...bindings(language, id, languageOf("en"))].map((binding) => render(language, template, binding))
    ).join("\n").toLowerCase();
    for (const [lemma, noun] of languageOf("en").nouns) {
      const all = [lemma, noun.forms.get("other") ?? lemma].flatMap((form) => {
        const own = lexicon.get(form) ?? [];
        ok(own.length > 0, `${form} has no translation`);
        return own;
      });
      // Animals, containers and people also stand alone, as options; a case-marking language may use only that.
      const options = OBJECTS.includes(lemma)
        ? []
        : [language.nouns.get(lemma)?.forms.get(language.nounForms[0]!)];
      const isUsed = all.some((one) => texts.includes(one.toLowerCase()) || options.includes(one));
      ok(isUsed, `${lemma}: none of ${all.join(", ")} in the sentences`);
    }
  });
}

Deno.test("samplesOf() shows every sentence, template and noun beside English, and all of it differs from English", () => {
  for (const code of others) {
    const samples = samplesOf(code);
    strictEqual(new Set(samples.sentences.map(({ id }) => id)).size, languageOf("en").sentences.size);
    strictEqual(samples.problems.length, 2 * PROBLEM_PAIRS.length);
    strictEqual(samples.nouns.length, languageOf("en").nouns.size);
    for (const { source, target } of samples.sentences) ok(source !== target, `${code}: ${target}`);
    ok(statisticsOf(code).words > 60, code);
  }
});
