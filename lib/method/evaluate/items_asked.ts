/**
 * How many items of a benchmark a recipe asks a language.
 * @module
 */
import type { Evaluation } from "../recipe/fields.ts";

/** Of MGSM and MSVAMP it may be fewer than of the others. */
export function itemsAsked(
  { items, fewer_items }: Pick<Evaluation, "items" | "fewer_items">,
  id: string,
): number {
  return (id === "mgsm" || id === "msvamp" ? fewer_items[id] : null) ?? items;
}
