/**
 * A word problem of the mini world: a template filled with people, nouns and numbers, the same in every language, and
 * its text in one of them.
 * @module
 */
import { atLeast } from "../../checked.ts";
import type { Stream } from "../../random.ts";
import type { Language } from "./language.ts";
import { ANIMALS, SLOT_NOUNS } from "./nouns.ts";
import { calculate, NUMBERS } from "./problem_numbers.ts";
import type { ProblemPair, ProblemType } from "./problem_types.ts";
import { type Binding, render, sentenceOf } from "./sentence.ts";
import type { StoryType } from "./story_types.ts";

/** A filled template; languages differ only in its text. */
export interface Problem {
  readonly type: ProblemType;
  /** People (index of a name), nouns (English lemma) and numbers by role: A B, X Y C P M, a b c. */
  readonly roles: Binding;
  /** The calculations with their results, in order. */
  readonly steps: readonly string[];
  readonly answer: number;
}

/** Draws people, nouns and numbers for a story; the answer is none of the numbers that the question shows. */
export function drawStory(type: StoryType, s: Stream): Problem {
  const roles = drawRoles(type.sentences, s);
  for (;;) {
    const numbers = type.numbers(s);
    const problem = solve(type, { ...roles, ...numbers });
    if (!Object.values(numbers).includes(problem.answer)) return problem;
  }
}

/** Both problems of a minimal pair, with the same people, nouns and numbers. */
export function drawPair({ types }: ProblemPair, s: Stream): readonly [Problem, Problem] {
  const roles = { ...drawRoles([], s), ...s.pick(NUMBERS) };
  return [solve(types[0], roles), solve(types[1], roles)];
}

/** Two people and a noun for each role. */
export function drawRoles(sentences: readonly string[], s: Stream): Binding {
  const [A, B] = atLeast(s.shuffle([...Array(16).keys()]), 2);
  const things = sentences.some((one) => one.startsWith("farm ")) ? ANIMALS : SLOT_NOUNS.X!;
  const usesMoney = sentences.some((one) => / M=/.test(one));
  const [X, Y] = atLeast(s.shuffle(things.filter((lemma) => !usesMoney || lemma !== "coin")), 2);
  return { A, B, X, Y, C: s.pick(SLOT_NOUNS.C!), P: s.pick(SLOT_NOUNS.P!), M: s.pick(SLOT_NOUNS.M!) };
}

/** Works out the steps of a filled template. */
function solve(type: ProblemType, roles: Binding): Problem {
  let result = 0;
  const valueOf = (letter: string) => letter === "r" ? result : Number(roles[letter]);
  const steps = type.steps.map(([left, operator, right]) => {
    const [a, b] = [valueOf(left), valueOf(right)];
    result = calculate(a, operator, b);
    return `${a} ${operator} ${b} = ${result}`;
  });
  return { type, roles, steps, answer: result };
}

/** The question in `language`. */
export function questionText(language: Language, problem: Problem): string {
  return renderParts(language, problem.type.sentences, problem.roles);
}

/** Sentences written as "id slot=role ...", joined as the language joins sentences. */
export function renderParts(language: Language, parts: readonly string[], roles: Binding): string {
  return parts.map((part) => renderPart(language, part, roles)).join(language.joiner);
}

/**
 * The step-by-step solution in `language`: "5 + 3 = 8. The answer is 8." Where one person's number is told by another's,
 * it first puts the known number in the place of its owner's name, as one writes an equation, and then solves it:
 * "Ann = 6. Ben = 6 × 3 = 18." (Ben has 3 times as many as Ann), "Ann = 6. 6 = Ben × 3. Ben = 6 ÷ 3 = 2." (Ann has 3
 * times as many as Ben). Without it a small LLM does not learn who is compared with whom (docs/log.md).
 */
export function solutionText(language: Language, problem: Problem): string {
  const answer = render(language, sentenceOf(language, "answer"), { n: problem.answer });
  return [...equations(language, problem).map((one) => `${one}.`), answer].join(" ");
}

const COMPARED = { more: "+", fewer: "-", times: "×" } as const;

/** The steps, with the people whose numbers they are where two are compared. */
function equations(language: Language, { type: { sentences }, roles, steps }: Problem): readonly string[] {
  const comparison = sentences.map(parsePart).find(({ id }) => id in COMPARED);
  if (comparison === undefined) return steps;
  const { id, slots: { B: subject = "", A: standard = "" } } = comparison;
  const start = sentences.map(parsePart).find((part) => part.id === "has")?.slots.A;
  const isTurned = subject === start;
  const [known, found] = isTurned ? [subject, standard] : [standard, subject];
  const name = (role: string) => render(language, [{ kind: "form", key: role, column: null }], roles);
  const [first, ...later] = atLeast(steps, 1);
  return [
    `${name(known)} = ${roles.a}`,
    ...(isTurned ? [`${roles.a} = ${name(found)} ${COMPARED[id as keyof typeof COMPARED]} ${roles.b}`] : []),
    `${name(found)} = ${first}`,
    ...later,
  ];
}

/** A sentence's id, and the role in each of its slots. */
export interface Part {
  readonly id: string;
  readonly slots: Readonly<Record<string, string>>;
}

/** A part written as "id slot=role ...". */
export function parsePart(part: string): Part {
  const [id, ...pairs] = atLeast(part.split(" "), 1);
  return { id, slots: Object.fromEntries(pairs.map((pair) => atLeast(pair.split("="), 2))) };
}

/** A sentence written as "id slot=role ...", e.g. "gives A=A n=b X=X B=B". */
function renderPart(language: Language, part: string, roles: Binding): string {
  const { id, slots } = parsePart(part);
  const binding = Object.fromEntries(Object.entries(slots).map(([slot, role]) => [slot, roles[role]!]));
  return render(language, sentenceOf(language, id), binding);
}
