/**
 * Step: how good English translations of a benchmark's questions are, by comparing them with the English questions, as the
 * paper's Appendix B.2 does for MMWP (Table 6): BLEU, chrF and TER of each language, as sacreBLEU computes them. The texts
 * are its answers: right where they have the numbers of the problem, no more and no fewer.
 * @module
 */
import { atLeast } from "../../checked.ts";
import type { Artifact, StepContext, StepDefinition } from "../../lab/experiment/types.ts";
import { corpusBleu } from "../../metric/bleu.ts";
import { corpusChrf } from "../../metric/chrf.ts";
import { numbersIn } from "../../metric/number.ts";
import { corpusTer } from "../../metric/ter.ts";
import type { AskedSplit, BenchmarkId } from "../../world/world.ts";
import { questionText } from "../source/items.ts";
import { openWorld, type WorldInput } from "../source/worlds.ts";
import { translatedQuestions } from "./translations.ts";

/**
 * What needs no translator: the question as it stands, or the English of another problem, half a benchmark further on (the
 * mini world's neighbours are pairs that differ in a word). What these get is no sign of translating.
 */
export const UNTRANSLATED = ["itself", "another"] as const;

interface Input extends WorldInput {
  /** The benchmark whose questions they are. */
  readonly of: BenchmarkId;
  /** The name under which the texts are kept. */
  readonly benchmark: string;
  readonly languages: readonly string[];
  readonly items: number;
  readonly split: AskedSplit;
  /** What `translate_questions` or `translate_by_command` wrote, or what stands in its place. */
  readonly translations: Artifact | typeof UNTRANSLATED[number];
}

export const scoreTranslationsStep: StepDefinition<Input, null> = {
  id: "score_translations",
  version: 1,
  module: import.meta.url,
  runtime: [],
  run({ of, benchmark, languages, items, split, translations, ...inputs }: Input, context: StepContext) {
    const world = openWorld(inputs);
    const english = world.benchmark(of, "en", { items, split }).map((item) => ({
      id: item.id,
      text: questionText(item),
    }));
    const half = Math.max(1, Math.floor(english.length / 2));
    const places = new Map(english.map(({ id }, at) => [id, at]));
    const written = typeof translations === "string" ? undefined : translatedQuestions(translations);
    for (const [done, lang] of languages.entries()) {
      context.progress(done, languages.length, lang);
      const rows = world.benchmark(of, lang, { items, split }).flatMap((item) => {
        const at = places.get(item.id);
        if (at === undefined) return [];
        const output = written?.(lang, item) ??
          (translations === "itself" ? questionText(item) : english[(at + half) % english.length]!.text);
        return [{ item: item.id, prompt: questionText(item), output, gold: english[at]!.text }];
      });
      context.answers(rows.map(({ output, gold, ...row }) => {
        const [extracted, wanted] = atLeast([output, gold].map(numbers), 2);
        const isNone = extracted === "";
        return {
          ...{ benchmark, lang, ...row, output, gold, extracted: isNone ? null : extracted },
          correct: extracted === wanted,
        };
      }));
      const texts = rows.map(({ output }) => output);
      const references = [rows.map(({ gold }) => gold)];
      const scores = [
        ["BLEU", corpusBleu(texts, references)],
        ["chrF", corpusChrf(texts, references)],
        ["TER", corpusTer(texts, references)],
      ] as const;
      context.scores(scores.map(([metric, { score, signature }]) => ({
        ...{ benchmark, scope: lang, metric, value: score, estimator: `${metric}|${signature}` },
      })));
    }
    context.progress(languages.length, languages.length);
    return null;
  },
};

/** The numbers of a text in an order that does not depend on the language. */
function numbers(text: string): string {
  return numbersIn(text).map((number) => number ?? "?").sort().join(" ");
}
