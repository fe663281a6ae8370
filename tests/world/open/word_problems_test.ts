/** ASDiv and MAWPS: the published formats read whole, damage named, operations counted. */
import { deepStrictEqual, strictEqual } from "node:assert/strict";
import { atLeast } from "../../../lib/checked.ts";
import { loadAsdiv, loadMawps, parseAsdiv, parseMawps } from "../../../lib/world/open/mod.ts";
import { countOperations } from "../../../lib/world/open/operations.ts";
import { refuses, source } from "./_data.ts";
import { asdivFile, mawpsFile, problemSet } from "./_word_problems.ts";

const partial = { partial: true };

Deno.test("parseAsdiv() reads every field, entities, sub-operations by both names, and extra attributes", () => {
  const text = asdivFile([
    {
      type:
        '<Solution-Type Subgoal-1="Sum" Subgoal-2="Addition" UnitTrans="Money">Subtraction</Solution-Type>',
    },
    {
      id: "b",
      type: '<Solution-Type Subtype-1="GCD">Addition</Solution-Type>',
      formula: "5 &gt; 3",
      body: "",
    },
    { id: 'c" Class="without unit', answer: "18; 12", question: " <![CDATA[A & B?]]>\n\tHow much? " },
  ]);
  const [a, b, c] = atLeast(parseAsdiv(source(text), partial), 3);
  deepStrictEqual(a, {
    id: "test-1",
    grade: 2,
    source: "http://www.example.org/&",
    body: "Ada has 3 pens. She finds 4 more.",
    question: "How many pens?",
    solution_type: "Subtraction",
    subtypes: ["Sum", "Addition"],
    answer: "7 (pens)",
    formula: "3+4=7",
  });
  deepStrictEqual([b.subtypes, b.formula, b.body], [["GCD"], "5 > 3", ""]);
  deepStrictEqual([c.id, c.answer, c.question], ["c", "18; 12", "A & B? How much?"]);
});

Deno.test("parseAsdiv() reads the same with a byte-order mark, CRLF, or the problem set alone", () => {
  const text = asdivFile([{}, { grade: "6" }]);
  const plain = parseAsdiv(source(text), partial);
  strictEqual(plain.length, 2);
  for (
    const other of [
      `\ufeff${text}`,
      text.replaceAll("\n", "\r\n"),
      problemSet([{}, { grade: "6" }]).join("\n"),
    ]
  ) {
    deepStrictEqual(parseAsdiv(source(other), partial), plain);
  }
});

Deno.test("parseAsdiv() names the line and the problem that is damaged", () => {
  const file = "data/asdiv/ASDiv.xml";
  const read = (text: string, options = partial) => () => parseAsdiv(source(text, file), options);
  const good = asdivFile([{}, {}]);
  const cases: [() => unknown, RegExp][] = [
    [read(good, { partial: false }), /ASDiv.xml": it has 2 rows, the published file 2305/],
    [read(good.slice(0, good.indexOf("</Machine"))), /line 21 is not XML \(unclosed tag: .*\); get it again/],
    [
      read(good.replace("</Body>", "")),
      /line 7 has <Question> inside <Body> in problem "test-1"/,
    ],
    [read(good.replace("pens?</Question>", "pens & ink?</Question>")), /line 7 is not XML/],
    [read(good.replace(/<Answer>.*\n/, "\n")), /line 5 has no <Answer> in problem "test-1"/],
    [read(good.replace("7 (pens)", " ")), /line 5 has nothing in <Answer> in problem "test-1"/],
    [
      read(good.replace("<Formula>3+4=7</Formula>", "<Answer>7</Answer>")),
      /line 10 has a second <Answer> in/,
    ],
    [read(good.replaceAll("Formula>", "Formel>")), /line 10 has <Formel> in problem "test-1"/],
    [
      read(good.replace('Grade="2"', 'Grade="two"')),
      /line 5 has the grade "two", expected 1 to 6 in problem/,
    ],
    [read(good.replace(' Grade="2"', "")), /line 5 has no Grade in problem "test-1"/],
    [read(good.replace('ID="test-1" ', "")), /line 5 has no ID$/],
    [read(good.replace("test-2", "test-1")), /line 12 has the id "test-1" of line 5/],
    [read(good.replace("</Problem>", "</Problem> Ada")), /line 12 has "Ada" outside of all fields/],
    [read(good.replaceAll("ProblemSet", "Problems")), /line 4 has <Problems>, expected <ProblemSet>/],
    [read("<html><body>404</body></html>"), /line 1 has <html>, expected <ProblemSet>/],
    [read('<!DOCTYPE a [<!ENTITY x "y">]>' + problemSet([{ body: "&x;" }]).join("\n")), /undefined entity/],
    [read(""), /the file is empty/],
    [read("Not found"), /line 1 is not XML \(text data outside/],
    [
      () => parseAsdiv(source(new Uint8Array([0x3c, 0x61, 0x3e, 0xe9, 0x3c]), file), partial),
      /line 1 is not UTF-8/,
    ],
  ];
  for (const [run, message] of cases) refuses(run, message);
});

Deno.test("parseMawps() reads numbers and numbers as strings, and leaves other fields alone", () => {
  const problems = parseMawps(
    source(mawpsFile([
      {},
      { equations: ["X = 70 - 27 "], solutions: ["43"], question: "How many seeds ?" },
      { equations: ["x+y=10", "x-y=2"], solutions: [6.0, 4.0] },
      { equations: ["0.5+x=1.16"], solutions: [0.6666666666666666] },
    ])),
    "AddSub",
    partial,
  );
  deepStrictEqual(problems[0], {
    id: "AddSub-0",
    question: "Ada had 9 pens. She lost 2 and 3. How many are left?",
    equations: ["X=((9.0-2.0)-3.0)"],
    solutions: ["4"],
  });
  deepStrictEqual(problems[1]!.equations, ["X = 70 - 27"]);
  deepStrictEqual(problems.map(({ solutions }) => solutions), [["4"], ["43"], ["6", "4"], [
    "0.6666666666666666",
  ]]);
});

Deno.test("parseMawps() names the record that is damaged", () => {
  const read = (text: string, part = "SingleOp") => () => parseMawps(source(text), part);
  const good = mawpsFile([{}, {}]);
  const cases: [() => unknown, RegExp][] = [
    [read(good, "MultiArith"), /it has 2 rows, the published file 600/],
    [read(good.replace('"iIndex": 1', '"iIndex": 0')), /record 2 \(iIndex 0\) has the iIndex of record 1/],
    [read(good.replace(/"lSolutions": \[[^\]]*\]/, '"lSolutions": []')), /record 1 has no good "lSolutions"/],
    [
      read(good.replace(/"lSolutions": \[[^\]]*\]/, '"lSolutions": ["four"]')),
      /\(iIndex 0\) has "four" where a/,
    ],
    [read(good.replace(/"lSolutions": \[[^\]]*\]/, '"lSolutions": [1e99]')), /has "1e\+99" where a solution/],
    [read(good.replace("sQuestion", "question")), /record 1 has no good "sQuestion"/],
    [read(good.replace('"iIndex": 1', '"iIndex": "b"')), /record 2 has no good "iIndex"/],
    [read(good.slice(0, -9)), /it is not JSON/],
  ];
  for (const [run, message] of cases) refuses(run, message);
});

Deno.test("ASDiv and MAWPS that are not there are said to be non-commercial and where they are", () => {
  const folder = Deno.makeTempDirSync();
  refuses(
    () => loadAsdiv(folder),
    /get ASDiv 1.0 .* from chaochun\/nlu-asdiv-dataset.*CC-BY-NC-4.0; non-comm/,
  );
  refuses(
    () => loadMawps(folder, "AddSub"),
    /mawps\/AddSub.json": get MAWPS .*lang.ee.washington.edu\/MAWPS/,
  );
  refuses(() => loadMawps(folder, "addsub"), /"addsub"; did you mean "AddSub"/);
  Deno.removeSync(folder);
});

Deno.test("countOperations() counts signs, products without a sign and functions, and no units or words", () => {
  const cases: [string, number][] = [
    ["", 0],
    ["3, 6, 9, 12", 0],
    ["7+2=9", 1],
    ["5-3=2", 1],
    ["-5+3=-2", 1],
    ["X = 70 - 27", 1],
    ["(35+21)-34=22", 2],
    ["X=((32.0+42.0)-35.0)", 2],
    ["2+(5*x)=27", 2],
    ["(x/2)+8=12", 2],
    ["45/18=2 r9", 1],
    ["2x+5=11", 2],
    ["2(3+4)=14", 2],
    ["GCD(20,16)=4", 1],
    ["LCM[5,11]=55; 55/5=11", 2],
    ["1 (quarter)*25 (cent/quarter) = 25 (cent)", 1],
    ["1.2 (dollar) * 100 (cent/dollar)/25 (cent/quarter)=4 r20", 2],
    ["4 (half-dollar)*50 (cent/half-dollar)=200 (cent)", 1],
    ["x:The first-born; y:The second; y=3x-32; 180-(x-y)=28", 4],
    ["2*2 cents(Ada - first) > 3*1 (cent)", 2],
  ];
  for (const [formula, operations] of cases) strictEqual(countOperations(formula), operations, formula);
});
