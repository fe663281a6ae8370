/** MMWP: the paper's selection, the lab's files of it, and the quality of translations that were translated back. */
import { atLeast } from "../../../lib/checked.ts";
import { deepStrictEqual, match, notDeepStrictEqual, ok, strictEqual, throws } from "node:assert/strict";
import { join } from "node:path";
import fc from "fast-check";
import {
  type AsdivProblem,
  backTranslationQuality,
  formatMmwp,
  formatQuality,
  type MawpsProblem,
  meanQuality,
  openData,
  parseAsdiv,
  parseMawps,
  parseMmwp,
  parseTranslation,
  REASONS,
  selectMmwp,
} from "../../../lib/world/open/mod.ts";
import { refuses, source } from "./_data.ts";
import { type Asdiv, asdivFile, type Mawps, mawpsFile } from "./_word_problems.ts";

const partial = { partial: true };

function asdiv(...problems: Asdiv[]): AsdivProblem[] {
  return problems.length === 0 ? [] : parseAsdiv(source(asdivFile(problems)), partial);
}

function mawps(...problems: Mawps[]): MawpsProblem[] {
  return problems.length === 0 ? [] : parseMawps(source(mawpsFile(problems)), "MultiArith", partial);
}

const twoSteps = "(3+4)*2=14";

Deno.test("selectMmwp() keeps problems of several steps with one numeric answer, once, and counts the rest", () => {
  const { problems, counts } = selectMmwp(
    asdiv(
      { id: "one", formula: "3+4=7" },
      { id: "two", formula: "(3+4)*200=1400", answer: "1,400 (sq. cm)" },
      {
        id: "annotated",
        type: '<Solution-Type Subgoal-1="Sum">Sum</Solution-Type>',
        question: "How many of it?",
      },
      { id: "pair", formula: twoSteps, answer: "8 (ft); 128 (sq. ft)" },
      { id: "name", formula: twoSteps, answer: "Mrs. Ada" },
      { id: "clock", formula: twoSteps, answer: "8:45" },
      { id: "half", formula: twoSteps, answer: "1/2 (cup)" },
      { id: "again", formula: twoSteps, answer: "14", question: "how MANY pens" },
      { id: "wrong", formula: twoSteps, answer: "15 (pens)", question: "How many more?" },
    ),
    mawps(
      { question: "Ada has 3 pens . She finds 4 more . How many pens ?" },
      { question: "Find two numbers.", equations: ["x+y=10", "x-y=2"], solutions: [6, 4] },
      { question: "Ben had 9. He lost 2 and 3. How many?", solutions: [4.0] },
      {
        question: "Ben had 9. He lost 2 and 4. How many?",
        solutions: ["3.5"],
        equations: ["X = 9 - 2 - 3.5"],
      },
      { question: "Ben had 9.", equations: ["X=9-2"] },
    ),
    { seed: 1 },
  );
  // of "two" and "again", which are equal, the draw decides
  const ids = problems.map(({ id }) => id).sort();
  ok(ids.includes("two") !== ids.includes("again"));
  deepStrictEqual(ids.filter((id) => id !== "two" && id !== "again"), [
    "MultiArith-2",
    "MultiArith-3",
    "annotated",
  ]);
  deepStrictEqual(counts, [
    {
      set: "ASDiv",
      read: 9,
      rejected: {
        "one step": 1,
        "not drawn": 0,
        "several answers": 1,
        "no numeric answer": 3,
        "contradicts its equation": 1,
        duplicate: 1,
      },
      kept: 2,
      contradictions: ["wrong"],
    },
    {
      set: "MAWPS",
      read: 5,
      rejected: {
        "one step": 1,
        "not drawn": 0,
        "several answers": 1,
        "no numeric answer": 0,
        "contradicts its equation": 0,
        duplicate: 1,
      },
      kept: 2,
      contradictions: [],
    },
  ]);
  const answers = Object.fromEntries(problems.map(({ id, answer }) => [id, answer]));
  deepStrictEqual([answers["MultiArith-2"], answers["MultiArith-3"], answers.annotated], ["4", "3.5", "7"]);
  strictEqual(
    problems.find(({ id }) => id === "annotated")!.question,
    "Ada has 3 pens. She finds 4 more. How many of it?",
  );
});

Deno.test("selectMmwp() accounts for every problem, keeps none twice, and is the same for the same seed", () => {
  const some = fc.array(
    fc.tuple(fc.nat(9), fc.constantFrom("3+4=7", twoSteps), fc.constantFrom("7 (pens)", "no", "1; 2")),
  );
  fc.assert(
    fc.property(some, some, fc.nat(20), fc.nat(100), (a, b, each, seed) => {
      const first = asdiv(
        ...a.map(([question, formula, answer]) => ({ question: `How many ${question}?`, formula, answer })),
      );
      const second = mawps(
        ...b.map(([question, equation, answer]) => ({
          question: `How many ${question}?`,
          equations: [equation],
          solutions: answer === "1; 2" ? [1, 2] : [question],
        })),
      );
      const { problems, counts } = selectMmwp(first, second, { seed, each });
      counts.forEach(({ read, rejected, kept }, at) => {
        strictEqual(read, [first, second][at]!.length);
        strictEqual(read, kept + REASONS.reduce((sum, reason) => sum + rejected[reason], 0));
        ok(kept <= each && read - rejected["one step"] - rejected["not drawn"] <= each);
      });
      strictEqual(problems.length, counts[0]!.kept + counts[1]!.kept);
      strictEqual(new Set(problems.map(({ question }) => question)).size, problems.length);
      ok(problems.every(({ answer }) => /^\d+$/.test(answer)));
      deepStrictEqual(selectMmwp(first, second, { seed, each }).problems, problems);
    }),
    { numRuns: 60 },
  );
});

Deno.test("selectMmwp() draws others with another seed, and MAWPS's draw does not depend on ASDiv", () => {
  const many = Array.from(
    { length: 60 },
    (_, i): Asdiv => ({ question: `How many of ${i}?`, formula: twoSteps, answer: "14 (pens)" }),
  );
  const more = Array.from({ length: 60 }, (_, i): Mawps => ({ question: `How many of ${i + 100}?` }));
  const ids = (a: Asdiv[], seed: number) =>
    selectMmwp(asdiv(...a), mawps(...more), { seed, each: 20 }).problems.map(({ id }) => id).sort();
  notDeepStrictEqual(ids(many, 1), ids(many, 2));
  const own = (a: Asdiv[]) => ids(a, 1).filter((id) => id.startsWith("MultiArith"));
  strictEqual(own(many).length, 20);
  deepStrictEqual(own(many.slice(0, 5)), own(many));
});

const english = formatMmwp([
  { id: "a", question: "How many?", answer: "1200", equation: "" },
  { id: "b", question: "How much?", answer: "2.5", equation: "x" },
]);

Deno.test("a translation is read in the order of the English file, with its answers", () => {
  const rows = parseMmwp(source(english));
  deepStrictEqual(rows.map(({ id, answer, equation }) => [id, answer, equation]), [
    ["mmwp/a", "1200", ""],
    ["mmwp/b", "2.5", "x"],
  ]);
  const bengali = '{"id":"b","question":"কত?"}\r\n{"id":"a","question":" কয়টি? ","answer":"১,২০০"}\r\n';
  const translated = parseTranslation(source(bengali), "bn", source(english));
  deepStrictEqual(
    translated.map((
      { id, language, question, answer, english },
    ) => [id, language, question, answer, english]),
    [
      ["mmwp/a", "bn", "কয়টি?", "1200", "How many?"],
      ["mmwp/b", "bn", "কত?", "2.5", "How much?"],
    ],
  );
});

Deno.test("a translation that lacks, doubles, invents or changes a problem is refused", () => {
  const read = (text: string) => () =>
    parseTranslation(source(text, "sw.jsonl"), "sw", source(english, "en.jsonl"));
  const a = '{"id":"a","question":"x"}\n', b = '{"id":"b","question":"y"}\n';
  refuses(
    read(a),
    /"sw.jsonl": it lacks 1 of the 2 problems of "en.jsonl", the first is "b"; translate them too/,
  );
  refuses(read(a + b + a), /"sw.jsonl": line 3 has the id "a" of line 1/);
  refuses(
    read(a + b + '{"id":"bb","question":"y"}\n'),
    /line 3 has the id "bb", which "en.jsonl" has not; did you mean "b"\?/,
  );
  refuses(
    read(a + '{"id":"b","question":"y","answer":"25"}'),
    /line 2 has the answer "25", in "en.jsonl" it is "2.5"/,
  );
  refuses(read(a + '{"id":"b","question":" "}'), /line 2 has no good "question"/);
  refuses(
    () => parseMmwp(source('{"id":"a","question":"x","answer":"many"}')),
    /line 1 has "many" where the answer/,
  );
  refuses(() => parseMmwp(source(english + english)), /line 3 has the id "a" of line 1/);
});

Deno.test("the open world asks MMWP in the languages whose files are there", () => {
  const folder = Deno.makeTempDirSync();
  const world = openData(folder);
  refuses(
    () => world.benchmark("mmwp", "en"),
    /mmwp\/en.jsonl": get MMWP .* `deno task data mmwp` makes en.jsonl/,
  );
  Deno.mkdirSync(join(folder, "mmwp"));
  Deno.writeTextFileSync(join(folder, "mmwp", "en.jsonl"), english);
  Deno.writeTextFileSync(
    join(folder, "mmwp", "lb.jsonl"),
    '{"id":"b","question":"y"}\n{"id":"a","question":"x"}\n',
  );
  const made = openData(folder);
  deepStrictEqual(
    made.languages().map(({ code, benchmarks }) => [code, ...benchmarks]),
    [["lb", "mmwp"], ["en", "mmwp"]],
  );
  deepStrictEqual(made.benchmark("mmwp", "lb"), [
    {
      task: "math",
      id: "mmwp/a",
      kind: "mmwp",
      question: "x",
      solution: "The answer is 1200.",
      gold: "1200",
    },
    { task: "math", id: "mmwp/b", kind: "mmwp", question: "y", solution: "The answer is 2.5.", gold: "2.5" },
  ]);
  refuses(() => made.benchmark("mmwp", "sw"), /mmwp\/sw.jsonl": get MMWP/);
  throws(() => openData(folder, ["mgsm"]).benchmark("mmwp", "en"), /only mgsm are declared/);
  Deno.removeSync(folder, { recursive: true });
});

/** sacreBLEU's README: two references, one system. */
const REFERENCES = [
  "The dog bit the man.\nIt was not unexpected.\nThe man bit him first.\n",
  "The dog had bit the man.\nNo one was surprised.\nThe man had bitten the dog.\n",
];
const SYSTEM = "The dog bit the man.\nIt wasn't surprising.\nThe man had just bitten him.\n";

Deno.test("back-translation quality is printed as sacreBLEU prints its README's example", () => {
  const quality = backTranslationQuality(source(SYSTEM), REFERENCES.map((text) => source(text)));
  const [bleu, chrf, ter] = atLeast(formatQuality(quality), 3);
  strictEqual(
    bleu,
    "BLEU|nrefs:2|case:mixed|eff:no|tok:13a|smooth:exp|version:2.0.0 = 48.53 82.4/50.0/45.5/37.5 " +
      "(BP = 0.943 ratio = 0.944 hyp_len = 17 ref_len = 18)",
  );
  strictEqual(chrf, "chrF2|nrefs:2|case:mixed|eff:yes|nc:6|nw:0|space:no|version:2.0.0 = 59.73");
  match(ter, /^TER\|nrefs:2\|case:lc\|tok:tercom\|norm:no\|punct:yes\|asian:no\|version:2.0.0 = \d+\.\d\d$/);
});

Deno.test("what a file of texts holds is decided by the whole file, or as one says", () => {
  const braces = '{braces} start\n{"id":1}\nand [more]\n';
  strictEqual(backTranslationQuality(source(braces), [source(braces)]).chrf.score, 100);
  refuses(
    () => backTranslationQuality(source(braces, "back"), [source(braces)], "json"),
    /Cannot read "data\/file": line 1 is not JSON/,
  );
  const records = '{"id":"a","question":"x"}\n';
  strictEqual(backTranslationQuality(source(records), [source(records)], "text").segments, 1);
  const array = JSON.stringify([{ id: "a", question: "x" }], null, 1);
  strictEqual(backTranslationQuality(source(array), [source(records)]).segments, 1);
});

Deno.test("lines of text are sacreBLEU's: a line feed alone ends one, white space at its end is no part of it", () => {
  // sacrebleu 2.6.0 -m bleu chrf ter -w 4 on these two files.
  const [hypothesis, reference] = [
    "The dog\u2028bit the man . \t\u00A0\r\n\nThe man\u0085bit\fhim first .",
    "The dog bit the man .\nNothing .\u3000\nThe man bit him first .\n",
  ];
  const { segments, bleu, chrf, ter } = backTranslationQuality(source(hypothesis), [source(reference)]);
  strictEqual(segments, 3);
  const scores = [bleu, chrf, ter].map(({ score }) => score.toFixed(4));
  deepStrictEqual(scores, ["84.6482", "87.1665", "14.2857"]);
});

Deno.test("back-translations with ids are matched by id, and the mean is over files", () => {
  const back = '{"id":"b","question":"How much?"}\n{"id":"a","question":""}\n';
  const [same, worse] = atLeast(
    [english, back].map((text) => backTranslationQuality(source(text), [source(english)])),
    2,
  );
  deepStrictEqual([same.chrf.score, same.ter.score, same.segments], [100, 0, 2]);
  deepStrictEqual([worse.ter.edits, worse.ter.referenceLength], [2, 4]);
  const mean = meanQuality([same, worse]);
  deepStrictEqual([mean.TER, mean.chrF2], [25, (100 + worse.chrf.score) / 2]);
});

Deno.test("back-translations of other segments than the originals are refused", () => {
  const score = (text: string) => () => backTranslationQuality(source(text, "back"), [source(english, "en")]);
  refuses(
    score("How many?\nHow much?\n"),
    /Cannot compare "back" with "en": one has lines of text, the other JSON/,
  );
  refuses(score('{"id":"a","question":"x"}'), /1 segments against 2; the numbers must agree/);
  refuses(score('{"id":"a","question":"x"}\n{"id":"c","question":"x"}'), /the first lacks "b"/);
  refuses(score('{"id":"a","question":"x"}\n{"id":"a","question":"x"}'), /line 2 has the id "a" of line 1/);
  refuses(score('{"id":"a"}\n{"id":"b","question":"x"}'), /line 1 has no good "question"/);
  refuses(score('{"id":"a","question":"x"}\n{"id":"b","question":"x"}\n{"id'), /line 3 is not JSON/);
});
