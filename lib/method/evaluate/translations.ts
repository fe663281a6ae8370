/**
 * What a translator wrote of a benchmark's questions: the file between the step that writes it and the step that asks.
 * @module
 */
import { join } from "node:path";
import { readNdjson, writeNdjson } from "../../ndjson.ts";
import type { Artifact, StepContext } from "../../lab/experiment/types.ts";
import type { Item } from "../../world/world.ts";
import { questionText } from "../source/items.ts";

/** A question in English. */
export interface Translation {
  readonly lang: string;
  readonly item: string;
  readonly text: string;
}

const FILE = "translations.ndjson";

/** Writes them into the step's folder. */
export function writeTranslations(
  { dir }: Pick<StepContext, "dir">,
  translations: readonly Translation[],
): void {
  writeNdjson(join(dir, FILE), translations);
}

/** What is read of a question in a language: its translation, or an English question itself. */
export function translatedQuestions({ dir }: Pick<Artifact, "dir">): (lang: string, item: Item) => string {
  const texts = new Map(
    readNdjson<Translation>(join(dir, FILE)).map((
      { lang, item, text },
    ) => [JSON.stringify([lang, item]), text]),
  );
  return (lang, item) => {
    if (lang === "en") return questionText(item);
    const text = texts.get(JSON.stringify([lang, item.id]));
    if (text === undefined) throw new TypeError(`internal: no translation of ${item.id} in ${lang}`);
    return text;
  };
}
