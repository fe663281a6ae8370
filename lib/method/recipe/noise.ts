/**
 * Translations as a machine makes them, as a patch. Ours.
 * @module
 */
import type { Patch } from "../../lab/experiment/types.ts";
import type { Recipe } from "./fields.ts";

/** Two words of a hundred wrong in a high-resource language, eight in a medium one, twenty in a low one. */
export const NOISY_TRANSLATIONS = {
  translation_noise: { high: 0.02, medium: 0.08, low: 0.2 },
} satisfies Patch<Recipe>;
