/**
 * Premises of the mini world with hypotheses that follow, contradict or do neither, in the notation of the problem
 * types. Numbers by role: a and b are drawn, `s` = a + b, `d` = a - b, `w` and `v` are wrong (near `s` or `d`, and near
 * `a`). The same kinds of hypothesis occur under different labels, so that the hypothesis alone says little.
 * @module
 */
import type { NliLabel } from "../world.ts";

/** Someone has exactly what is said, as in a word problem. */
export interface NliFrame extends Readonly<Record<NliLabel, readonly string[]>> {
  readonly id: string;
  readonly premise: readonly string[];
}

/** Roles: people A B, things X Y Z, containers C D, numbers a b s d w v; a > b > 2. */
export const NLI_FRAMES: readonly NliFrame[] = [
  {
    id: "bought",
    premise: ["has A=A n=a X=X", "buys_more A=A n=b X=X"],
    entailment: ["now_has A=A n=s X=X"],
    neutral: ["now_has A=A n=s X=Y", "likes A=A X=X", "now_has A=B n=s X=X"],
    contradiction: ["now_has A=A n=w X=X", "has_none A=A X=X"],
  },
  {
    id: "given",
    premise: ["has A=A n=a X=X", "gives A=A n=b X=X B=B"],
    entailment: ["now_has A=A n=d X=X", "gets_from A=B n=b X=X B=A"],
    neutral: ["now_has A=B n=d X=X", "likes A=B X=X", "gets_from A=B n=b X=Y B=A"],
    contradiction: ["now_has A=A n=w X=X", "gets_from A=B n=v X=X B=A"],
  },
  {
    id: "two_kinds",
    premise: ["has_two A=A n=a X=X m=b Y=Y"],
    entailment: ["has A=A n=a X=X", "has A=A n=b X=Y", "more_of A=A X=X Y=Y", "fewer_of A=A X=Y Y=X"],
    neutral: ["has A=B n=a X=X", "more_of A=B X=X Y=Y", "likes A=A X=Y", "fewer_of A=B X=Y Y=X"],
    contradiction: ["has A=A n=w X=X", "more_of A=A X=Y Y=X", "fewer_of A=A X=X Y=Y", "has_none A=A X=Y"],
  },
  {
    id: "none",
    premise: ["has_none A=A X=X", "has A=A n=a X=Y"],
    entailment: ["has_none A=A X=X", "more_of A=A X=Y Y=X", "fewer_of A=A X=X Y=Y"],
    neutral: ["has_none A=B X=X", "likes A=A X=X", "has A=B n=a X=Y"],
    contradiction: ["has A=A n=b X=X", "more_of A=A X=X Y=Y", "has_none A=A X=Y"],
  },
  {
    id: "likes",
    premise: ["likes A=A X=X", "has_none A=A X=X"],
    entailment: ["likes A=A X=X", "has_none A=A X=X"],
    neutral: ["likes A=B X=X", "has A=A n=a X=Y", "has_none A=A X=Y"],
    contradiction: ["has A=A n=a X=X", "more_of A=A X=X Y=Y"],
  },
  {
    id: "more",
    premise: ["has A=A n=a X=X", "more B=B n=b X=X A=A"],
    entailment: ["has A=B n=s X=X", "fewer B=A n=b X=X A=B"],
    neutral: ["has A=B n=s X=Y", "likes A=B X=X", "fewer B=A n=b X=Y A=B"],
    contradiction: ["has A=B n=w X=X", "fewer B=B n=b X=X A=A", "has_none A=B X=X"],
  },
  {
    id: "fewer",
    premise: ["has A=A n=a X=X", "fewer B=B n=b X=X A=A"],
    entailment: ["has A=B n=d X=X", "more B=A n=b X=X A=B"],
    neutral: ["has A=B n=d X=Y", "likes A=A X=X", "more B=A n=b X=Y A=B"],
    contradiction: ["has A=B n=w X=X", "more B=B n=b X=X A=A", "has_none A=A X=X"],
  },
  {
    id: "both",
    premise: ["has A=A n=a X=X", "has A=B n=b X=X"],
    entailment: ["more B=A n=d X=X A=B", "fewer B=B n=d X=X A=A"],
    neutral: ["more B=A n=d X=Y A=B", "likes A=B X=X", "has A=A n=a X=Y"],
    contradiction: ["fewer B=A n=d X=X A=B", "more B=B n=d X=X A=A", "has_none A=B X=X"],
  },
  {
    id: "handed",
    premise: ["gives A=A n=a X=X B=B"],
    entailment: ["gets_from A=B n=a X=X B=A"],
    neutral: ["gets_from A=B n=a X=Y B=A", "likes A=B X=X", "gives A=A n=a X=Y B=B"],
    contradiction: ["gets_from A=B n=v X=X B=A", "gives A=A n=v X=X B=B"],
  },
  {
    id: "place",
    premise: ["is_in X=X C=C", "is_in X=Y C=D"],
    entailment: ["is_in X=X C=C", "is_in X=Y C=D"],
    neutral: ["is_in X=Z C=C", "is_in X=Z C=D"],
    contradiction: ["is_in X=X C=D", "is_in X=Y C=C"],
  },
];
