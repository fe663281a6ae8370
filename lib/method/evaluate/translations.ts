/**
 * What a translator wrote of a benchmark's questions: the file between the step that writes it and the step that asks.
 * @module
 */
import { join } from "node:path";
import { writeFileAtomic } from "../../files.ts";
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
  writeFileAtomic(join(dir, FILE), translations.map((row) => JSON.stringify(row) + "\n").join(""));
}

/** What is read of a question in a language: its translation, or an English question itself. */
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
