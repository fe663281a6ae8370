/** Readers of real data sets: what is read, and what is refused. */
import { atLeast } from "../../../lib/checked.ts";
import { deepStrictEqual, strictEqual } from "node:assert/strict";
import {
  alignBibles,
  loadMgsm,
  loadMuse,
  loadXcsqa,
  parseBible,
  parseBitext,
  parseChoices,
  parseGsm8k,
  parseMgsm,
  parseMsvamp,
  parseMuse,
  parseXnli,
} from "../../../lib/world/open/mod.ts";
import { refuses, source } from "./_data.ts";

const partial = { partial: true };

Deno.test("a byte-order mark and CRLF make no difference", () => {
  const plain = parseMgsm(source("How many?\t3\nHow much?\t1,234.50\n"), "en", partial);
  deepStrictEqual(parseMgsm(source("\ufeffHow many?\t3\r\nHow much?\t1,234.50\r\n"), "en", partial), plain);
  deepStrictEqual(plain.map(({ answer }) => answer), ["3", "1234.5"]);
});

Deno.test("answers in native digits are the same numbers", () => {
  const answers = parseMgsm(source("প্রশ্ন\t১,২৩৪\nप्रश्न\t४२\nسؤال\t-٧\n"), "bn", partial).map(({ answer }) =>
    answer
  );
  deepStrictEqual(answers, ["1234", "42", "-7"]);
});

Deno.test("JSON lines and a JSON array are both read, and fields that a file lacks are left out", () => {
  const records = [
    { query: "a", equation: "- x y", response: "8.0", m_query: "eins" },
    { m_query: "zwei", response: 2 },
  ];
  const lines = parseMsvamp(source(records.map((each) => JSON.stringify(each)).join("\n")), "de", partial);
  deepStrictEqual(parseMsvamp(source(JSON.stringify(records, null, 2)), "de", partial), lines);
  deepStrictEqual(lines[1], {
    id: "msvamp/2",
    language: "de",
    question: "zwei",
    answer: "2",
    answer_text: "2",
  });
});

Deno.test("a damaged row is refused with file and line", () => {
  const file = "data/file";
  const cases: [() => unknown, RegExp][] = [
    [
      () => parseMgsm(source("a\t1\n3\tb\n", file), "en", partial),
      /"data\/file": line 2 has "b" where the answer/,
    ],
    [
      () => parseMgsm(source("a\t1\nb\n", file), "en", partial),
      /line 2 has 1 tab-separated fields, expected 2/,
    ],
    [() => parseMgsm(source("a\t1\n \t2\n", file), "en", partial), /line 2 has nothing in field 1 of 2/],
    [() => parseMgsm(source("a\t1\n\nb\t2\n", file), "en", partial), /line 2 has 1 tab-separated/],
    [
      () => parseMgsm(source("a\t1\nb\t2", file), "en", partial),
      /line 2 has no line break at its end: .*cut off/,
    ],
    [() => parseMgsm(source("a\t1\nb\t12,5\n", file), "en", partial), /line 2 has "12,5" where/],
    [() => parseMgsm(source("a\t1\n", file), "en"), /it has 1 rows, the published file 250/],
    [() => parseMgsm(source("", file), "en", partial), /the file is empty/],
    [
      () => parseMgsm(source(new Uint8Array([97, 9, 49, 10, 98, 0xff, 9, 50, 10])), "en", partial),
      /line 2 is not UTF-8/,
    ],
    [() => parseMgsm(source(new Uint8Array([0xff, 0xfe, 97, 0])), "en", partial), /it is UTF-16/],
    [() => parseMgsm(source("a\t1\nb\0\t2\n"), "en", partial), /line 2 has a NUL byte/],
    [
      () => parseMsvamp(source('{"m_query":"a","response":"1"}\n{"m_query":"b"'), "en", partial),
      /line 2 is not JSON/,
    ],
    [() => parseMsvamp(source('{"m_query":"a"}\n'), "en", partial), /line 1 has no good "response"/],
    [
      () => parseMsvamp(source('{"m_query":" ","response":"1"}\n'), "en", partial),
      /line 1 has no good "m_query": It is blank/,
    ],
    [
      () => parseMsvamp(source('[{"m_query":"a","response":null}]'), "en", partial),
      /record 1 has no good "response"/,
    ],
    [() => parseMsvamp(source("[]"), "en", partial), /it has no records/],
    [() => parseMsvamp(source('"text"\n'), "en", partial), /line 1 is not a record/],
    [
      () => parseGsm8k(source('{"question":"a","answer":"b"}\n'), "test", partial),
      /line 1 has 0 "####" in "answer"/,
    ],
    [
      () => parseGsm8k(source('{"question":"a","answer":"b #### x"}\n'), "test", partial),
      /has " x" where the answer/,
    ],
    [
      () => parseXnli(source("a\tb\tneutral\na\tneutral\tb\n"), "en", "test", partial),
      /line 2 has "b" where the label/,
    ],
    [
      () => parseMuse(source("die @ the\nder the\n", "en-de.dict"), "en", "de"),
      /line 2 is "der the", expected "target @ source"/,
    ],
    [
      () => parseMuse(source("the die\nthe der das\n", "en-de.txt"), "en", "de"),
      /line 2 is "the der das", expected a word/,
    ],
    [() => parseBitext(source("a\n\nb\n"), source("x\ny\nz\n"), "de", "t"), /line 2 is empty/],
    [
      () => parseBitext(source("a\n"), source("x\ny\n"), "de", "t"),
      /\(2 lines\) with .*\(1 lines\): the numbers must agree/,
    ],
  ];
  for (const [run, message] of cases) refuses(run, message);
});

Deno.test("parseXnli() reads XNLI-1.0's file of all languages by its header, quotation marks and all", () => {
  const header =
    "language\tgold_label\tsentence1_binary_parse\tsentence2_binary_parse\tsentence1\tsentence2\tpairID";
  const text = [
    header,
    'de\tneutral\t\t\tEr sagte: "Ja\tNein\t1',
    "en\tentailment\t\t\tYes\tNo\t1",
    "de\tcontradictory\t\t\tA\tB\t2",
    "",
  ].join("\n");
  deepStrictEqual(
    parseXnli(source(text), "de", "test", partial).map(({ id, premise, label }) => [id, premise, label]),
    [["xnli-test/1", 'Er sagte: "Ja', "neutral"], ["xnli-test/2", "A", "contradiction"]],
  );
  refuses(
    () => parseXnli(source(text.replace("pairID", "x").replace("sentence2\t", "s\t")), "de"),
    /no column "sentence2"/,
  );
  refuses(() => parseXnli(source(text.replace("en\t", "xx\t")), "de"), /line 3 has "xx" where the language/);
});

Deno.test("parseChoices() reads X-CSQA, whose test split hides the answers", () => {
  const record = (fields: object = {}) =>
    JSON.stringify({
      id: "1",
      lang: "de",
      question: { stem: "Wo?", choices: "ABCDE".split("").map((label) => ({ label, text: `Ort ${label}` })) },
      answerKey: "C",
      ...fields,
    });
  const [item] = atLeast(parseChoices(source(record()), "de", { answered: true }), 1);
  deepStrictEqual([item.question, item.answer, item.choices[2]!.text], ["Wo?", "C", "Ort C"]);
  strictEqual(
    parseChoices(source(record({ answerKey: undefined })), "de", { answered: false })[0]!.answer,
    undefined,
  );
  strictEqual(
    parseChoices(source(record({ answerKey: "" })), "de", { answered: false })[0]!.answer,
    undefined,
  );
  refuses(
    () => parseChoices(source(record({ answerKey: undefined })), "de", { answered: true }),
    /has the answer ""/,
  );
  refuses(
    () => parseChoices(source(record({ answerKey: "F" })), "de", { answered: true }),
    /expected one of A, B, C, D, E/,
  );
  refuses(
    () => parseChoices(source(`${record()}\n${record()}`), "de", { answered: true }),
    /line 2 has the id "1" of line 1/,
  );
  refuses(
    () => parseChoices(source(record()), "en", { answered: true }),
    /is in language "de", expected "en"/,
  );
});

Deno.test("parseMuse() reads the published files, with tabs or spaces, and the re-ordered ones alike", () => {
  const published = parseMuse(source("the die\nthe\tder\ncat Katze\n", "en-de.txt"), "en", "de");
  const reordered = parseMuse(source("die @ the\nder @ the\nKatze @ cat\n", "en-de.dict"), "en", "de");
  deepStrictEqual(published, reordered);
});

Deno.test("parseMuse() cuts lines as MUSE's own reader does, and counts those that are no pair", () => {
  const written = "\uFEFFthe der \r\n\n  the\t\u00A0die\nalone\ncat\u3000 Katze\n \t\n";
  const { pairs, skipped } = parseMuse(source(written, "en-de.txt"), "en", "de");
  deepStrictEqual([pairs, skipped], [[["the", "der"], ["the", "die"], ["cat", "Katze"]], 3]);
  deepStrictEqual(
    parseMuse(source("der @  the \n\ndie\t@\tthe\n", "en-de.dict"), "en", "de").pairs,
    [["the", "der"], ["the", "die"]],
  );
  refuses(() => parseMuse(source("\nalone\n", "en-de.txt"), "en", "de"), /it has no pair of words/);
});

Deno.test("alignBibles() joins verses that either Bible merges, and leaves out what either lacks", () => {
  const references = source("GEN 1:1\nGEN 1:2\nGEN 1:3\nGEN 1:4\nGEN 1:5\n", "vref.txt");
  const bible = (text: string) => parseBible(references, source(text), "xx", 5);
  const pairs = alignBibles(bible("a\nb\nc\nd\ne\n"), bible("A\n<range>\nC\n\nE\n")).pairs;
  deepStrictEqual(pairs.map(({ id, english, foreign }) => [id, english, foreign]), [
    ["bible/GEN 1:1-1:2", "a b", "A"],
    ["bible/GEN 1:3", "c", "C"],
    ["bible/GEN 1:5", "e", "E"],
  ]);
  const crossed = alignBibles(bible("a\n<range>\nc\nd\ne\n"), bible("A\nB\n<range>\nD\nE\n")).pairs;
  deepStrictEqual(crossed[0], { id: "bible/GEN 1:1-1:3", english: "a c", foreign: "A B" });
  refuses(() => bible("\n<range>\nc\nd\ne\n"), /line 2 is <range> with no verse above it/);
  refuses(() => bible("a\nb\n"), /it has 2 lines, "vref.txt" 5/);
});

Deno.test("a missing file says where to get the set and its licence, a wrong language what there is", () => {
  const folder = Deno.makeTempDirSync();
  refuses(
    () => loadMgsm(folder, "ja"),
    /mgsm_ja.tsv": get MGSM .* from google-research\/url-nlp on GitHub.*licence CC-BY-4.0/,
  );
  refuses(() => loadMuse(folder, "en", "de"), /licence CC-BY-NC-4.0; non-commercial/);
  refuses(() => loadXcsqa("no/such", "de"), /there is no folder "no\/such"; name yours with --data DIR/);
  refuses(() => loadMgsm(folder, "jp"), /MGSM has no language "jp"; did you mean "ja"\?/);
  refuses(() => loadMuse(folder, "../en", "de"), /expected codes such as "en", "de"/);
  Deno.removeSync(folder);
});
