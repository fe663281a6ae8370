/** Lexicon induction on real data: Bibles cut short, and fastText's vectors of concepts. */
import { ok, rejects, strictEqual } from "node:assert/strict";
import { applyPatch } from "../../lib/lab/plan/patch.ts";
import type { Answer, Patch } from "../../lib/lab/experiment/types.ts";
import {
  lexiconInduction,
  type LexiconRecipe,
  lexiconRecipe,
} from "../../lib/method/probes/lexicon_induction.ts";
import { dataTest } from "../world/open/_data.ts";
import { bench, declared } from "./_tiny.ts";

/** The answers of the induction on real data by language. */
async function answersOf(data: string, patch: Patch<LexiconRecipe>): Promise<Map<string, Answer[]>> {
  const recipe = applyPatch(lexiconRecipe, patch) as LexiconRecipe;
  const environment = { world: "open", data };
  const context = bench({
    ...environment,
    benchmarks: await lexiconInduction.benchmarks(recipe, environment),
    ...declared(await lexiconInduction.inputs!(recipe, environment)),
  });
  await lexiconInduction.run(recipe, context);
  return Map.groupBy(context.answers, ({ lang }) => lang);
}

dataTest(
  "lexicon_induction translates most concepts into Spanish from half of them, and asks only what vectors have",
  async (data) => {
    const found = await answersOf(data, { languages: ["es"], start: "supervised", refinement: null });
    const answers = found.get("es")!;
    strictEqual(answers[0]!.benchmark, "lexicon_concepts");
    ok(answers.length > 350 && answers.every(({ extracted }) => extracted !== null));
    const share = answers.filter(({ correct }) => correct).length / answers.length;
    // numpy: 312 of 411 in another random half (concepts_golden.json).
    ok(Math.abs(share - 0.76) < 0.07, `${share}`);
  },
);

dataTest(
  "lexicon_induction makes vectors of Bibles, asks words that both have, and starts from words written alike",
  async (data) => {
    const vectors = { texts: 1500, window: 5, min_count: 2, dim: 12 };
    const found = await answersOf(data, { languages: ["sw"], start: "identical", refinement: null, vectors });
    const answers = found.get("sw")!;
    strictEqual(answers[0]!.benchmark, "lexicon");
    ok(answers.length > 5 && answers.every(({ extracted }) => extracted !== null));
  },
);

dataTest("lexicon_induction refuses a language of which the real data have nothing", async (data) => {
  await rejects(answersOf(data, { languages: ["is"] }), /neither a Bible nor concept vectors of it/);
});
