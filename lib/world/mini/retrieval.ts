/**
 * Sentence pairs for retrieval (like Tatoeba): what test situations say, in English and another language. They come in
 * families: "Ben has 7 pens. Ann has 24 pens. Ann gives 3 pens to Ben.", with the same people, noun and numbers in the same
 * order, that differ in what happens last or in who is compared with whom. Names, numerals and nouns alone find one in
 * {@link FAMILY}; the rest is meaning. No training text contains what Ann has and what happens then.
 * @module
 */
import { atLeast } from "../../checked.ts";
import { type Stream, stream } from "../../random.ts";
import type { Split, TextPair } from "../world.ts";
import { languageOf } from "./data.ts";
import { WORLD_SEED } from "./math.ts";
import { drawUntil, type Situation, situationKey, splitOf } from "./partition.ts";
import { drawRoles, renderParts } from "./problem.ts";
import { NUMBERS } from "./problem_numbers.ts";

/** Texts of a family. */
export const FAMILY = 4;

const OTHER = "has A=B n=c X=X";
const START = "has A=A n=a X=X";
/** What comes after {@link START}: each is an item's shape, so that the partition keeps it out of training. */
const LAST = [
  "buys A=A n=b X=X",
  "finds_more A=A n=b X=X",
  "loses A=A n=b X=X",
  "sells A=A n=b X=X",
  "gets_from A=A n=b X=X B=B",
  "gives A=A n=b X=X B=B",
  "more B=B n=b X=X A=A",
  "more B=A n=b X=X A=B",
  "fewer B=B n=b X=X A=A",
  "fewer B=A n=b X=X A=B",
  "times B=B n=b X=X A=A",
  "times B=A n=b X=X A=B",
];

/** Pairs of English (`source`) and `code` (`target`); all different, and the same situations for every language. */
export function retrieval(
  code: string,
  { items = 250, split = "test" }: { readonly items?: number; readonly split?: "dev" | "test" } = {},
): TextPair[] {
  const [english, language] = [languageOf("en"), languageOf(code)];
  const s = stream(WORLD_SEED, "tatoeba", split);
  const seen = new Set<string>();
  const families = Array.from({ length: Math.ceil(items / FAMILY) }, () => {
    const family = drawUntil(
      `${items} ${split} sentence pairs`,
      () => drawFamily(s, split),
      (one) => one.length === FAMILY && one.every((situation) => !seen.has(situationKey(situation))),
    );
    family.forEach((situation) => seen.add(situationKey(situation)));
    return family.map(({ sentences, roles }) => ({ sentences: [OTHER, ...sentences], roles }));
  });
  return families.flat().slice(0, items).map(({ sentences, roles }, i) => {
    const [source, target] = atLeast(
      [english, language].map((one) => renderParts(one, sentences, roles)),
      2,
    );
    return { id: `tatoeba-${i}`, source, target };
  });
}

/** As many of a family as belong to `split`, up to its size. */
function drawFamily(s: Stream, split: Split): Situation[] {
  const roles = { ...drawRoles([], s), ...s.pick(NUMBERS) };
  return s.shuffle(LAST)
    .map((last): Situation => ({ sentences: [START, last], roles }))
    .filter((situation) => splitOf(situationKey(situation)) === split)
    .slice(0, FAMILY);
}
