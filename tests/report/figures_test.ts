/**
 * The kinds of figures of `lib/lab/experiment/figure.ts`, on results with known numbers.
 * @module
 */
import { deepStrictEqual, match, ok, strictEqual, throws } from "node:assert/strict";
import { join } from "node:path";
import { atLeast } from "../../lib/checked.ts";
import type { FigureChoice } from "../../lib/lab/experiment/figure.ts";
import { spearman } from "../../lib/metric/mod.ts";
import { styleSheet } from "../../lib/report/assets/style_sheet.ts";
import { drawingsOf } from "../../lib/report/figures/kinds/mod.ts";
import { wrapped } from "../../lib/report/figures/kinds/shared.ts";
import { drawFigureFiles, planFigures } from "../../lib/report/figures/plan.ts";
import { lightPalette } from "../../lib/report/figures/svg.ts";
import { loadPaper } from "../../lib/paper/paper.ts";
import { paperLookup } from "../../lib/paper/lookup.ts";
import { writeReport } from "../../lib/report/write_report.ts";
import { curves } from "./_curves.ts";
import { writeStore } from "./_store.ts";

type Row = Record<string, unknown>;

/** The figures of one choice and the data of their layers. */
function plan(choice: FigureChoice, results = curves()) {
  const figures =
    planFigures({ ...results, slice: { ...results.slice, figures: { own: { ...choice } } } }).get("") ?? [];
  return figures.map((figure) => {
    const spec = figure.spec as { data?: { values: Row[] }; layer?: { data?: { values: Row[] } }[] };
    return {
      ...figure,
      layers: (spec.layer ?? [{}]).map((layer) => (layer.data ?? spec.data)?.values ?? []),
    };
  });
}

const LINES: FigureChoice = {
  draw: "lines",
  title: "Figure 4",
  benchmarks: ["tatoeba", "mgsm"],
  x: "code_switch.ratio",
  xTitle: "Ratio, %",
  times: 100,
  reference: "parallel text",
};

Deno.test("a line figure has a drawing a benchmark, a point for each group and number, and the reference as a level", () => {
  const [retrieval, reasoning, ...more] = atLeast(plan(LINES), 2);
  deepStrictEqual([retrieval.title, reasoning.title, more], ["Figure 4: Tatoeba", "Figure 4: MGSM", []]);
  const [band, levels, line, points] = atLeast(reasoning.layers, 2);
  deepStrictEqual([line, points], [band, band]);
  deepStrictEqual(
    band.filter(({ group }) => group === "Low-resource").map((
      { x, accuracy, low, high },
    ) => [x, accuracy, low, high]),
    [[80, 50, 45, 55], [0, 10, 5, 15], [40, 30, 25, 35], [100, 60, 55, 65]],
  );
  ok(band.every(({ variant }) => variant !== "parallel text"));
  deepStrictEqual(levels.map(({ group, accuracy }) => [group, accuracy]), [
    ["Low-resource", 55],
    ["High-resource", 75],
  ]);
  match(reasoning.caption, /bands are 95 % intervals. Dashed: parallel text\./);
});

Deno.test("a line figure is left out until two of its points have been run", () => {
  const all = curves();
  const some = {
    ...all,
    cells: all.cells.filter(({ variant }) => ["80 %", "parallel text"].includes(variant)),
  };
  deepStrictEqual(plan(LINES, some), []);
});

Deno.test("a bar figure has its variants in the given order with their groups, intervals and the paper's values", () => {
  const choice = {
    draw: "bars",
    title: "Figure 9",
    benchmarks: ["mgsm"],
    variants: ["100 %", "0 %"],
  } as const;
  const [figure] = atLeast(plan({ ...choice, caption: "Sizes." }), 1);
  deepStrictEqual(
    figure.layers[0]!.map((
      { system, group, accuracy, low, high, paper },
    ) => [system, group, accuracy, low, high, paper]),
    [
      ["100 %", "Low-resource", 60, 55, 65, 61.2],
      ["100 %", "High-resource", 80, 75, 85, null],
      ["100 %", "All languages", 70, 65, 75, null],
      ["0 %", "Low-resource", 10, 5, 15, null],
      ["0 %", "High-resource", 30, 25, 35, null],
      ["0 %", "All languages", 20, 15, 25, null],
    ],
  );
  match(figure.caption, /^Mean accuracy .* Diamonds: the paper's values, from its own models. Sizes\.$/);
});

Deno.test("a scatter figure has a point for each language that both benchmarks have, and says Spearman's rho of them", () => {
  const [figure] = atLeast(
    plan({ draw: "scatter", title: "Figure 7", x: "tatoeba", benchmarks: ["mgsm"] }),
    1,
  );
  const points = figure.layers[2] as { x: number; y: number; level: string; code: string }[];
  strictEqual(points.length, 5 * 4);
  ok(points.every(({ code }) => code !== "vi"), "vi is not in MGSM");
  const said = (what: string, chosen: typeof points) => {
    const { rho, low, high, n } = spearman(chosen.map(({ x }) => x), chosen.map(({ y }) => y))!;
    const print = (value: number) => value.toFixed(2).replace("-", "\u2212");
    const sentence = `${what} ${print(rho)} (${print(low)} to ${print(high)}, n = ${n})`;
    ok(figure.caption.includes(sentence), `${sentence} in ${figure.caption}`);
  };
  said("all", points);
  said("low-resource", points.filter(({ level }) => level === "LR"));
  said("high-resource", points.filter(({ level }) => level === "HR"));
});

Deno.test("a choice with an unknown kind, field, benchmark or variant is refused by name", () => {
  const bad = (choice: Record<string, unknown>) => () => plan(choice as FigureChoice);
  throws(bad({ draw: "pie", title: "x" }), /Cannot draw figure "own" of "curves": draw: /);
  throws(bad({ ...LINES, colour: "red" }), /figure "own" of "curves": colour: /);
  throws(bad({ ...LINES, benchmarks: ["mgms"] }), /unknown benchmark "mgms": did you mean "mgsm"/);
  throws(bad({ ...LINES, reference: "paralel" }), /unknown variant "paralel": did you mean "parallel text"/);
});

Deno.test("wrapped() breaks at spaces and hyphens, never inside a word, and loses nothing", () => {
  strictEqual(
    wrapped("Prepositional phrase (adposition + noun)"),
    "Prepositional\nphrase\n(adposition +\nnoun)",
  );
  strictEqual(wrapped("Indo-European-Indo-Iranian"), "Indo-European-\nIndo-Iranian");
  strictEqual(wrapped("Internationalisation"), "Internationalisation");
});

Deno.test("panels of a map are drawn in the order given, and those of an older store all the same", () => {
  const results = curves();
  const points = ["before", "after"].flatMap((benchmark) =>
    ["x", "y"].map((axis) => ({
      ...{
        run: "1",
        variant: results.slice.baseName,
        seed: 1,
        benchmark,
        scope: "sw 1",
        metric: `map ${axis}`,
      },
      ...{ n: null, k: null, value: 1, estimator: "" },
    }))
  );
  const placed = { ...results, slice: { ...results.slice, points } };
  const titles = (panels: unknown) =>
    drawingsOf(placed, "own", { draw: "map", title: "Map", panels }).map(({ title }) => title);
  const [before, after] = [["before", "Before"], ["after", "After"]] as const;
  deepStrictEqual(titles([before, after]), ["Map: Before", "Map: After"]);
  deepStrictEqual(titles([after, before]), ["Map: After", "Map: Before"]);
  deepStrictEqual(titles(Object.fromEntries([after, before])), ["Map: After", "Map: Before"]);
});

Deno.test("every kind is drawn as SVG with a mark for each of its numbers, and coordinates are in no table", async () => {
  const folder = Deno.makeTempDirSync();
  try {
    const results = curves();
    const figures = planFigures({ ...results, slice: { ...results.slice, figures: { lines: { ...LINES } } } })
      .get(
        "",
      )!;
    await drawFigureFiles(figures, folder, lightPalette(styleSheet()));
    const svg = Deno.readTextFileSync(join(folder, figures[1]!.svgPath));
    strictEqual(svg.match(/aria-roledescription="point"/g)?.length, 2 * 4);
    ok(!svg.includes("var(--"));

    const [store, out] = [join(folder, "lab.duckdb"), join(folder, "site")];
    await writeStore(store, {
      seeds: [2, 3],
      items: 6,
      figures: {
        bars: { draw: "bars", title: "Bars", benchmarks: ["mgsm"] },
        scatter: {
          draw: "scatter",
          title: "Scatter",
          x: "mgsm",
          benchmarks: ["mgsm"],
          variants: ["Mono-SFT"],
        },
        map: { draw: "map", title: "Map", panels: [["before", "Before"], ["after", "After"]] },
      },
    });
    await writeReport({ store, out });
    const drawn = (name: string, role: string) =>
      Deno.readTextFileSync(join(out, `figures/stage_removal.mini.micro.${name}.svg`))
        .match(new RegExp(`aria-roledescription="${role}"`, "g"))?.length;
    deepStrictEqual([drawn("bars.mgsm", "bar"), drawn("scatter.mgsm", "point")], [4 * 3, 11]);
    deepStrictEqual([drawn("map.before", "point"), drawn("map.after", "point")], [3 * 11, 3 * 11]);
    const page = Deno.readTextFileSync(join(out, "experiments/stage_removal.mini.micro.html"));
    match(page, /Map: After.*33 in 11 languages; LinguaLIFT, seed 2/s);
    match(page, /<strong>top1<\/strong>/);
    ok(!page.includes("<strong>map "));
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
});

const SHARES: FigureChoice = {
  draw: "shares",
  title: "Table 18",
  metric: "words of the English problems",
  table: "table-18",
  rows: { Conjunction: ["CCONJ", "SCONJ"], Noun: ["NOUN"] },
};

/** `curves()` with counts of words by part of speech, as several variants have them. */
function counted(counts: Readonly<Record<string, number>>): ReturnType<typeof curves> {
  const results = curves();
  const own = ["0 %", "100 %"].flatMap((variant) =>
    Object.entries(counts).map(([scope, k]) => ({
      ...{ run: variant, variant, seed: 1, benchmark: "", scope, metric: "words of the English problems" },
      ...{ n: 1000, k, value: k / 1000, estimator: "" },
    }))
  );
  return { ...results, slice: { ...results.slice, own } };
}

Deno.test("a figure of shares counts each word once whichever variants counted it, beside what the paper prints", () => {
  const results = counted({ NOUN: 300, CCONJ: 60, SCONJ: 40 });
  const [drawing] = atLeast(drawingsOf(results, "own", SHARES, paperLookup(loadPaper())), 1);
  const { data } = drawing.spec as unknown as { readonly data: { readonly values: readonly Row[] } };
  const [nouns, conjunctions] = [84_726, 20_764];
  const share = (count: number) => Number((100 * count / (nouns + conjunctions)).toFixed(3));
  deepStrictEqual(data.values.map(({ row, whose, count, share }) => [row, whose, count, share]), [
    ["Noun", "ours", 300, 75],
    ["Conjunction", "ours", 100, 25],
    ["Noun", "the paper", nouns, share(nouns)],
    ["Conjunction", "the paper", conjunctions, share(conjunctions)],
  ]);
  match(drawing.caption, /400 of ours, 105,490 in the paper's Table 18/);
});

Deno.test("a figure of shares waits until all of its rows have been counted", () => {
  deepStrictEqual(plan(SHARES, counted({ NOUN: 300, CCONJ: 60 })), []);
  deepStrictEqual(plan(SHARES), []);
});
