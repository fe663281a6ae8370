/** The real data sets that are there. */
import { deepStrictEqual, match, ok, strictEqual } from "node:assert/strict";
import { atLeast } from "../../../lib/checked.ts";
import { DATA_SETS, dataSet, inventory } from "../../../lib/world/open/catalog.ts";
import { checkDataSet } from "../../../lib/world/open/check.ts";
import {
  alignBibles,
  bibleText,
  loadBible,
  loadCommonsenseQa,
  loadFlores,
  loadGsm8k,
  loadMgsm,
  loadMsvamp,
  loadMuse,
  loadTatoeba,
  loadXnli,
  officialSplit,
} from "../../../lib/world/open/mod.ts";
import { dataTest } from "./_data.ts";

/** Rows of files that a folder may hold. A folder with other files than these is as good: tests ask what is there. */
const ROWS: Record<string, Record<string, number>> = {
  mgsm: same("bn de en es fr ru sw te th zh", 250),
  msvamp: same("de en es sw th zh", 1000),
  gsm8k: { train: 7473, test: 1319 },
  asdiv: {},
  mawps: {},
  mmwp: {},
  multimwp: { as: 2829, en: 2836, hi: 2824, or: 2821, si: 2746, ta: 2818, zh: 2577 },
  xnli: same("ar de en sw th", 5010),
  commonsenseqa: { train: 9741, dev: 1221 },
  xcsqa: {},
  tatoeba: {
    ...same("afr ara bel ben cmn deu eus fra hin isl jpn mar mkd rus slk spa", 1000),
    ...{ swh: 390, tel: 234, tha: 548 },
  },
  flores200: same("af bn de en fr ha is mk sw te th zh", 1012),
  muse: {
    ...{ "en-af": 37446, "en-bn": 30737, "en-de": 101931, "en-hi": 38221, "en-mk": 50749 },
    ...{ "en-sk": 65887, "en-ta": 26656, "en-th": 24658, "en-zh": 39334 },
  },
  word_vectors: { en: 843, es: 842, ru: 841 },
  bible: { verses: 41899, en: 31090, de: 31090, sw: 31088, ha: 31078 },
};

function same(parts: string, rows: number): Record<string, number> {
  return Object.fromEntries(parts.split(" ").map((part) => [part, rows]));
}

for (const set of DATA_SETS) {
  dataTest(`${set.title}: every file that is there is read whole`, (folder) => {
    for (const checked of checkDataSet(folder, set)) {
      ok("rows" in checked, JSON.stringify(checked));
      // A folder may hold parts that have no count here; the loaders' own counts hold there.
      if (checked.part in ROWS[set.id]!) strictEqual(checked.rows, ROWS[set.id]![checked.part], checked.part);
    }
  });
}

dataTest(
  "MGSM has the same ids and gold answers in every language, those of GSM8K's first 250 test problems",
  (folder) => {
    const gsm8k = loadGsm8k(folder, "test").slice(0, 250).map(({ answer }) => answer);
    for (const { part } of inventory(folder, dataSet("mgsm")).filter(({ isThere }) => isThere)) {
      const items = loadMgsm(folder, part);
      deepStrictEqual(items.map(({ answer }) => answer), gsm8k, part);
      deepStrictEqual(items.map(({ id }) => id), items.map((_, at) => `mgsm/${at + 1}`));
      ok(items.every(({ answer }) => /^-?\d+$/.test(answer)));
    }
    const english = loadMgsm(folder, "en");
    strictEqual(english[0]!.question.slice(0, 34), "Janet’s ducks lay 16 eggs per day.");
    deepStrictEqual(
      english.filter(({ answer_text }) => answer_text.includes(",")).map(({ answer }) => answer).slice(0, 3),
      [
        "2125",
        "114200",
        "276000",
      ],
    );
  },
);

dataTest(
  "MSVAMP is the same 1000 problems in every language, with the English question beside the translation",
  (folder) => {
    const english = loadMsvamp(folder, "en");
    strictEqual(english[0]!.english, undefined);
    for (const { part } of inventory(folder, dataSet("msvamp")).filter(({ isThere }) => isThere)) {
      const items = loadMsvamp(folder, part);
      deepStrictEqual(items.map(({ answer }) => answer), english.map(({ answer }) => answer), part);
      deepStrictEqual(items.map(({ equation }) => equation), english.map(({ equation }) => equation), part);
      if (part !== "en") {
        deepStrictEqual(
          items.map((item) => item.english),
          english.map(({ question }) => question),
          part,
        );
      }
    }
    deepStrictEqual([english[0]!.answer, english[0]!.answer_text], ["8", "8.0"]);
  },
);

dataTest(
  "GSM8K solutions come without calculator marks unless kept, and answers without commas",
  (folder) => {
    const [first] = atLeast(loadGsm8k(folder, "test"), 1);
    strictEqual(
      first.solution,
      "Janet sells 16 - 3 - 4 = 9 duck eggs a day.\nShe makes 9 * 2 = $18 every day at the farmer’s market.",
    );
    match(loadGsm8k(folder, "test", { calculator: "keep" })[0]!.solution!, /16 - 3 - 4 = <<16-3-4=9>>9/);
    const train = loadGsm8k(folder, "train");
    ok(train.every(({ solution }) => !/<<|>>|####/.test(solution!)));
    ok(train.some(({ answer, answer_text }) => answer_text === "109,200,000" && answer === "109200000"));
    deepStrictEqual(
      loadGsm8k(folder, "test").filter(({ answer }) => answer.startsWith("-")).map(({ answer }) => answer),
      [
        "-10",
        "-3",
      ],
    );
  },
);

dataTest("XNLI has the same labels in every language, a third of each", (folder) => {
  const english = loadXnli(folder, "en").map(({ label }) => label);
  for (const label of ["entailment", "neutral", "contradiction"]) {
    strictEqual(english.filter((each) => each === label).length, 1670);
  }
  for (const { part, isThere } of inventory(folder, dataSet("xnli"))) {
    if (!isThere || part === "dev") continue;
    deepStrictEqual(loadXnli(folder, part).map(({ label }) => label), english, part);
  }
});

dataTest("CommonsenseQA questions have five choices and an answer among them", (folder) => {
  const [first, ...rest] = atLeast(loadCommonsenseQa(folder, "dev"), 1);
  strictEqual(first.choices.find(({ label }) => label === first.answer)?.text, "bank");
  ok([first, ...rest].every(({ choices, answer }) => choices.some(({ label }) => label === answer)));
});

dataTest("Tatoeba and FLORES-200 pair each sentence with its translation", (folder) => {
  deepStrictEqual(loadTatoeba(folder, "sw").pairs[0], {
    id: "tatoeba/1",
    english: "He brought me coffee.",
    foreign: "Alinileta kahawa.",
  });
  deepStrictEqual(loadTatoeba(folder, "swh").pairs, loadTatoeba(folder, "sw").pairs);
  const [hausa, thai] = [loadFlores(folder, "ha"), loadFlores(folder, "th")];
  deepStrictEqual(hausa.pairs.map(({ english }) => english), thai.pairs.map(({ english }) => english));
  ok(thai.pairs.every(({ foreign }) => /\p{Script=Thai}/u.test(foreign)));
});

dataTest(
  "MUSE's split is the published one: 14677 training and 3660 test pairs for en-de, 1500 test words each",
  (folder) => {
    strictEqual(loadMuse(folder, "en", "de", "train").pairs.length, 14677);
    strictEqual(loadMuse(folder, "en", "de", "test").pairs.length, 3660);
    for (const { part } of inventory(folder, dataSet("muse")).filter(({ isThere }) => isThere)) {
      const target = part.slice(3);
      const full = loadMuse(folder, "en", target);
      const [train, test] = atLeast(
        (["train", "test"] as const).map((split) =>
          new Set(officialSplit(full, split).pairs.map(([word]) => word))
        ),
        2,
      );
      deepStrictEqual([train.size, test.size], [5000, 1500], part);
      ok([...test].every((word) => !train.has(word)));
    }
    deepStrictEqual(loadMuse(folder, "en", "de").pairs[0], ["the", "die"]);
  },
);

dataTest("Bibles align by verse, and merged verses stay together", (folder) => {
  const [english, swahili] = [loadBible(folder, "en"), loadBible(folder, "sw")];
  const { pairs } = alignBibles(english, swahili);
  deepStrictEqual(pairs[0], {
    id: "bible/GEN 1:1",
    english: "In the beginning, God created the heavens and the earth.",
    foreign: "Hapo mwanzo Mungu aliumba mbingu na nchi.",
  });
  const merged = pairs.filter(({ id }) => id.includes("-"));
  strictEqual(merged.length, swahili.verses.filter((verse) => verse === "<range>").length);
  ok(pairs.every((pair) => !pair.english.includes("<range>") && !pair.foreign.includes("<range>")));
  strictEqual(bibleText(swahili).length, 41899 - 10801 - 2);
});
