/**
 * English texts that a bridge learns from: plain text, or the questions of a task's training items.
 * @module
 */
import type { Draw, World } from "../../world/world.ts";
import type { Recipe } from "../recipe/fields.ts";
import { questionText } from "./items.ts";
import { type DataNeed, instructionData, type TaskSource } from "./worlds.ts";

/** Which English; plain text knows no task, so that what is drawn of it is the same for all. */
export type EnglishSource =
  | { readonly english: "text" }
  | ({ readonly english: "questions" } & TaskSource);

/** The English of a recipe's stage 1. */
export function englishOf(
  { task, task_data, align_data: { english } }: Pick<Recipe, "task" | "task_data" | "align_data">,
): EnglishSource {
  return english === "text" ? { english } : { english, task, task_data };
}

/** Texts `from` (0) to `from + count` of an endless sequence. */
export function englishTexts(
  world: World,
  source: EnglishSource,
  draw: Draw,
): string[] {
  if (source.english === "text") return world.monolingual("en", draw);
  const { task, task_data: data } = source;
  return world.instructions(task, "en", { ...draw, data }).map(questionText);
}

/** The real data that it comes from. */
export function englishData(source: EnglishSource): readonly DataNeed[] {
  return source.english === "text" ? ["bible"] : instructionData(source);
}
