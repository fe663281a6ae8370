/**
 * The word problems as data, in minimal pairs: two problems with the same numbers, nouns and people, told in the same
 * order, that differ in as little as a language allows (a verb; more and fewer; who is compared with whom) and in what
 * must be calculated. Any numbers fit any problem (`problem_numbers.ts`), and every calculation is as frequent as every other,
 * in training and in benchmarks: only reading solves them. `tests/world/mini/pairs_test.ts` holds all of this.
 * @module
 */
import type { Operator, Step } from "./story_types.ts";

/** Sentences as "id slot=role ..." (roles: people A B, nouns X C P, numbers a b c in this order), and what is calculated. */
export interface ProblemType {
  readonly id: string;
  readonly sentences: readonly string[];
  readonly steps: readonly Step[];
}

/** What is calculated, as the numbers of a text are named: "a+b", "a×b-c"; "+a" at the end is "together". */
export type Calculation = string;

/** Two problems that differ in a word or two and in what is calculated. */
export interface ProblemPair {
  readonly id: string;
  /** Trained on and asked in domain (`mmwp`, `mgsm`), or asked only (`msvamp`): no training text tells such a story. */
  readonly split: "train" | "holdout";
  readonly types: readonly [ProblemType, ProblemType];
}

/** Pairs of the same two calculations. */
export interface PairGroup {
  readonly calculations: readonly [Calculation, Calculation];
  /** How often it is drawn beside other groups, so that every calculation is equally frequent. */
  readonly weight: number;
  readonly pairs: readonly ProblemPair[];
}

const START = "has A=A n=a X=X";
/** Who in the other story has what A has here. */
const OTHER_START = "has A=B n=a X=X";
const NOW = "q_now A=A X=X";
const LEFT = "q_left A=A X=X";
const TOGETHER = "q_together A=A B=B X=X";
const BOXES = ["has A=A n=a X=C", "in_each C=C n=b X=X"];

/** B is compared with A; or A with B, which turns the calculation round. */
const compared = (word: string) => `${word} B=B n=b X=X A=A`;
const turned = (word: string) => `${word} B=A n=b X=X A=B`;

const buys = (n: string) => `buys A=A n=${n} X=X`;
const buysMore = (n: string) => `buys_more A=A n=${n} X=X`;
const gets = (n: string) => `gets_from A=A n=${n} X=X B=B`;
const gives = (n: string) => `gives A=A n=${n} X=X B=B`;
const loses = (n: string) => `loses A=A n=${n} X=X`;

const firstStep = (operator: Operator): Step => ["a", operator, "b"];
const calculation = (steps: readonly Step[]) =>
  steps.map(([left, operator, right]) => (left === "r" ? "" : left) + operator + right).join("");

/** A pair from its two tellings, each with the steps of its solution. */
interface Telling {
  readonly id: string;
  readonly sentences: readonly string[];
}
function pair(
  id: string,
  first: Telling,
  second: Telling,
  split: ProblemPair["split"] = "train",
): (steps: readonly [readonly Step[], readonly Step[]]) => ProblemPair {
  return ([one, two]) => ({
    id,
    split,
    types: [
      { id: `${id}_${first.id}`, sentences: first.sentences, steps: one },
      { id: `${id}_${second.id}`, sentences: second.sentences, steps: two },
    ],
  });
}
const telling = (id: string, ...sentences: readonly string[]): Telling => ({ id, sentences });

function group(
  weight: number,
  steps: readonly [readonly Step[], readonly Step[]],
  ...pairs: readonly ReturnType<typeof pair>[]
): PairGroup {
  return {
    calculations: [calculation(steps[0]), calculation(steps[1])],
    weight,
    pairs: pairs.map((make) => make(steps)),
  };
}

const ONE_STEP: readonly PairGroup[] = [
  group(
    2,
    [[firstStep("+")], [firstStep("-")]],
    pair("change", telling("buys", START, buys("b"), NOW), telling("loses", START, loses("b"), NOW)),
    pair("hand", telling("gets", START, gets("b"), NOW), telling("gives", START, gives("b"), NOW)),
    pair("stock", telling("buys", START, buysMore("b"), NOW), telling("gives", START, gives("b"), LEFT)),
    pair(
      "compare",
      telling("more", START, compared("more"), "q_has A=B X=X"),
      telling("fewer", START, compared("fewer"), "q_has A=B X=X"),
    ),
    pair(
      "turned",
      telling("fewer", START, turned("fewer"), "q_has A=B X=X"),
      telling("more", START, turned("more"), "q_has A=B X=X"),
    ),
    pair(
      "people",
      telling("together", START, "has A=B n=b X=X", TOGETHER),
      telling("more", START, "has A=B n=b X=X", "q_more A=A B=B X=X"),
    ),
  ),
  group(
    2,
    [[firstStep("×")], [firstStep("÷")]],
    pair(
      "times",
      telling("other", START, compared("times"), "q_has A=B X=X"),
      telling("own", START, turned("times"), "q_has A=B X=X"),
    ),
    pair(
      "boxes",
      telling("in_each", ...BOXES, "q_all X=X"),
      telling("packs", START, "packs A=A X=X n=b C=C", "q_each_box X=X C=C"),
    ),
    pair(
      "persons",
      telling("each", "people n=a P=P", "each_person P=P n=b X=X", "q_all X=X"),
      telling("shares", START, "shares A=A X=X n=b P=P", "q_each_person X=X P=P"),
    ),
  ),
];

const together = (operator: Operator): Step[] => [firstStep(operator), ["r", "+", "a"]];

/** Two steps over two numbers: what both have. Whose the first number is, one name, turns the comparison round. */
const TWO_TOGETHER: readonly PairGroup[] = [
  group(
    2,
    [together("+"), together("-")],
    pair(
      "both_more",
      telling("other", START, compared("more"), TOGETHER),
      telling("own", OTHER_START, compared("more"), TOGETHER),
    ),
    pair(
      "both_fewer",
      telling("own", OTHER_START, compared("fewer"), TOGETHER),
      telling("other", START, compared("fewer"), TOGETHER),
    ),
  ),
  group(
    2,
    [together("×"), together("÷")],
    pair(
      "both_times",
      telling("other", START, compared("times"), TOGETHER),
      telling("own", OTHER_START, compared("times"), TOGETHER),
    ),
  ),
];

/** What B, whose number was to be found, does then; the question asks for what B has in the end. */
const THEN = {
  "+": ["buys_more A=B n=c X=X", "gets_from A=B n=c X=X B=A"],
  "-": ["loses A=B n=c X=X", "gives A=B n=c X=X B=A"],
} as const;
const OTHER_NOW = "q_now A=B X=X";
/** What A does after a first change. */
const AND = { "+": [gets("c"), buysMore("c")], "-": [gives("c"), loses("c")] } as const;

const twoSteps = (first: Operator, second: Operator): Step[] => [firstStep(first), ["r", second, "c"]];

/** Pairs whose first step differs and whose second is the same. */
function firstDiffers(second: "+" | "-"): readonly PairGroup[] {
  const [hand, alone] = AND[second];
  const [otherAlone, otherHand] = THEN[second];
  const name = second === "+" ? "up" : "down";
  return [
    group(
      1,
      [twoSteps("+", second), twoSteps("-", second)],
      pair(
        `change_${name}`,
        telling("buys", START, buys("b"), hand, NOW),
        telling("loses", START, loses("b"), hand, NOW),
      ),
      pair(
        `hand_${name}`,
        telling("gets", START, gets("b"), alone, NOW),
        telling("gives", START, gives("b"), alone, NOW),
      ),
      pair(
        `compare_${name}`,
        telling("more", START, compared("more"), otherAlone, OTHER_NOW),
        telling("fewer", START, compared("fewer"), otherAlone, OTHER_NOW),
      ),
      pair(
        `turned_${name}`,
        telling("fewer", START, turned("fewer"), otherAlone, OTHER_NOW),
        telling("more", START, turned("more"), otherAlone, OTHER_NOW),
      ),
    ),
    group(
      1,
      [twoSteps("×", second), twoSteps("÷", second)],
      pair(
        `times_${name}`,
        telling("other", START, compared("times"), otherAlone, OTHER_NOW),
        telling("own", START, turned("times"), otherAlone, OTHER_NOW),
      ),
      pair(
        `times_hand_${name}`,
        telling("other", START, compared("times"), otherHand, OTHER_NOW),
        telling("own", START, turned("times"), otherHand, OTHER_NOW),
      ),
    ),
  ];
}

/** Pairs whose second step differs: the stories begin alike. */
function secondDiffers(
  first: Operator,
  ...stories: readonly [id: string, beginning: readonly string[], who: "A" | "B"][]
) {
  return group(
    1,
    [twoSteps(first, "+"), twoSteps(first, "-")],
    ...stories.map(([id, beginning, who]) => {
      const [plus, minus, now] = who === "A"
        ? [buysMore("c"), loses("c"), NOW]
        : [THEN["+"][0], THEN["-"][0], OTHER_NOW];
      return pair(id, telling("buys", ...beginning, plus, now), telling("loses", ...beginning, minus, now));
    }),
  );
}

const TWO_STEPS: readonly PairGroup[] = [
  ...firstDiffers("+"),
  ...firstDiffers("-"),
  secondDiffers("+", ["gets_then", [START, gets("b")], "A"], ["more_then", [START, compared("more")], "B"]),
  secondDiffers("-", ["gives_then", [START, gives("b")], "A"], [
    "fewer_then",
    [START, compared("fewer")],
    "B",
  ]),
  secondDiffers("×", ["boxes_then", BOXES, "A"], ["times_then", [START, compared("times")], "B"]),
  secondDiffers("÷", ["own_times_then", [START, turned("times")], "B"]),
];

/** Stories that no training text tells; their sentences occur one by one. */
const HELD_OUT: readonly PairGroup[] = [
  group(
    1,
    [[firstStep("+")], [firstStep("-")]],
    pair(
      "trade",
      telling("finds", START, "finds_more A=A n=b X=X", NOW),
      telling("sells", START, "sells A=A n=b X=X", NOW),
      "holdout",
    ),
    pair(
      "market",
      telling("finds", buys("a"), "finds_more A=A n=b X=X", NOW),
      telling("sells", buys("a"), "sells A=A n=b X=X", NOW),
      "holdout",
    ),
  ),
  group(
    1,
    [[firstStep("×")], [firstStep("÷")]],
    pair(
      "bought_boxes",
      telling("in_each", "in_each C=C n=a X=X", "has A=A n=b X=C", "q_all X=X"),
      telling("packs", buys("a"), "packs A=A X=X n=b C=C", "q_each_box X=X C=C"),
      "holdout",
    ),
    pair(
      "bought_persons",
      telling("each", "each_person P=P n=a X=X", "people n=b P=P", "q_all X=X"),
      telling("shares", buys("a"), "shares A=A X=X n=b P=P", "q_each_person X=X P=P"),
      "holdout",
    ),
  ),
];

/** The groups of trained pairs of two steps (`mgsm`), of all trained pairs (training, `mmwp`), and of the held-out ones. */
export const GROUPS = {
  mgsm: [...TWO_TOGETHER, ...TWO_STEPS],
  mmwp: [...ONE_STEP, ...TWO_TOGETHER, ...TWO_STEPS],
  msvamp: HELD_OUT,
} as const satisfies Readonly<Record<string, readonly PairGroup[]>>;

/** Every pair. */
export const PROBLEM_PAIRS: readonly ProblemPair[] = [...GROUPS.mmwp, ...GROUPS.msvamp].flatMap(({ pairs }) =>
  pairs
);
