/** What the pages and tables say, without a browser. */
import { deepStrictEqual, match, ok, rejects, strictEqual } from "node:assert/strict";
import { atLeast } from "../../lib/checked.ts";
import type { Verdict } from "../../lib/lab/experiment/types.ts";
import { VERDICT_WORDS } from "../../lib/lab/experiment/verdict_words.ts";
import { styleSheet } from "../../lib/report/assets/style_sheet.ts";
import { drawFigureFiles, planFigures } from "../../lib/report/figures/plan.ts";
import { lightPalette } from "../../lib/report/figures/svg.ts";
import { duration, integer, plain, points, pValue, pValues, sampleSize } from "../../lib/format.ts";
import { jsonForScript } from "../../lib/report/html/frame.tsx";
import fc from "fast-check";
import { renderToString } from "preact-render-to-string";
import { EffectsTable } from "../../lib/report/html/effects_table.tsx";
import { readingOf } from "../../lib/results/reading.ts";
import { extentOf, Forest, ForestAxis } from "../../lib/report/html/forest.tsx";
import { Provenance } from "../../lib/report/html/provenance.tsx";
import { ExperimentPage } from "../../lib/report/html/experiment.tsx";
import { OverviewPage } from "../../lib/report/html/overview.tsx";
import { ClaimList, drawingsOf, LOOKS } from "../../lib/report/html/verdicts.tsx";
import { markdownVerdicts } from "../../lib/report/tables/markdown.ts";
import type { Effect, Results } from "../../lib/results/table.ts";
import { EMPTY_SLICE } from "./_slice.ts";
import { BENCHMARK, resultsOf } from "./_results.ts";

Deno.test("numbers print with a sign, a real minus and thousands", () => {
  deepStrictEqual([points(-0.132), points(0.05), points(-0.0001)], ["−13.2", "+5.0", "0.0"]);
  deepStrictEqual([integer(2750000), integer(999), plain(-1234), plain(0.01234)], [
    "2,750,000",
    "999",
    "−1,234",
    "0.0123",
  ]);
  const ps = [1e-9, 0.0001, 0.00012, 0.0034, 0.034, 0.5, 1];
  deepStrictEqual(ps.map(pValue), [
    "p ≤ 0.0001",
    "p ≤ 0.0001",
    "p = 0.00012",
    "p = 0.0034",
    "p = 0.034",
    "p = 0.50",
    "p = 1.00",
  ]);
  strictEqual(pValues(0.0001, null), "p ≤ 0.0001 uncorrected");
  strictEqual(pValues(0.032, { p: 0.096, of: 3 }), "p = 0.032 uncorrected, 0.096 corrected for 3 (Holm)");
  const design = { problems: 200, languages: 4, seeds: 3, unit: "problem" };
  strictEqual(sampleSize({ ...design, n: 2400 }), "200 problems × 4 languages × 3 seeds");
  strictEqual(sampleSize({ ...design, n: 2399 }), "2,399 answers of 200 problems × 4 languages × 3 seeds");
  strictEqual(sampleSize({ n: 1, problems: 1, languages: 1, seeds: 1, unit: "word" }), "1 word");
  deepStrictEqual([duration(0.42), duration(185), duration(7800)], ["0.4 s", "3 min 05 s", "2 h 10 min"]);
});

Deno.test("jsonForScript() cannot end a script and parses to the same value", () => {
  const value = ["</script>", "<!--", "\u2028\u2029", '"&\\'];
  ok(!/[<>&\u2028\u2029]/.test(jsonForScript(value)));
  deepStrictEqual(JSON.parse(jsonForScript(value)), value);
});

Deno.test("planFigures() gives an experiment's own figure the data it names, with the recipe's differing fields nested", () => {
  const figures = planFigures(resultsOf({
    ratio: {
      title: "Ratio",
      description: "As in Figure 4",
      mark: "line",
      encoding: {
        x: { field: "recipe.align.ratio", type: "quantitative" },
        y: { field: "accuracy", type: "quantitative" },
      },
    },
  }));
  strictEqual(figures.get("mgsm")?.length, 1);
  const [figure] = atLeast(figures.get("")!, 1);
  deepStrictEqual([figure.title, figure.caption, figure.name], [
    "Ratio",
    "As in Figure 4",
    "e.mini.smoke.ratio",
  ]);
  const { datasets } = figure.spec as unknown as {
    datasets: Record<string, { recipe: unknown; accuracy: number }[]>;
  };
  deepStrictEqual(Object.keys(datasets), ["cells"]);
  deepStrictEqual(datasets.cells![0]!.recipe, { align: { ratio: 0.2 } });
});

Deno.test("an experiment's own figure is drawn as SVG in the light colours", async () => {
  const folder = Deno.makeTempDirSync();
  const [figure] = atLeast(planFigures(resultsOf()).get("mgsm")!, 1);
  await drawFigureFiles([figure], folder, lightPalette(styleSheet()));
  const svg = Deno.readTextFileSync(`${folder}/${figure.svgPath}`);
  strictEqual(svg.match(/aria-roledescription="bar"/g)?.length, 4);
  ok(!svg.includes("var(--") && svg.includes(lightPalette(styleSheet()).get("c1")!));
  deepStrictEqual(
    JSON.parse(Deno.readTextFileSync(`${folder}/${figure.specPath}`)),
    JSON.parse(JSON.stringify(figure.spec)),
  );
  Deno.removeSync(folder, { recursive: true });
});

Deno.test("a figure that cannot be drawn is named", async () => {
  const bad = (spec: Record<string, unknown>) => async () => {
    await drawFigureFiles(planFigures(resultsOf({ bad: spec })).get("")!, "unused", new Map());
  };
  await rejects(
    bad({ mark: "bar", data: { name: "cels" } }),
    /figure "bad" of "e": its data name none of cells, effects, scores/,
  );
  await rejects(bad({ encoding: {} }), /Cannot draw figure "e\.mini\.smoke\.bad"/);
});

Deno.test("the overview of many experiments has every conclusion once in the column of its verdict", () => {
  const verdicts = ["supported", "contradicted", "not resolvable", "not run"] as const;
  const main = Array.from({ length: 11 }, (_, i): Results => {
    const results = resultsOf();
    const claims = Array.from({ length: i % 5 }, (_, at) => ({
      claim: `claim_${i}_part_${at}_`,
      sentence: `Sentence ${i} ${at}`,
      source: "Section 6",
      verdict: verdicts[(i + at) % 4]!,
      because: "",
      numbers: {},
      seeds: "1",
    }));
    const own = { experiment: `e${i}`, title: `Experiment ${i}`, scale: "micro", claims };
    return { ...results, slice: { ...results.slice, ...own } };
  });
  const html = renderToString(OverviewPage({ main, all: main, languages: 0, tables: [] }));
  const glance = html.slice(html.indexOf('id="glance"'), html.indexOf('id="v-supported"'));
  for (const { slice } of main) {
    const row = glance.split(/<tr\b/).find((text) => text.includes(`experiments/${slice.experiment}.mini`));
    strictEqual(row !== undefined, slice.claims.length > 0, slice.experiment);
    const columns = row?.split(/<td\b/).slice(1) ?? [];
    for (const { claim, verdict } of slice.claims) {
      const name = claim.replaceAll("_", " ");
      const places = columns.flatMap((text, at) => text.includes(name) ? [at] : []);
      deepStrictEqual(places, [verdicts.indexOf(verdict)], claim);
    }
  }
});

/** The overview of one experiment with claims of these sources, all of one verdict, run at a scale. */
function overviewOf(sources: readonly string[], scale = "micro", verdict: Verdict = "supported"): string {
  const results = resultsOf();
  const claims = sources.map((source, i) => ({
    claim: `claim_${i}`,
    sentence: `Sentence ${i}`,
    source,
    verdict,
    because: "",
    numbers: {},
    seeds: "1",
  }));
  const one = { ...results, slice: { ...results.slice, scale, claims } };
  const other = { ...one, slice: { ...one.slice, scale: scale === "micro" ? "small" : scale } };
  return renderToString(OverviewPage({ main: [one], all: [one, other], languages: 0, tables: [] }));
}

Deno.test("the overview counts the paper's conclusions alone and shows the others apart", () => {
  const html = overviewOf([
    "Section 6.2",
    "Appendix E.1, Figure 7",
    "Lample et al. 2018, Section 2.2",
    "my own",
  ]);
  match(html, /Of the 2 conclusions of the paper that the lab can test, 2 hold/);
  const own = html.slice(html.indexOf('id="others"'), html.indexOf('id="experiments"'));
  deepStrictEqual(own.match(/Sentence \d/g), ["Sentence 2", "Sentence 3"]);
});

Deno.test("two runs of one experiment have two names on the overview, and no count leads nowhere", () => {
  const html = overviewOf(["Section 6.2"]);
  const names = [...html.matchAll(/<a href="experiments\/[^"#]*">([^<]*)<\/a>/g)].map(([, name]) => name);
  strictEqual(names.length, 2);
  strictEqual(new Set(names).size, 2);
  for (const [link, id] of html.matchAll(/href="#([^"]+)"/g)) ok(html.includes(`id="${id}"`), link);
});

/** What a page has beside its results: nothing. */
const NOTHING_ELSE = {
  figures: new Map(),
  siblings: [],
  shelf: [],
  captions: new Map(),
  solutions: [],
  mistakes: [],
  curves: [],
};

Deno.test("a smoke run says that its numbers say nothing", () => {
  match(overviewOf(["Section 6.2"], "smoke"), /only smoke runs so far.*only checks that every part runs/s);
  ok(!/smoke/.test(overviewOf(["Section 6.2"])));
});

Deno.test("a demo run says on the overview and on its own page what it can show and what it cannot", () => {
  const html = overviewOf(["Section 6.2"], "demo");
  match(html, /A first look, no answer yet/);
  const results = resultsOf();
  const page = renderToString(
    ExperimentPage({
      ...NOTHING_ELSE,
      results: { ...results, slice: { ...results.slice, scale: "demo" } },
    }),
  );
  for (const text of [html, page]) match(text, /Scale demo .*It can show .*It cannot show .*scale micro/s);
  ok(!/Scale demo/.test(overviewOf(["Section 6.2"], "micro")));
});

Deno.test("at a scale that is no answer no verdict is shown on overview, page or table, whatever the numbers came to", () => {
  for (const scale of ["demo", "smoke"]) {
    for (const verdict of ["supported", "contradicted", "not resolvable"] as const) {
      const one = resultsOf();
      const claim = {
        ...{ claim: "c", sentence: "S", source: "Section 6.2", because: "", numbers: {}, seeds: "1" },
        verdict,
      };
      const results = { ...one, slice: { ...one.slice, scale, claims: [claim] } };
      const texts = [
        overviewOf(["Section 6.2", "my own"], scale, verdict),
        renderToString(ExperimentPage({ ...NOTHING_ELSE, results })),
        markdownVerdicts(results),
      ];
      for (const text of texts) {
        match(text, /No verdict at this scale/);
        ok(
          !/class="[^"]*v-(supported|contradicted|unresolved)|(?<!conclusion that )holds here\b|Holds here|Does not hold|Cannot be/
            .test(text),
          text,
        );
      }
      ok(!/class="tally"/.test(texts[0]!), "a count of verdicts that are none");
    }
  }
  match(overviewOf(["Section 6.2"], "micro", "contradicted"), /class="tally".*class="v-contradicted"/s);
});

Deno.test("an effect is read in words and has no verdict's colour", () => {
  const effect = (value: number, adjusted: number, paper?: number, half = 0.01): Effect => ({
    benchmark: "mgsm",
    variant: "a|b_c",
    scope: "LR",
    value,
    low: value - half,
    high: value + half,
    p: Math.min(0.04, adjusted),
    corrected: { p: adjusted, of: 5 },
    detectable: 0.078,
    n: 100,
    ...{ problems: 100, languages: 1, seeds: 1, unit: "problem" },
    covered: 1,
    method: "m",
    ...(paper === undefined ? {} : { paper }),
  });
  const effects = [
    effect(-0.1, 0.01, -13),
    effect(-0.1, 0.01, 2),
    effect(0.1, 0.01, 0),
    effect(0.1, 0.01),
    effect(0.1, 0.2, 13),
    effect(0.1, 0.5, 3, 0.2),
  ];
  deepStrictEqual(effects.map(readingOf), [
    "falls, as in the paper",
    "falls, against the paper",
    "rises; no change in the paper",
    "rises",
    "rises, as in the paper; by itself, not after correction",
    "cannot be resolved; a true difference of 7.8 would show",
  ]);
  const html = renderToString(EffectsTable({ results: { ...resultsOf(), effects }, benchmark: BENCHMARK })!);
  ok(!/v-supported|v-contradicted|v-unresolved/.test(html));
  deepStrictEqual(html.match(/[\u25b2\u25bc]/g)?.length, 5);
});

Deno.test("pages use the lab's one vocabulary of verdicts", () => {
  deepStrictEqual(LOOKS.map(({ title }) => title.toLowerCase()), Object.values(VERDICT_WORDS));
});

Deno.test("a difference and a share are drawn apart, each on an axis with a zero, ticks and its unit", () => {
  const drawn = (kind: "difference" | "share", value: number, extent: readonly [number, number]) =>
    renderToString(
      Forest({ kind, value, low: value - 0.1, high: value + 0.1, threshold: 0.5, extent, labelled: true }),
    );
  const ticks = (svg: string) =>
    [...svg.matchAll(/<g class="tick">.*?<text[^>]*>([^<]*)</g)].map((m) => m[1]);
  const difference = drawn("difference", -0.2, [-0.62, 0.1]), share = drawn("share", 0.2, [0, 1]);
  deepStrictEqual(ticks(difference), ["0", "\u221260", "\u221240", "\u221220"]);
  deepStrictEqual(ticks(share), ["0 %", "20 %", "40 %", "60 %", "80 %", "100 %"]);
  ok(difference.includes("circle") && !difference.includes('class="bar"'));
  ok(share.includes('class="bar"') && !share.includes("circle"));
  match(
    difference,
    /aria-label="Difference \u221220\.0 points, interval \u221230\.0 points to \u221210\.0 points"/,
  );
  match(share, /class="value"[^>]*>20\.0 %</);
});

Deno.test("an axis has a tick at zero and ticks inside its ends only, whatever its values", () => {
  fc.assert(fc.property(
    fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 1 }),
    (values) => {
      const extent = extentOf(values);
      const svg = renderToString(ForestAxis({ extent }));
      const ticks = [...svg.matchAll(/<line x1="([\d.]+)"[^>]*>.*?<text[^>]*>([^<]*)</g)];
      const at = ticks.map(([, x]) => Number(x));
      ok(ticks.some(([, , text]) => text === "0"), svg);
      ok(ticks.length <= 8 && new Set(at).size === at.length && at.every((x) => x >= 12 && x <= 288), svg);
      ok(ticks.every(([, , text]) => /^\u2212?\d+$/.test(text!)), svg);
    },
  ));
});

Deno.test("drawingsOf() draws a claim's parts: shares have an n and no p, differences of groups neither", () => {
  const numbers = {
    "1.value": -0.1,
    "1.low": -0.2,
    "1.high": 0,
    "1.p": 0.01,
    "2.value": 0.8,
    "2.low": 0.7,
    "2.high": 0.9,
    "2.n": 20,
    "2.threshold": 0.5,
    "3.value": -0.025,
    "3.low": -0.1,
    "3.high": 0.05,
    "3.LR": 0.5,
  };
  deepStrictEqual(drawingsOf({ numbers }), [
    { kind: "difference", value: -0.1, low: -0.2, high: 0, threshold: undefined },
    { kind: "share", value: 0.8, low: 0.7, high: 0.9, threshold: 0.5 },
    { kind: "difference", value: -0.025, low: -0.1, high: 0.05, threshold: undefined },
  ]);
  deepStrictEqual(drawingsOf({ numbers: {} }), []);
});

Deno.test("a claim of several parts has each part's sentence below its drawing, or all of them last", () => {
  const part = (at: number) => ({
    [`${at}.value`]: 0.1,
    [`${at}.low`]: 0,
    [`${at}.high`]: 0.2,
    [`${at}.p`]: 0.5,
  });
  const orderOf = (numbers: Readonly<Record<string, number>>) => {
    const claim = {
      id: "claim-a",
      claim: "a",
      sentence: "S",
      source: "",
      verdict: "supported" as const,
      shown: "supported" as const,
      seeds: "1",
      where: "",
    };
    const claims = [{ ...claim, because: "First <b>;\nSecond", numbers }];
    const html = renderToString(ClaimList({ claims, chips: false, extent: [0, 1] }));
    return html.match(/class="forest"|First &lt;b>;<\/p>|Second/g);
  };
  const [drawn, first, second] = ['class="forest"', "First &lt;b>;</p>", "Second"];
  deepStrictEqual(orderOf({ ...part(1), ...part(2) }), [drawn, first, drawn, second]);
  deepStrictEqual(orderOf(part(1)), [drawn, first, second]);
  deepStrictEqual(orderOf({}), [first, second]);
});

Deno.test("provenance reads as facts: units, words, short hashes, and why two runs differ in their code", () => {
  const hash = (digit: string) => digit.repeat(64);
  const provenance = [
    { key: "memory bytes", value: "25276510208", runs: 4 },
    { key: "dirty", value: "false", runs: 4 },
    { key: "untracked", value: `notes.txt ${hash("a")}\nother.txt ${hash("b")}`, runs: 4 },
    { key: "code", value: hash("c"), runs: 3 },
    { key: "code", value: hash("d"), runs: 1 },
    { key: "no commit because", value: "no repository", runs: 4 },
    { key: "package:vega", value: "6.4.0", runs: 4 },
  ];
  const html = renderToString(Provenance({ slice: { ...EMPTY_SLICE, provenance } })).replaceAll(
    /<[^>]*>/g,
    "|",
  );
  for (
    const text of [
      "Memory||23.5 GiB|",
      "as committed",
      "notes.txt aaaaaaaaaaaa\nother.txt bbbbbbbbbbbb|",
      "cccccccccccc| 3 runs",
      "two methods have two hashes",
      "no commit because|",
      "Packages: vega 6.4.0",
    ]
  ) ok(html.replaceAll(/\|+/g, "|").includes(text.replaceAll(/\|+/g, "|")), `${text} in ${html}`);
  ok(!/[0-9a-f]{13}/.test(html));
});
