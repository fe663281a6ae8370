/**
 * What code a step's key depends on: a key that holds more than its step needs makes trainings run again for nothing.
 * @module
 */
import { deepStrictEqual, ok } from "node:assert/strict";
import { openClosures } from "../../lib/lab/code/closure.ts";
import { filesBelow } from "../../lib/lab/code/closure.ts";

const METHOD = new URL("../../lib/method", import.meta.url);
/** What scores an answer, a search or a translation, and what reads a number in data; the other metrics are statistics. */
const SCORING = ["extract", "parts", "mistake", "retrieval", "chrf"].map((name) =>
  new URL(`../../lib/metric/${name}.ts`, import.meta.url).href
);

/** Steps that are there for a statistic, and make nothing else again. */
const STATISTIC_OF: Readonly<Record<string, readonly string[]>> = {
  "evaluate/agreement": ["lib/metric/consistency.ts"],
  "evaluate/score_translations": ["bleu", "ter", "ter_edits"].map((name) => `lib/metric/${name}.ts`),
};

/** The files that define a step, by their path in `lib/method` without ".ts", with the code that each depends on. */
function stepCode() {
  const folder = Deno.makeTempDirSync();
  try {
    const closures = openClosures(folder);
    const files = filesBelow(METHOD.pathname).filter((path) =>
      /StepDefinition<.*> = \{$/m.test(Deno.readTextFileSync(path))
    );
    const codeOf = (url: string) => Object.keys(closures.of(url).closure.code);
    const steps = new Map(files.map((path) => [
      path.slice(METHOD.pathname.length + 1, -".ts".length),
      codeOf(`file://${path}`),
    ]));
    return { steps, scoring: new Set(SCORING.flatMap(codeOf)) };
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
}

const { steps: code, scoring } = stepCode();

Deno.test("an edit of a statistic, of the store or of the report makes no step run again", () => {
  ok(code.has("train/fit") && code.size > 15, [...code.keys()].join(", "));
  for (const [step, files] of code) {
    ok(files.includes(`lib/method/${step}.ts`));
    const foreign = files.filter((file) =>
      /^lib\/(report|results|store|cli|lab\/(ingest|store))\//.test(file) ||
      (file.startsWith("lib/metric/") && !scoring.has(file) && !(STATISTIC_OF[step] ?? []).includes(file))
    );
    deepStrictEqual(foreign, [], step);
  }
});

Deno.test("a training depends on no source's code and no scoring, a source on no engine and no other source", () => {
  for (const step of ["train/fit", "train/fit_fused"]) {
    deepStrictEqual(
      code.get(step)!.filter((file) =>
        /source\/(code_switched|parallel|instructions|question_pairs|flavoured|items)|evaluate\//.test(file)
      ),
      [],
    );
  }
  const sources = ["code_switched", "parallel", "instructions", "question_pairs", "flavoured"];
  for (const name of sources) {
    const others = sources.filter((other) => other !== name).map((other) => `lib/method/source/${other}.ts`);
    const foreign = code.get(`source/${name}`)!.filter((file) =>
      others.includes(file) || /^lib\/(engine|model)\//.test(file) || file.includes("method/evaluate/")
    );
    deepStrictEqual(foreign, [], name);
  }
});

Deno.test("no step but the one that draws a flavour's rows depends on how flavours are written", () => {
  const knowing = [...code].filter(([, files]) => files.some((file) => file.includes("/mini/flavours/")));
  deepStrictEqual(knowing.map(([step]) => step), ["source/flavoured"]);
});

Deno.test("no other system's step depends on the second attention's code", () => {
  const its = (file: string) => /fusion|fused|all_layers|layalign/.test(file);
  const [own, others] = [["train/fit_fused", "evaluate/answer_fused"], [...code.keys()]];
  for (const step of own) ok(code.get(step)!.some(its), step);
  deepStrictEqual(others.filter((step) => !own.includes(step) && code.get(step)!.some(its)), []);
});
