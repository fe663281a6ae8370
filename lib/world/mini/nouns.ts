/**
 * What the nouns of the mini world are good for, by English lemma: which can fill a slot of a problem, and which answer
 * a commonsense question. The forms are in data/world/lang.
 * @module
 */

/** Things that can be owned, counted, bought and given. */
export const OBJECTS = [
  "apple",
  "orange",
  "banana",
  "lemon",
  "mango",
  "egg",
  "cake",
  "carrot",
  "potato",
  "pencil",
  "pen",
  "book",
  "hat",
  "shirt",
  "sock",
  "cup",
  "plate",
  "spoon",
  "bottle",
  "ball",
  "doll",
  "balloon",
  "coin",
  "key",
  "flower",
  "ticket",
] as const; // deno-fmt-ignore
/** Animals, in farm problems and questions. */
export const ANIMALS = ["cat", "dog", "cow", "horse", "goat", "duck"] as const;
/** What objects are put into. */
export const CONTAINERS = ["box", "bag", "basket"] as const;
/** Who objects are shared among. */
const PEOPLE = ["child", "friend", "student"] as const;

/** Which nouns can fill each noun slot. M is the money of prices. */
export const SLOT_NOUNS: Readonly<Record<string, readonly string[]>> = {
  X: OBJECTS,
  Y: OBJECTS,
  C: CONTAINERS,
  P: PEOPLE,
  M: ["coin"],
};
