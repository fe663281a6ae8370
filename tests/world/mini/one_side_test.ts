/** What keeps NLI and choice from being guessed from one side: the same hypotheses under each label, the same options asked for each. */
import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { stream } from "../../../lib/random.ts";
import { languageOf, mini } from "../../../lib/world/mini/mod.ts";
import { drawText, TEXT_KINDS } from "../../../lib/world/mini/narrative.ts";
import { NLI_FRAMES, NLI_SITUATIONS } from "../../../lib/world/mini/nli_frames.ts";
import { isQuestion, situationKey, splitOf } from "../../../lib/world/mini/partition.ts";
import { type ChoiceItem, NLI_LABELS, type NliItem } from "../../../lib/world/world.ts";

const LETTERS = ["A", "B", "C", "D", "E"];

/** Items in runs of `size`; what is over is left. */
function rounds<T>(items: readonly T[], size: number): T[][] {
  return Array.from(
    { length: Math.floor(items.length / size) },
    (_, i) => items.slice(i * size, (i + 1) * size),
  );
}

for (const { code } of mini.languages()) {
  Deno.test(`three premises have one hypothesis in ${code}, and each label; five questions have the same options, and each letter`, () => {
    const nli = [...mini.benchmark("xnli", code), ...mini.instructions("nli", code, { seed: 1, count: 90 })];
    for (const three of rounds(nli as NliItem[], 3).slice(0, 83)) {
      strictEqual(new Set(three.map(({ hypothesis }) => hypothesis)).size, 1);
      strictEqual(new Set(three.map(({ premise }) => premise)).size, 3, three[0]!.premise);
      deepStrictEqual(three.map(({ gold }) => gold), [...NLI_LABELS]);
    }
    const choices = [
      ...mini.benchmark("xcsqa", code),
      ...mini.instructions("choice", code, { seed: 1, count: 90 }),
    ];
    for (const five of rounds(choices as ChoiceItem[], 5)) {
      strictEqual(new Set(five.map((item) => item.choices.join())).size, 1);
      strictEqual(new Set(five.map(({ question }) => question)).size, 5);
      deepStrictEqual(five.map(({ gold }) => gold).sort(), LETTERS);
    }
  });
}

Deno.test("development and test have 250 items and more of each, all kinds of premise as often, no situation twice", () => {
  for (const split of ["dev", "test"] as const) {
    const nli = mini.benchmark("xnli", "en", { items: 300, split });
    const kinds = [...Map.groupBy(nli, ({ kind }) => kind).values()].map(({ length }) => length);
    deepStrictEqual(kinds, NLI_FRAMES.map(() => 30));
    const sets = rounds(mini.benchmark("xcsqa", "en", { items: 300, split }) as ChoiceItem[], 5);
    strictEqual(new Set(sets.map(([first]) => [...first!.choices].sort().join())).size, 60);
  }
});

Deno.test("options of a test question are in no training question, whatever it asks", () => {
  const setsOf = (items: readonly unknown[]) =>
    (items as ChoiceItem[]).map(({ choices }) => [...choices].sort().join());
  const trained = new Set(setsOf(mini.instructions("choice", "en", { seed: 1, count: 12_000 })));
  for (const split of ["dev", "test"] as const) {
    deepStrictEqual(setsOf(mini.benchmark("xcsqa", "en", { split })).filter((one) => trained.has(one)), []);
  }
});

Deno.test("a word of the hypothesis, or of the premise, is as frequent under every label, within four standard errors", () => {
  const items = mini.instructions("nli", "en", { seed: 1, count: 6000 }) as NliItem[];
  for (const side of ["hypothesis", "premise"] as const) {
    const seen = new Map<string, number[]>();
    for (const item of items) {
      for (const word of new Set(item[side].match(/[\p{L}\d]+/gu))) {
        const counts = seen.get(word) ?? NLI_LABELS.map(() => 0);
        counts[NLI_LABELS.indexOf(item.gold)]!++;
        seen.set(word, counts);
      }
    }
    ok(seen.size > 80);
    for (const [word, counts] of seen) {
      const mean = counts.reduce((sum, n) => sum + n, 0) / 3;
      for (const n of counts) ok(Math.abs(n - mean) <= 4 * Math.sqrt(mean) + 1, `${side} ${word}: ${counts}`);
    }
  }
});

Deno.test("each label has the same premises up to names, nouns and numbers: in 240 items exactly", () => {
  const nouns = [...languageOf("en").nouns.values()].flatMap(({ forms }) => [...forms.values()]);
  const words = new Map([
    ...nouns.map((noun) => [noun, "noun"] as const),
    ...[...mini.personNames("en")].map((name) => [name, "@"] as const),
  ]);
  const shape = (text: string) =>
    text.replace(/[A-Za-z]+/g, (word) => words.get(word) ?? word).replace(/\d+/g, "#");
  for (const split of ["dev", "test"] as const) {
    const items = mini.benchmark("xnli", "en", { items: 240, split }) as NliItem[];
    for (const side of ["premise", "hypothesis"] as const) {
      for (const [text, all] of Map.groupBy(items, (item) => shape(item[side]))) {
        const counts = NLI_LABELS.map((label) => all.filter(({ gold }) => gold === label).length);
        strictEqual(new Set(counts).size, 1, `${text} ${counts}`);
      }
    }
  }
});

Deno.test("what plain text tells with an NLI item's sentences is of training", () => {
  const sayings = (parts: readonly string[]) =>
    parts.map((part) => part.split(" ")[0]!.replace("now_has", "has")).join(" ");
  const shapes = new Set(NLI_SITUATIONS.map(sayings));
  const found = new Set<string>();
  for (let i = 0; i < 4000; i++) {
    const { sentences, roles } = drawText(TEXT_KINDS[i % TEXT_KINDS.length]!, stream(11, "plain", i));
    const told = sentences.filter((part) => !isQuestion(part));
    for (let from = 0; from < told.length; from++) {
      for (let to = from + 2; to <= told.length; to++) {
        const run = told.slice(from, to);
        if (!shapes.has(sayings(run))) continue;
        found.add(sayings(run));
        strictEqual(splitOf(situationKey({ sentences: run, roles })), "train");
      }
    }
  }
  // A shape more or less here changes the plain text, and with it the texts that the committed LLM was trained on.
  deepStrictEqual([...found].sort(), [
    "has buys_more has",
    "has fewer has",
    "has gives has",
    "has has more",
    "has more has",
  ]);
});
