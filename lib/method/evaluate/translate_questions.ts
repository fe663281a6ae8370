/**
 * Step: a benchmark's questions in English, written by a translator, for a system that reads English alone (Translate-En).
 * English questions are left as they are.
 * @module
 */
import { join } from "node:path";
import { writeFileAtomic } from "../../files.ts";
import type { Artifact, StepContext, StepDefinition } from "../../lab/experiment/types.ts";
import type { Item } from "../../world/world.ts";
import { questionText } from "../source/items.ts";
import { openWorld, type WorldInput } from "../source/worlds.ts";
import { type Asked, type Asking, askItems } from "./asking.ts";
import { type Trained, withRespondent } from "./respondent.ts";
import { MAX_NEW_TOKENS } from "./write_english.ts";

interface Input extends Trained, WorldInput {
  readonly asked: Pick<Asked, "items" | "languages">;
  readonly evaluation: Pick<Asking, "items" | "split" | "batch_size">;
}

interface Translation {
  readonly lang: string;
  readonly item: string;
  readonly text: string;
}

const FILE = "translations.ndjson";

export const translateQuestionsStep: StepDefinition<Input, { questions: number }> = {
  id: "translate_questions",
  version: 1,
  module: import.meta.url,
  label: ({ asked }) => asked.items,
  async run({ asked, evaluation, ...inputs }: Input, context: StepContext) {
    const world = openWorld(inputs);
    const { items, split, batch_size } = evaluation;
    const writing = { batch_size, max_new_tokens: MAX_NEW_TOKENS };
    const languages = asked.languages.filter((code) => code !== "en");
    const translations: Translation[] = [];
    await withRespondent(inputs, "translate", writing, context, async (translator) => {
      for (const [done, lang] of languages.entries()) {
        context.progress(done, languages.length, `${asked.items} ${lang}`);
        const questions = world.benchmark(asked.items, lang, { items, split });
        const { outputs } = await askItems(questions, "translate", translator, writing, context);
        translations.push(
          ...questions.map(({ id }) => ({ lang, item: id, text: outputs.get(id)!.trim() })),
        );
      }
    });
    context.progress(languages.length, languages.length);
    writeFileAtomic(join(context.dir, FILE), translations.map((row) => JSON.stringify(row) + "\n").join(""));
    return { questions: translations.length };
  },
};

/** What is read of a question in a language: its translation where there is one. */
export function translatedQuestions({ dir }: Pick<Artifact, "dir">): (lang: string, item: Item) => string {
  const lines = Deno.readTextFileSync(join(dir, FILE)).split("\n").filter((line) => line !== "");
  const texts = new Map(lines.map((line) => {
    const { lang, item, text }: Translation = JSON.parse(line);
    return [JSON.stringify([lang, item]), text];
  }));
  return (lang, item) => {
    if (lang === "en") return questionText(item);
    const text = texts.get(JSON.stringify([lang, item.id]));
    if (text === undefined) throw new TypeError(`internal: no translation of ${item.id} in ${lang}`);
    return text;
  };
}
