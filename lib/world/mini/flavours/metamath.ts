/**
 * MetaMath's flavour (MetaMathQA; Yu et al., 2024, arXiv:2309.12284; meta-math/MetaMath@fe667b1): few problems, each in four
 * augmentations. Answer augmentation: the question with several solutions. Rephrasing: the problem told otherwise.
 * Self-verification: a number is x, the answer is a statement. FOBAR: a number is x, and the question is followed by its
 * answer. All end in "The answer is: ".
 *
 * Published: 395,000 rows of the 14,973 training problems of GSM8K and MATH, 26 rows a problem; 155,000 answers, 130,000
 * rephrased, 55,000 each of the other two (known from memory and from counts of samples, not from its paper's text, which is
 * not here). Ours: 10, 8, 4 and 4 rows of each problem; rephrasing by rule (as a condition, question first, from the other
 * person's side) where GPT-3.5 wrote; solutions that differ in the order of sums and in naming what is counted where it was
 * sampled, so that rows may repeat.
 * Not carried over: MATH's problems and formulas; its prompt, which names a task before and "Let's think step by step" after.
 * @module
 */
import { stream } from "../../../random.ts";
import { type Problem, questionText } from "../problem.ts";
import { undone, unknowns } from "./backward.ts";
import { type FlavourRow, placeIn } from "./row.ts";
import { ENGLISH, seedProblem } from "./seed.ts";
import { anotherWay, withColon } from "./solution.ts";
import { asCondition, asked, asStatement, fromOtherSide, questionFirst, statements } from "./telling.ts";

/** Rows of each kind that a problem has. */
const KINDS = { answer_augmented: 10, rephrased: 8, self_verified: 4, fobar: 4 } as const;
type Kind = keyof typeof KINDS;
const ROWS = (Object.keys(KINDS) as Kind[]).flatMap((kind) =>
  Array.from({ length: KINDS[kind] }, () => kind)
);

/** Row `i` of a seed. */
export function metamathRow(seed: number, i: number): FlavourRow {
  const { problem: at, row } = placeIn(ROWS.length, i);
  const problem = seedProblem(seed, at);
  const s = stream(seed, "metamath", i);
  const kind = ROWS[row]!;
  if (kind === "answer_augmented" || kind === "rephrased") {
    const told = kind === "rephrased" && s.uniform() < 0.5 ? fromOtherSide(problem) : problem;
    return {
      kind,
      question: kind === "rephrased"
        ? rephrased(told, told !== problem, s.uniform())
        : questionText(ENGLISH, told),
      solution: withColon(anotherWay(told, s), told.answer),
      gold: String(told.answer),
      problem: told,
    };
  }
  const unknown = s.pick(unknowns(problem));
  const x = String(problem.roles[unknown]);
  const told = statements(problem, unknown);
  const question = kind === "self_verified"
    ? [...told, asStatement(problem), "What is the value of unknown variable x?"]
    : [
      ...[...told, asked(problem), `If we know the answer to the above question is ${problem.answer},`],
      "what is the value of unknown variable x?",
    ];
  return {
    kind,
    question: question.join(" "),
    solution: withColon(undone(problem, unknown), x),
    gold: x,
    problem,
  };
}

/** Told otherwise; from the other side also as it stands. */
function rephrased(told: Problem, isTurned: boolean, chance: number): string {
  if (isTurned && chance < 1 / 3) return questionText(ENGLISH, told);
  return chance < 2 / 3 ? asCondition(told) : questionFirst(told);
}
