/**
 * Commonsense questions with five options (like X-CSQA): what is a fruit, what people wear, what they drink from.
 * @module
 */
import { type Stream, stream } from "../../random.ts";
import type { ChoiceItem, Draw, Split } from "../world.ts";
import { languageOf } from "./data.ts";
import { WORLD_SEED } from "./math.ts";
import { ANIMALS, CONTAINERS, OBJECTS, PEOPLE } from "./nouns.ts";
import { drawUntil, splitOf } from "./partition.ts";
import { render, sentenceOf } from "./sentence.ts";

const FRUIT = ["apple", "orange", "banana", "lemon", "mango"];
const CLOTHES = ["hat", "shirt", "sock"];
const VESSELS = ["cup", "bottle"];

/** Questions with the nouns that answer them, and those that a sensible person might accept too. */
const QUESTIONS: readonly { id: string; answers: readonly string[]; unclear: readonly string[] }[] = [
  { id: "which_fruit", answers: FRUIT, unclear: [] },
  { id: "which_animal", answers: ANIMALS, unclear: PEOPLE },
  { id: "which_eat", answers: [...FRUIT, "egg", "cake", "carrot", "potato"], unclear: ANIMALS },
  { id: "which_wear", answers: CLOTHES, unclear: [] },
  { id: "which_write", answers: ["pencil", "pen"], unclear: ["book"] },
  { id: "which_drink", answers: VESSELS, unclear: ["plate", "spoon"] },
  { id: "which_play", answers: ["ball", "doll", "balloon"], unclear: [...ANIMALS, ...PEOPLE] },
  { id: "which_carry", answers: CONTAINERS, unclear: [...CLOTHES, ...VESSELS, "plate", "horse"] },
];
const NOUNS: readonly string[] = [...OBJECTS, ...ANIMALS, ...CONTAINERS, ...PEOPLE];
const LETTERS = ["A", "B", "C", "D", "E"];

interface Choice {
  readonly id: string;
  readonly options: readonly string[];
  readonly gold: string;
}

function drawChoice(s: Stream): Choice {
  const { id, answers, unclear } = s.pick(QUESTIONS);
  const right = s.pick(answers);
  const wrong = s.shuffle(NOUNS.filter((lemma) => !answers.includes(lemma) && !unclear.includes(lemma)));
  const options = s.shuffle([right, ...wrong.slice(0, LETTERS.length - 1)]);
  return { id, options, gold: LETTERS[options.indexOf(right)]! };
}

/** The question with its options in any order. */
function choiceKey({ id, options }: Choice): string {
  return [id, ...[...options].sort()].join(" ");
}

function drawInSplit(split: Split, s: Stream, accept: (choice: Choice) => boolean): Choice {
  return drawUntil(
    `${split} choices`,
    () => drawChoice(s),
    (one) => splitOf(choiceKey(one)) === split && accept(one),
  );
}

/** Training questions. */
export function choiceInstructions(
  code: string,
  { seed, count, from = 0, split = "train" }: Draw & { readonly split?: Split },
): ChoiceItem[] {
  return Array.from({ length: count }, (_, i) => {
    const choice = drawInSplit(split, stream(seed, "choice", split, from + i), () => true);
    return choiceItem(`choice-${from + i}`, code, choice);
  });
}

/** The items of `xcsqa`; no two with the same question and options. */
export function choiceItems(
  code: string,
  { items = 250, split = "test" }: { readonly items?: number; readonly split?: "dev" | "test" } = {},
): ChoiceItem[] {
  const s = stream(WORLD_SEED, "xcsqa", split);
  const seen = new Set<string>();
  return Array.from({ length: items }, (_, i) => {
    const choice = drawInSplit(split, s, (one) => !seen.has(choiceKey(one)));
    seen.add(choiceKey(choice));
    return choiceItem(`xcsqa-${i}`, code, choice);
  });
}

function choiceItem(id: string, code: string, choice: Choice): ChoiceItem {
  const language = languageOf(code);
  const citation = (lemma: string) => language.nouns.get(lemma)?.forms.get(language.nounForms[0]!) ?? "";
  return {
    task: "choice",
    id,
    kind: choice.id,
    question: render(language, sentenceOf(language, choice.id), {}),
    choices: choice.options.map(citation),
    gold: choice.gold,
  };
}
