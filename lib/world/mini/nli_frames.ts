/**
 * Premises of the mini world with hypotheses, in the notation of the problem types. A frame has two kinds of premise and
 * two kinds of hypothesis: the first follows from the first and contradicts the second, and the other way round. Told of
 * someone or something else (`other`), a premise says nothing about the hypothesis. So every hypothesis occurs under each label
 * with the same nouns and numbers, every premise too, and only the two together give the label.
 *
 * Two runs of sentences that plain text tells, a change and what is now and a comparison and who has how many, are frames here;
 * a frame with another run that plain text tells would change which text is kept apart (`partition.ts`).
 * @module
 */

/** Two of a kind that exclude each other. */
type Sides<T> = readonly [T, T];

/** Someone has exactly what is said, as in a word problem. */
export interface NliFrame {
  readonly id: string;
  /** Each side has wordings that say the same about the hypotheses. */
  readonly premises: Sides<readonly (readonly string[])[]>;
  readonly hypotheses: Sides<readonly string[]>;
  /** Two roles that change places in a premise, for which the hypothesis may be true or not. */
  readonly other: readonly string[];
}

const START = "has A=A n=a X=X";

// deno-fmt-ignore
/** Roles: people A B F, things X Y Z, containers C D, numbers a b s d; `s` = a + b, `d` = a - b, d > b > 2. */
export const NLI_FRAMES: readonly NliFrame[] = [
  {
    id: "change",
    premises: [
      [[START, "buys_more A=A n=b X=X"], [START, "gives A=B n=b X=X B=A"]],
      [[START, "gives A=A n=b X=X B=B"]],
    ],
    hypotheses: [["now_has A=A n=s X=X"], ["now_has A=A n=d X=X"]],
    other: ["AB", "XY"],
  },
  {
    id: "handed",
    premises: [[["gives A=A n=a X=X B=B"]], [["gives A=A n=b X=X B=B"]]],
    hypotheses: [["gets_from A=B n=a X=X B=A"], ["gets_from A=B n=b X=X B=A"]],
    other: ["XY", "BF"],
  },
  {
    id: "compared",
    premises: [[[START, "more B=B n=b X=X A=A"]], [[START, "fewer B=B n=b X=X A=A"]]],
    hypotheses: [["has A=B n=s X=X"], ["has A=B n=d X=X"]],
    other: ["XY", "BF"],
  },
  {
    id: "turned",
    premises: [[[START, "more B=B n=b X=X A=A"]], [[START, "fewer B=B n=b X=X A=A"]]],
    hypotheses: [["fewer B=A n=b X=X A=B"], ["more B=A n=b X=X A=B"]],
    other: ["XY", "BF"],
  },
  {
    id: "both",
    premises: [
      [[START, "has A=B n=b X=X"], ["has A=B n=b X=X", START]],
      [["has A=A n=b X=X", "has A=B n=a X=X"], ["has A=B n=a X=X", "has A=A n=b X=X"]],
    ],
    hypotheses: [
      ["more B=A n=d X=X A=B", "fewer B=B n=d X=X A=A"],
      ["more B=B n=d X=X A=A", "fewer B=A n=d X=X A=B"],
    ],
    other: ["XY", "AF", "BF"],
  },
  {
    id: "two_kinds",
    premises: [[["has_two A=A n=a X=X m=b Y=Y"]], [["has_two A=A n=b X=X m=a Y=Y"]]],
    hypotheses: [["more_of A=A X=X Y=Y", "fewer_of A=A X=Y Y=X"], ["more_of A=A X=Y Y=X", "fewer_of A=A X=X Y=Y"]],
    other: ["AB", "XZ", "YZ"],
  },
  {
    id: "one_kind",
    premises: [
      [["has_two A=A n=a X=X m=b Y=Y"], ["has_two A=A n=b X=Y m=a Y=X"]],
      [["has_two A=A n=b X=X m=a Y=Y"], ["has_two A=A n=a X=Y m=b Y=X"]],
    ],
    hypotheses: [["has A=A n=a X=X"], ["has A=A n=b X=X"]],
    other: ["AB", "XZ"],
  },
  {
    id: "none",
    premises: [
      [["has_none A=A X=X", "has A=A n=a X=Y"], ["has A=A n=a X=Y", "has_none A=A X=X"]],
      [["has_none A=A X=Y", START], [START, "has_none A=A X=Y"]],
    ],
    hypotheses: [
      ["has_none A=A X=X", "more_of A=A X=Y Y=X", "fewer_of A=A X=X Y=Y"],
      ["has_none A=A X=Y", "more_of A=A X=X Y=Y", "fewer_of A=A X=Y Y=X"],
    ],
    other: ["AB"],
  },
  {
    id: "likes",
    premises: [[["likes A=A X=Y", "has_none A=B X=X"]], [["likes A=A X=Y", "has A=B n=a X=X"]]],
    hypotheses: [["has_none A=B X=X"], ["has A=B n=a X=X"]],
    other: ["AB", "XY"],
  },
  {
    id: "place",
    premises: [
      [["is_in X=X C=C", "is_in X=Y C=D"], ["is_in X=Y C=D", "is_in X=X C=C"]],
      [["is_in X=X C=D", "is_in X=Y C=C"], ["is_in X=Y C=C", "is_in X=X C=D"]],
    ],
    hypotheses: [["is_in X=X C=C"], ["is_in X=X C=D"]],
    other: ["XZ"],
  },
];

/** Every premise with every hypothesis of its frame, as sentences. */
export const NLI_SITUATIONS: readonly (readonly string[])[] = NLI_FRAMES.flatMap(({ premises, hypotheses }) =>
  premises.flat().flatMap((premise) => hypotheses.flat().map((hypothesis) => [...premise, hypothesis]))
);

/** The premise with two roles in each other's place: of someone else, or of other things. */
export function tellOther(premise: readonly string[], [one, other]: string): string[] {
  return premise.map((part) =>
    part.replace(/=([A-Z])/g, (all, role) => role === one ? `=${other}` : role === other ? `=${one}` : all)
  );
}
