/**
 * The stories that plain text tells, as data: which sentences in which order with which people, nouns and numbers, and
 * what comes out. Everyday arithmetic with numbers as they happen to be; what a benchmark asks is made more carefully
 * (`problem_types.ts`), because here the numbers often give the calculation away.
 * @module
 */
import type { Stream } from "../../random.ts";

/** One calculation: `left operator right`; a letter is a number of the problem, "r" the result of the step before. */
export type Step = readonly [left: string, operator: Operator, right: string];
export const OPERATORS = ["+", "-", "×", "÷"] as const;
export type Operator = typeof OPERATORS[number];

/** Sentences with what is calculated. The wording of each sentence is in data/world/lang. */
export interface StoryType {
  readonly id: string;
  /** Each "id slot=role ...": slots of the sentence, roles of the story (people A B, nouns X Y C P M, numbers a b c). */
  readonly sentences: readonly string[];
  readonly steps: readonly Step[];
  /** How its numbers are drawn: the result of every step is a whole number of at least 2. */
  readonly numbers: NumberRule;
}

/** Draws the numbers a, b (and c) of a story. */
export type NumberRule = (s: Stream) => Readonly<Record<string, number>>;

/** Counted things start at 3, so that no language has to say "2" beside a dual. */
const sum: NumberRule = (s) => ({ a: s.int(3, 20), b: s.int(3, 20) });
const difference: NumberRule = (s) => {
  const b = s.int(3, 15);
  return { a: b + s.int(2, 15), b };
};
const product: NumberRule = (s) => ({ a: s.int(3, 9), b: s.int(3, 9) });
const quotient: NumberRule = (s) => {
  const b = s.int(3, 9);
  return { a: b * s.int(2, 9), b };
};
const sumThenSum: NumberRule = (s) => ({ a: s.int(3, 15), b: s.int(3, 12), c: s.int(3, 12) });
const sumThenDifference: NumberRule = (s) => {
  const [a, b] = [s.int(3, 15), s.int(3, 12)];
  return { a, b, c: s.int(3, Math.min(15, a + b - 2)) };
};
const differenceThenSum: NumberRule = (s) => ({ ...difference(s), c: s.int(3, 12) });
const differenceTwice: NumberRule = (s) => {
  const [b, c] = [s.int(3, 9), s.int(3, 9)];
  return { a: b + c + s.int(2, 12), b, c };
};
const compareTogether: NumberRule = (s) => ({ a: s.int(3, 15), b: s.int(3, 10) });
const fewerTogether: NumberRule = (s) => {
  const b = s.int(3, 9);
  return { a: b + s.int(2, 12), b };
};
const timesTogether: NumberRule = (s) => ({ a: s.int(3, 9), b: s.int(3, 5) });
const productThenDifference: NumberRule = (s) => {
  const [a, b] = [s.int(3, 6), s.int(3, 6)];
  return { a, b, c: s.int(3, Math.min(15, a * b - 2)) };
};
const productThenSum: NumberRule = (s) => ({ a: s.int(3, 6), b: s.int(3, 6), c: s.int(3, 12) });
const sumThenQuotient: NumberRule = (s) => {
  const c = s.int(3, 6);
  const total = c * s.int(3, 6);
  const a = s.int(3, total - 3);
  return { a, b: total - a, c };
};

const PLUS: Step = ["a", "+", "b"];
const MINUS: Step = ["a", "-", "b"];
const TIMES: Step = ["a", "×", "b"];
const OVER: Step = ["a", "÷", "b"];

const START = "has A=A n=a X=X";
const NOW = "q_now A=A X=X";
const LEFT = "q_left A=A X=X";
const OTHER_HAS = "q_has A=B X=X";
const TOGETHER = "q_together A=A B=B X=X";
const EACH_PERSON = "q_each_person X=X P=P";
const BOXES = ["has A=A n=a X=C", "in_each C=C n=b X=X"];

function story(id: string, sentences: string[], steps: Step[], numbers: NumberRule): StoryType {
  return { id, sentences, steps, numbers };
}

// deno-fmt-ignore
/** Every story of plain text. */
export const STORY_TYPES: readonly StoryType[] = [
  story("add_buys", [START, "buys_more A=A n=b X=X", NOW], [PLUS], sum),
  story("add_gets", [START, "gets_from A=A n=b X=X B=B", NOW], [PLUS], sum),
  story("take_gives", [START, "gives A=A n=b X=X B=B", LEFT], [MINUS], difference),
  story("take_loses", [START, "loses A=A n=b X=X", LEFT], [MINUS], difference),
  story("join_people", [START, "has A=B n=b X=X", TOGETHER], [PLUS], sum),
  story("join_things", ["has_two A=A n=a X=X m=b Y=Y", "q_things A=A"], [PLUS], sum),
  story("join_farm", ["farm n=a X=X m=b Y=Y", "q_farm"], [PLUS], sum),
  story("compare_more", [START, "more B=B n=b X=X A=A", OTHER_HAS], [PLUS], sum),
  story("compare_fewer", [START, "fewer B=B n=b X=X A=A", OTHER_HAS], [MINUS], difference),
  story("compare_times", [START, "times B=B n=b X=X A=A", OTHER_HAS], [TIMES], product),
  story("how_many_more", [START, "has A=B n=b X=X", "q_more A=A B=B X=X"], [MINUS], difference),
  story("groups_boxes", [...BOXES, "q_all X=X"], [TIMES], product),
  story("groups_people", ["people n=a P=P", "each_person P=P n=b X=X", "q_all X=X"], [TIMES], product),
  story("price", ["price X=X n=a M=M", "buys A=A n=b X=X", "q_pays A=A M=M"], [TIMES], product),
  story("share", [START, "shares A=A X=X n=b P=P", EACH_PERSON], [OVER], quotient),
  story("pack", [START, "packs A=A X=X n=b C=C", "q_each_box X=X C=C"], [OVER], quotient),
  story("add_add", [START, "buys_more A=A n=b X=X", "gets_from A=A n=c X=X B=B", NOW], [PLUS, ["r", "+", "c"]], sumThenSum),
  story("add_take", [START, "buys_more A=A n=b X=X", "gives A=A n=c X=X B=B", LEFT], [PLUS, ["r", "-", "c"]], sumThenDifference),
  story("take_add", [START, "loses A=A n=b X=X", "buys_more A=A n=c X=X", NOW], [MINUS, ["r", "+", "c"]], differenceThenSum),
  story("take_take", [START, "gives A=A n=b X=X B=B", "loses A=A n=c X=X", LEFT], [MINUS, ["r", "-", "c"]], differenceTwice),
  story("more_together", [START, "more B=B n=b X=X A=A", TOGETHER], [PLUS, ["r", "+", "a"]], compareTogether),
  story("fewer_together", [START, "fewer B=B n=b X=X A=A", TOGETHER], [MINUS, ["r", "+", "a"]], fewerTogether),
  story("times_together", [START, "times B=B n=b X=X A=A", TOGETHER], [TIMES, ["r", "+", "a"]], timesTogether),
  story("boxes_give", [...BOXES, "gives A=A n=c X=X B=B", LEFT], [TIMES, ["r", "-", "c"]], productThenDifference),
  story("boxes_buy", [...BOXES, "buys_more A=A n=c X=X", NOW], [TIMES, ["r", "+", "c"]], productThenSum),
  story("add_share", [START, "buys_more A=A n=b X=X", "shares A=A X=X n=c P=P", EACH_PERSON], [PLUS, ["r", "÷", "c"]], sumThenQuotient),
];
