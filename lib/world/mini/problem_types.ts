/**
 * The word-problem templates of the mini world as data: which sentences in which order with which people, nouns and
 * numbers, and how the answer is reached. The wording of each sentence is in data/world/lang.
 *
 * Numbers are small on purpose (sums up to 40, tables up to 9): a model of one or two million parameters must learn
 * the arithmetic from about a million tokens. Counted things start at 3, so that no language has to say "2" beside a
 * dual. `holdout` templates are in no training text: MSVAMP-like tests are made of them.
 * @module
 */
import type { Stream } from "../../random.ts";

/** One calculation: `left operator right`; a letter is a number of the problem, "r" the result of the step before. */
export type Step = readonly [left: string, operator: "+" | "-" | "×" | "÷", right: string];

/** A template: sentences as "id letter=Letter ..." (slot of the sentence = role of the problem). */
export interface ProblemType {
  readonly id: string;
  /** The kind of problem, shared by wordings of one situation. */
  readonly kind: string;
  /** Where its items go: trained and tested in domain, or only tested out of domain. */
  readonly split: "train" | "holdout";
  readonly sentences: readonly string[];
  readonly steps: readonly Step[];
  /** How its numbers are drawn. */
  readonly numbers: NumberRule;
}

/** Draws the numbers a, b (and c) of a problem so that every step's result is a whole number of at least 2. */
export type NumberRule = (s: Stream) => Record<string, number>;

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

const START = "has A=A n=a X=X";

function one(
  id: string,
  kind: string,
  sentences: string[],
  step: Step,
  numbers: NumberRule,
  split: "train" | "holdout" = "train",
): ProblemType {
  return { id, kind, split, sentences, steps: [step], numbers };
}

function two(
  id: string,
  sentences: string[],
  steps: [Step, Step],
  numbers: NumberRule,
  split: "train" | "holdout" = "train",
): ProblemType {
  return { id, kind: id, split, sentences, steps, numbers };
}

const PLUS: Step = ["a", "+", "b"];
const MINUS: Step = ["a", "-", "b"];
const TIMES: Step = ["a", "×", "b"];
const OVER: Step = ["a", "÷", "b"];
const ALL_OF = (kind: "q_now" | "q_left" | "q_has") => `${kind} A=A X=X`;
const TOGETHER = "q_together A=A B=B X=X";

/** Every template; the first of a kind is its plain form. Roles: people A B, nouns X Y C P M, numbers a b c. */
export const PROBLEM_TYPES: readonly ProblemType[] = [
  one("add_buys", "add", [START, "buys_more A=A n=b X=X", ALL_OF("q_now")], PLUS, sum),
  one("add_gets", "add", [START, "gets_from A=A n=b X=X B=B", ALL_OF("q_now")], PLUS, sum),
  one("add_finds", "add", [START, "finds_more A=A n=b X=X", ALL_OF("q_now")], PLUS, sum, "holdout"),
  one("take_gives", "take", [START, "gives A=A n=b X=X B=B", ALL_OF("q_left")], MINUS, difference),
  one("take_loses", "take", [START, "loses A=A n=b X=X", ALL_OF("q_left")], MINUS, difference),
  one("take_sells", "take", [START, "sells A=A n=b X=X", ALL_OF("q_left")], MINUS, difference, "holdout"),
  one(
    "take_gives_now",
    "take",
    [START, "gives A=A n=b X=X B=B", ALL_OF("q_now")],
    MINUS,
    difference,
    "holdout",
  ),
  one("join_people", "join_people", [START, "has A=B n=b X=X", TOGETHER], PLUS, sum),
  one("join_things", "join_things", ["has_two A=A n=a X=X m=b Y=Y", "q_things A=A"], PLUS, sum),
  one(
    "join_bought",
    "join_things",
    ["buys A=A n=a X=X", "buys A=A n=b X=Y", "q_things A=A"],
    PLUS,
    sum,
    "holdout",
  ),
  one("join_farm", "join_farm", ["farm n=a X=X m=b Y=Y", "q_farm"], PLUS, sum),
  one("compare_more", "compare_more", [START, "more B=B n=b X=X A=A", "q_has A=B X=X"], PLUS, sum),
  one("compare_fewer", "compare_fewer", [START, "fewer B=B n=b X=X A=A", "q_has A=B X=X"], MINUS, difference),
  one("compare_times", "compare_times", [START, "times B=B n=b X=X A=A", "q_has A=B X=X"], TIMES, product),
  one("how_many_more", "difference", [START, "has A=B n=b X=X", "q_more A=A B=B X=X"], MINUS, difference),
  one(
    "how_many_fewer",
    "difference",
    [START, "has A=B n=b X=X", "q_fewer A=B B=A X=X"],
    MINUS,
    difference,
    "holdout",
  ),
  one(
    "groups_boxes",
    "groups_boxes",
    ["has A=A n=a X=C", "in_each C=C n=b X=X", "q_all X=X"],
    TIMES,
    product,
  ),
  one(
    "groups_people",
    "groups_people",
    ["people n=a P=P", "each_person P=P n=b X=X", "q_all X=X"],
    TIMES,
    product,
  ),
  one("price", "price", ["price X=X n=a M=M", "buys A=A n=b X=X", "q_pays A=A M=M"], TIMES, product),
  one("share", "share", [START, "shares A=A X=X n=b P=P", "q_each_person X=X P=P"], OVER, quotient),
  one("pack", "pack", [START, "packs A=A X=X n=b C=C", "q_each_box X=X C=C"], OVER, quotient),

  two("add_add", [START, "buys_more A=A n=b X=X", "gets_from A=A n=c X=X B=B", ALL_OF("q_now")], [PLUS, [
    "r",
    "+",
    "c",
  ]], sumThenSum),
  two("add_take", [START, "buys_more A=A n=b X=X", "gives A=A n=c X=X B=B", ALL_OF("q_left")], [PLUS, [
    "r",
    "-",
    "c",
  ]], sumThenDifference),
  two("take_add", [START, "loses A=A n=b X=X", "buys_more A=A n=c X=X", ALL_OF("q_now")], [MINUS, [
    "r",
    "+",
    "c",
  ]], differenceThenSum),
  two("take_take", [START, "gives A=A n=b X=X B=B", "loses A=A n=c X=X", ALL_OF("q_left")], [MINUS, [
    "r",
    "-",
    "c",
  ]], differenceTwice),
  two(
    "get_lose",
    [START, "gets_from A=A n=b X=X B=B", "loses A=A n=c X=X", ALL_OF("q_left")],
    [PLUS, [
      "r",
      "-",
      "c",
    ]],
    sumThenDifference,
    "holdout",
  ),
  two("more_together", [START, "more B=B n=b X=X A=A", TOGETHER], [PLUS, ["r", "+", "a"]], compareTogether),
  two("fewer_together", [START, "fewer B=B n=b X=X A=A", TOGETHER], [MINUS, ["r", "+", "a"]], fewerTogether),
  two("times_together", [START, "times B=B n=b X=X A=A", TOGETHER], [TIMES, ["r", "+", "a"]], timesTogether),
  two("boxes_give", ["has A=A n=a X=C", "in_each C=C n=b X=X", "gives A=A n=c X=X B=B", ALL_OF("q_left")], [
    TIMES,
    ["r", "-", "c"],
  ], productThenDifference),
  two("boxes_buy", ["has A=A n=a X=C", "in_each C=C n=b X=X", "buys_more A=A n=c X=X", ALL_OF("q_now")], [
    TIMES,
    ["r", "+", "c"],
  ], productThenSum),
  two("add_share", [START, "buys_more A=A n=b X=X", "shares A=A X=X n=c P=P", "q_each_person X=X P=P"], [
    PLUS,
    [
      "r",
      "÷",
      "c",
    ],
  ], sumThenQuotient),
];
