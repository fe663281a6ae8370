/**
 * Step: a benchmark's questions in English, written by a translator, for a system that reads English alone (Translate-En).
 * English questions are left as they are.
 * @module
 */
import type { Trained } from "../models/models.ts";
import type { StepContext, StepDefinition } from "../../lab/experiment/types.ts";
import { openWorld, type WorldInput } from "../source/worlds.ts";
import { type Asked, type Asking, askItems, cutScore, WRITTEN_TOKENS } from "./asking.ts";
import { withRespondent } from "./respondent.ts";
import { type Translation, writeTranslations } from "./translations.ts";

interface Input extends Trained, WorldInput {
  readonly asked: Asked;
  readonly evaluation: Pick<Asking, "items" | "split" | "batch_size">;
}

export const translateQuestionsStep: StepDefinition<Input, { questions: number }> = {
  id: "translate_questions",
  version: 1,
  module: import.meta.url,
  label: ({ asked }) => asked.items,
  async run({ asked, evaluation, ...inputs }: Input, context: StepContext) {
    const world = openWorld(inputs);
    const { items, split, batch_size } = evaluation;
    const writing = { batch_size, max_new_tokens: WRITTEN_TOKENS };
    const languages = asked.languages.filter((code) => code !== "en");
    const translations: Translation[] = [];
    await withRespondent(inputs, "translate", writing, context, async (translator) => {
      for (const [done, lang] of languages.entries()) {
        context.progress(done, languages.length, `${asked.items} ${lang}`);
        const questions = world.benchmark(asked.items, lang, { items, split });
        const { outputs, cut } = await askItems(questions, "translate", translator, writing, context);
        for (const benchmark of cut > 0 ? asked.benchmarks : []) {
          context.scores([cutScore(benchmark, lang, cut, questions.length, "translated")]);
        }
        translations.push(
          ...questions.map(({ id }) => ({ lang, item: id, text: outputs.get(id)!.trim() })),
        );
      }
    });
    context.progress(languages.length, languages.length);
    writeTranslations(context, translations);
    return { questions: translations.length };
  },
};
