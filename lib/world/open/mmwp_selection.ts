/**
 * The English problems of MMWP, chosen anew as far as the paper's Section 4 lets them be: "From the AsDiV official test
 * set, we randomly select 500 examples and another 500 from MAWPS, where all the problems require multiple steps to
 * solve, as described by Miao et al. (2020). We filter out duplicates and problems with non-numeric answers, resulting
 * in 811 examples."
 *
 * In that order here: problems of several steps, 500 drawn from each set, then the filter. What cannot be known, and
 * what is done instead:
 * - The draw: the paper gives no seed and no ids, so these are other problems, and not 811 (how many remain depends on
 *   the draw). Section 4's 811 is the paper's number, not the 800 of its Table 5 (38,400 = 48 x 800): its MMWP scores
 *   are shares of 811 (7.52 % is 61 of 811, and no share of 800).
 * - ASDiv's "official test set": it has none, only folds for cross-validation; all 2305 problems are drawn from.
 * - "Multiple steps": ASDiv annotates sub-operations of 351 of its 2305 problems (15 %, too few to draw 500 from; 32 more
 *   carry UnitTrans alone), MAWPS of none. A problem counts here if it is annotated so, or if its formula has two or more operations.
 * - "Non-numeric": what is not one plain number after its unit ("Mrs. Hilt", "12:5", "1/2") and, counted apart, several
 *   answers ("30 (degrees); 60 (degrees)").
 * - Not in the paper: a gold that contradicts its record's own equation is dropped (`equation.ts`; 10 of SingleEq do).
 * - "Duplicates": equal questions but for letter case, punctuation and white space; the first stays, ASDiv's before
 *   MAWPS's. Equal stories with other numbers are no duplicates.
 * - Which parts of MAWPS: all that are given.
 * @module
 */
import { stream } from "../../random.ts";
import { numericAnswer } from "./answer.ts";
import type { AsdivProblem } from "./asdiv.ts";
import type { MawpsProblem } from "./mawps.ts";
import { contradicts } from "./equation.ts";
import { countOperations } from "./operations.ts";

/** How many the paper draws from each set. */
export const DRAWN_EACH = 500;

/** Why a problem is not in the selection, in the order in which it is asked. */
export const REASONS = [
  "one step",
  "not drawn",
  "several answers",
  "no numeric answer",
  "contradicts its equation",
  "duplicate",
] as const;
/** Why a problem is left out. */
export type Reason = typeof REASONS[number];

/** An English problem of MMWP. */
export interface MmwpProblem {
  /** ASDiv's own id ("nluds-0031"), or part and index of MAWPS ("MultiArith-0"). */
  readonly id: string;
  readonly question: string;
  /** Canonical decimal. */
  readonly answer: string;
  /** Formula or equations as published, "; " between several. */
  readonly equation: string;
}

/** What became of a set's problems: `read` is the sum of the others. */
export interface SelectionCounts {
  readonly set: "ASDiv" | "MAWPS";
  readonly read: number;
  readonly rejected: Readonly<Record<Reason, number>>;
  readonly kept: number;
  /** Ids of the problems whose gold answer contradicts their equation. */
  readonly contradictions: readonly string[];
}

/** A problem before the selection. */
interface Candidate extends Omit<MmwpProblem, "answer"> {
  readonly hasSteps: boolean;
  readonly answers: readonly string[];
}

/**
 * The selection, in an order drawn at random, so that its first k problems are a sample of it.
 * @param options.seed of the draw; streams "mmwp"
 * @param options.each problems to draw from each set before the filter; all of a set that has fewer
 */
export function selectMmwp(
  asdiv: readonly AsdivProblem[],
  mawps: readonly MawpsProblem[],
  { seed, each = DRAWN_EACH }: { readonly seed: number; readonly each?: number },
): { problems: MmwpProblem[]; counts: SelectionCounts[] } {
  const seen = new Set<string>();
  const sets = [["ASDiv", asdiv.map(fromAsdiv)], ["MAWPS", mawps.map(fromMawps)]] as const;
  const parts = sets.map(([set, candidates]) => {
    const steps = candidates.filter(({ hasSteps }) => hasSteps);
    const drawn = stream(seed, "mmwp", set).shuffle(steps).slice(0, each);
    const rejected: Record<Reason, number> = {
      "one step": candidates.length - steps.length,
      "not drawn": steps.length - drawn.length,
      "several answers": 0,
      "no numeric answer": 0,
      "contradicts its equation": 0,
      duplicate: 0,
    };
    const contradictions: string[] = [];
    const kept = drawn.flatMap(({ id, question, equation, answers }): MmwpProblem[] => {
      const answer = numericAnswer(answers[0] ?? "");
      const key = comparable(question);
      const reason = answers.length > 1
        ? "several answers"
        : answer === null
        ? "no numeric answer"
        : contradicts(equation, answer)
        ? "contradicts its equation"
        : seen.has(key)
        ? "duplicate"
        : undefined;
      if (reason !== undefined) rejected[reason]++;
      if (reason === "contradicts its equation") contradictions.push(id);
      if (reason !== undefined || answer === null) return [];
      seen.add(key);
      return [{ id, question, answer, equation }];
    });
    return { kept, counts: { set, read: candidates.length, rejected, kept: kept.length, contradictions } };
  });
  return {
    problems: stream(seed, "mmwp", "order").shuffle(parts.flatMap(({ kept }) => kept)),
    counts: parts.map(({ counts }) => counts),
  };
}

function fromAsdiv({ id, body, question, subtypes, answer, formula }: AsdivProblem): Candidate {
  return {
    id,
    question: `${body} ${question}`.trim(),
    equation: formula,
    hasSteps: subtypes.length > 0 || countOperations(formula) > 1,
    answers: answer.split(";").filter((each) => each.trim() !== "").map((each) =>
      each.replace(/\([^()]*\)\s*$/, "").trim()
    ),
  };
}

function fromMawps({ id, question, equations, solutions }: MawpsProblem): Candidate {
  const equation = equations.join("; ");
  return { id, question, equation, hasSteps: countOperations(equation) > 1, answers: solutions };
}

/** A question's letters and digits alone. */
function comparable(question: string): string {
  return question.normalize("NFKC").toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
}
