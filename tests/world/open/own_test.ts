/** A user's own problems and dictionary in the open world. */
import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { dirname } from "node:path";
import { benchmarksOf } from "../../../lib/method/evaluate/benchmarks.ts";
import { openWorld, systemData, worldFiles, worldInput } from "../../../lib/method/source/worlds.ts";
import { DATA_SETS, dataSet } from "../../../lib/world/open/catalog.ts";
import { checkDataSet } from "../../../lib/world/open/check.ts";
import { openData } from "../../../lib/world/open/world.ts";
import { parseOwnDictionary, parseOwnProblems } from "../../../lib/world/open/own.ts";
import type { MathItem } from "../../../lib/world/world.ts";
import { bench, declared } from "../../method/_tiny.ts";
import { withFolder } from "../../model/_models.ts";
import { refuses, source } from "./_data.ts";

const PROBLEMS = [
  {
    id: "a",
    language: "en",
    question: "Ann has 2 pens and buys 3. How many?",
    answer: "5",
    solution: "2 + 3 = 5.",
  },
  { id: "b", language: "en", question: "Of 9 pens 4 are red. How many are not?", answer: "5" },
  { id: "a", language: "qu", question: "Annaqa 2 lapizniyuq, 3 rantin. Hayk'a?", answer: "5" },
  { id: "a", language: "sw", question: "Ann ana kalamu 2, ananunua 3. Ngapi?", answer: "5" },
];
const LINES = PROBLEMS.map((one) => JSON.stringify(one)).join("\n");

function writeOwn(folder: string): void {
  Deno.mkdirSync(`${folder}/own`);
  Deno.writeTextFileSync(`${folder}/own/problems.jsonl`, `${LINES}\n`);
  Deno.writeTextFileSync(`${folder}/own/dictionary.tsv`, "qu\tpen\tlapiz\nqu\tfour\ttawa\nqu\tsun\tinti\n");
}

Deno.test("own problems are a benchmark in their languages, and own words a dictionary", async () => {
  await withFolder((folder) => {
    writeOwn(folder);
    const world = openData(folder);
    deepStrictEqual(world.languages().map(({ code, name }) => [code, name]), [
      ["en", "English"],
      ["qu", "Quechua"],
      ["sw", "Swahili"],
    ]);
    const [benchmark] = benchmarksOf(world).filter(({ id }) => id === "own");
    deepStrictEqual(benchmark!.groups, { "no dictionary": ["sw"], English: ["en"], dictionary: ["qu"] });
    const [first, second] = world.benchmark("own", "en") as MathItem[];
    deepStrictEqual([first!.id, first!.gold, first!.solution], [
      "own/a",
      "5",
      "2 + 3 = 5.\nThe answer is 5.",
    ]);
    strictEqual(second!.solution, "The answer is 5.");
    strictEqual((world.benchmark("own", "qu")[0] as MathItem).question, PROBLEMS[2]!.question);
    strictEqual(world.lexicon("qu").entries.get("sun")![0]!.text, "inti");
    refuses(() => world.benchmark("own", "de"), /no problem in "de"/);
    refuses(() => world.benchmark("own", "en", { split: "dev" }), /"own": it has none/);

    // What a run declares is what its steps read.
    const context = bench({
      world: "open",
      data: folder,
      ...declared(
        worldFiles({ world: "open", data: folder }, systemData({ task: "math", task_data: "world" })),
      ),
    });
    const words = openWorld(worldInput(context, ["own/dictionary"]));
    deepStrictEqual(words.dictionaries(), ["qu"]);
    deepStrictEqual(openWorld(worldInput(context, ["own"])).benchmark("own", "sw").length, 1);
  });
});

Deno.test("a line of an own file that cannot be meant is refused with its number", () => {
  const problems = (...lines: readonly object[]) => () =>
    parseOwnProblems(source(lines.map((line) => JSON.stringify(line)).join("\n"), "own/problems.jsonl"));
  const [a, b] = [PROBLEMS[0]!, PROBLEMS[2]!];
  refuses(problems(a, { ...a, question: "Again 5?" }), /line 2 has the id "a" of line 1 in "en" again/);
  refuses(
    problems(a, { ...b, answer: "6" }),
    /line 2 has the answer "6", problem "a" has "5" in another language/,
  );
  refuses(problems({ ...a, answer: "five" }), /line 1 has "five" where the answer should be a number/);
  refuses(problems({ ...a, language: "English" }), /line 1 has no good "language": It is no language code/);
  refuses(problems({ id: "a", language: "en", question: "?" }), /line 1 has no good "answer"/);
  refuses(() => parseOwnProblems(source("")), /empty/);
  const words = (text: string) => () => parseOwnDictionary(source(text, "own/dictionary.tsv"));
  refuses(words("qu\tpen\n"), /line 1 is "qu\\tpen", expected language, English word and translation/);
  refuses(words("qu\tpen\t \n"), /line 1/);
  refuses(words("qu pen lapiz\n"), /with tabs between/);
});

Deno.test("every data set can be counted, so that --check says of each what is here, or what is wrong with it", async () => {
  await withFolder((folder) => {
    writeOwn(folder);
    const own = [{ part: "problems", rows: PROBLEMS.length }, { part: "dictionary", rows: 3 }];
    deepStrictEqual(checkDataSet(folder, dataSet("own")), own);
    for (const set of DATA_SETS.filter(({ id }) => id !== "own")) {
      for (const [place] of Object.values(set.parts).flat()) {
        Deno.mkdirSync(dirname(`${folder}/${set.id}/${place}`), { recursive: true });
        Deno.writeTextFileSync(`${folder}/${set.id}/${place}`, "");
      }
      const checked = checkDataSet(folder, set);
      ok(checked.length > 0 && checked.every((one) => "problem" in one), set.id);
    }
  });
});
