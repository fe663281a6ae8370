/**
 * Commonsense questions with five options (like X-CSQA): what is a fruit, what people wear, what they drink from. They
 * come in fives: items 5k to 5k + 4 show the same options in the same order and ask for each of them in turn, in random
 * order. The options alone say nothing about the answer.
 * @module
 */
import { type Stream, stream } from "../../random.ts";
import { CHOICE_LETTERS, type ChoiceItem, type Draw, type Split } from "../world.ts";
import { languageOf } from "./data.ts";
import { WORLD_SEED } from "./math.ts";
import { ANIMALS, CONTAINERS } from "./nouns.ts";
import { drawUntil, splitOf } from "./partition.ts";
import { citation, render, sentenceOf } from "./sentence.ts";

/** Nouns by what they are the best answer to. */
const KINDS = {
  fruit: { nouns: ["apple", "orange", "banana", "lemon", "mango"], questions: ["which_fruit", "which_eat"] },
  food: { nouns: ["egg", "cake", "carrot", "potato"], questions: ["which_eat"] },
  animal: { nouns: ANIMALS, questions: ["which_animal"] },
  clothes: { nouns: ["hat", "shirt", "sock"], questions: ["which_wear"] },
  pens: { nouns: ["pencil", "pen"], questions: ["which_write"] },
  vessels: { nouns: ["cup", "bottle"], questions: ["which_drink"] },
  toys: { nouns: ["ball", "doll", "balloon"], questions: ["which_play"] },
  containers: { nouns: CONTAINERS, questions: ["which_carry"] },
} as const satisfies Record<string, { nouns: readonly string[]; questions: readonly string[] }>;
type Kind = keyof typeof KINDS;

/**
 * Kinds that can stand side by side, each with one clear answer. Apart are animals and what children play with or people
 * eat (they might do so with a duck), vessels and what one carries things in, and fruit and other food.
 */
const SETS: readonly (readonly Kind[])[] = [
  ["fruit", "animal", "clothes", "pens", "vessels"],
  ["fruit", "animal", "clothes", "pens", "containers"],
  ["fruit", "toys", "clothes", "pens", "vessels"],
  ["food", "toys", "clothes", "pens", "vessels"],
  ["fruit", "toys", "clothes", "pens", "containers"],
  ["food", "toys", "clothes", "pens", "containers"],
];
interface Choice {
  readonly id: string;
  readonly options: readonly string[];
  readonly gold: string;
}

/** Five options with a question for each. */
function drawFive(s: Stream): Choice[] {
  const kinds = s.shuffle(s.pick(SETS));
  const options = kinds.map((kind) => s.pick<string>(KINDS[kind].nouns));
  const choices = kinds.map((kind, i) => ({
    id: questionFor(kind, kinds, s),
    options,
    gold: CHOICE_LETTERS[i]!,
  }));
  return s.shuffle(choices);
}

/** A fruit is what people eat, unless there is an animal. */
function questionFor(kind: Kind, kinds: readonly Kind[], s: Stream): string {
  const isUnclear = kinds.includes("animal");
  return s.pick(KINDS[kind].questions.filter((id) => !(isUnclear && id === "which_eat")));
}

/** The options in any order: whatever is asked about options of test, they are not trained on. */
function optionsKey([choice]: readonly Choice[]): string {
  return [...choice!.options].sort().join(" ");
}

function drawInSplit(split: Split, s: Stream, accept: (key: string) => boolean = () => true): Choice[] {
  return drawUntil(
    `${split} choices`,
    () => drawFive(s),
    (five) => splitOf(optionsKey(five)) === split && accept(optionsKey(five)),
  );
}

/** Questions `from` to `from + count` of an endless sequence. */
export function choiceInstructions(
  code: string,
  { seed, count, from = 0, split = "train" }: Draw & { readonly split?: Split },
): ChoiceItem[] {
  let [drawn, five]: [number, readonly Choice[]] = [-1, []];
  return Array.from({ length: count }, (_, at) => {
    const i = from + at;
    const round = Math.floor(i / CHOICE_LETTERS.length);
    if (drawn !== round) [drawn, five] = [round, drawInSplit(split, stream(seed, "choice", split, round))];
    return choiceItem(`choice-${i}`, code, five[i % CHOICE_LETTERS.length]!);
  });
}

/** The items of `xcsqa`; no two fives with the same options. */
export function choiceItems(
  code: string,
  { items = 250, split = "test" }: { readonly items?: number; readonly split?: "dev" | "test" } = {},
): ChoiceItem[] {
  const s = stream(WORLD_SEED, "xcsqa", split);
  const seen = new Set<string>();
  const fives = Array.from({ length: Math.ceil(items / CHOICE_LETTERS.length) }, () => {
    const five = drawInSplit(split, s, (key) => !seen.has(key));
    seen.add(optionsKey(five));
    return five;
  });
  return fives.flat().slice(0, items).map((choice, i) => choiceItem(`xcsqa-${i}`, code, choice));
}

function choiceItem(id: string, code: string, choice: Choice): ChoiceItem {
  const language = languageOf(code);
  return {
    task: "choice",
    id,
    kind: choice.id,
    question: render(language, sentenceOf(language, choice.id), {}),
    choices: choice.options.map((lemma) => citation(language, lemma)),
    gold: choice.gold,
  };
}
