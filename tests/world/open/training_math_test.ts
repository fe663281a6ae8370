/** Training sets of scale `full`, on files written here in their published layouts. */
import { deepStrictEqual, strictEqual, throws } from "node:assert/strict";
import { shortEnough } from "../../../lib/method/source/lengths.ts";
import { openData } from "../../../lib/world/open/world.ts";
import {
  parseMetaMathQa,
  parseMgsm8kInstruct,
  parseOpenMathInstruct2,
} from "../../../lib/world/open/training_math.ts";
import { withFolder } from "../../model/_models.ts";
import { refuses, source } from "./_data.ts";

const partial = { partial: true };
const META = [
  { type: "GSM_Rephrased", query: "How many are 2 and 3?", response: "2 + 3 = 5.\n#### 5\nThe answer is: 5" },
  {
    type: "MATH_AnsAug",
    query: "Half of 1?",
    response: "It is $\\frac{1}{2}$. The answer is: $\\frac{1}{2}$",
  },
];
const prompt = (language: string, question: string) =>
  "Below is an instruction that describes a task. Write a response that appropriately completes the request in " +
  `${language}. Please answer in ${language}.\n\n### Instruction:\n${question}\n\n### Response:`;

Deno.test("MetaMathQA is read as an array or by lines; solutions stay as they are, and an answer need not be a number", () => {
  const rows = parseMetaMathQa(source(JSON.stringify(META)), partial);
  deepStrictEqual(
    parseMetaMathQa(source(META.map((row) => JSON.stringify(row) + "\n").join("")), partial),
    rows,
  );
  deepStrictEqual(rows.map(({ answer }) => answer), ["5", "$\\frac{1}{2}$"]);
  strictEqual(rows[0]!.solution, META[0]!.response);
  strictEqual(rows[0]!.kind, "GSM_Rephrased");
  refuses(() => parseMetaMathQa(source(JSON.stringify(META))), /it has 2 rows, the published file 395000/);
  refuses(() => parseMetaMathQa(source('[{"query":"a"}]'), partial), /record 1 has no good "response"/);
});

Deno.test("OpenMathInstruct-2 is read by lines; a line that is cut off is named", () => {
  const row = JSON.stringify({ problem: "1 + 1?", generated_solution: "\\boxed{2}", expected_answer: "2" });
  deepStrictEqual(
    parseOpenMathInstruct2(source(`${row}\n${row}\n`), partial).map(({ id, answer }) => [id, answer]),
    [
      ["openmathinstruct2/1", "2"],
      ["openmathinstruct2/2", "2"],
    ],
  );
  refuses(() => parseOpenMathInstruct2(source(`${row}\n${row.slice(0, 30)}`), partial), /line 2 is not JSON/);
});

Deno.test("MGSM8KInstruct's language and question are taken from its prompt", () => {
  const rows = [
    { prompt: prompt("Thai", "ส้มกี่ผล?"), chosen: "2 + 3 = 5\n#### 5" },
    { prompt: prompt("English", "How many in Rome?"), chosen: "5\n#### 5" },
    { prompt: prompt("Thai", "กี่คน?"), chosen: "7\n#### 7" },
  ];
  const text = (of: readonly object[]) => of.map((row) => JSON.stringify(row) + "\n").join("");
  const found = parseMgsm8kInstruct(source(text(rows)), partial);
  deepStrictEqual(
    [...found].map(([lang, of]) => [lang, of.map(({ question, answer }) => [question, answer])]),
    [
      ["th", [["ส้มกี่ผล?", "5"], ["กี่คน?", "7"]]],
      ["en", [["How many in Rome?", "5"]]],
    ],
  );
  refuses(
    () => parseMgsm8kInstruct(source(text([{ prompt: prompt("Telugu", "a"), chosen: "b" }])), partial),
    /line 1 names no language of the set in its prompt, but "Telugu"/,
  );
});

Deno.test("the open world learns from them: all of it in a round, as published, and no development part", () =>
  withFolder((data) => {
    Deno.mkdirSync(`${data}/metamathqa`);
    Deno.writeTextFileSync(`${data}/metamathqa/MetaMathQA-395K.json`, JSON.stringify(META));
    const world = openData(data, ["metamathqa"]);
    const items = world.instructions("math", "en", { seed: 1, count: 4, data: "metamathqa" });
    deepStrictEqual(
      new Set(items.slice(0, 2).map(({ question }) => question)),
      new Set(META.map(({ query }) => query)),
    );
    strictEqual(items.find(({ gold }) => gold === "5")?.solution, META[0]!.response);
    deepStrictEqual(world.instructionLanguages("math", "metamathqa"), ["en"]);
    throws(
      () => world.instructions("math", "bn", { seed: 1, count: 1, data: "metamathqa" }),
      /in "bn": the real sets have them in English only/,
    );
    throws(
      () => world.instructions("math", "en", { seed: 1, count: 1, data: "metamathqa", split: "dev" }),
      /development split of "metamathqa": it has none/,
    );
  }));

Deno.test("more is drawn at once than a call can take arguments", () =>
  withFolder((data) => {
    Deno.mkdirSync(`${data}/metamathqa`);
    Deno.writeTextFileSync(
      `${data}/metamathqa/MetaMathQA-395K.json`,
      JSON.stringify(Array.from({ length: 200_000 }, (_, i) => ({ query: `${i}?`, response: `${i}` }))),
    );
    const world = openData(data, ["metamathqa"]);
    const items = world.instructions("math", "en", { seed: 1, count: 350_000, from: 7, data: "metamathqa" });
    strictEqual(items.length, 350_000);
    strictEqual(new Set(items.map(({ id }) => id)).size, 200_000);
    const limits = { examples: 300_000, max_chars: 20 };
    const pairs = items.map(({ question, solution }) => ({ source: question, target: solution }));
    strictEqual(shortEnough(limits, (from, count) => pairs.slice(from, from + count)).length, 300_000);
  }));
