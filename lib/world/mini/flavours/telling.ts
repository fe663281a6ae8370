/**
 * The ways to tell a problem of the mini world in English that its templates do not have: as a condition, with the question
 * first, from the other person's side, with a number left out, and with its answer as a statement.
 * @module
 */
import { isQuestion } from "../partition.ts";
import { parsePart, type Problem, renderParts } from "../problem.ts";
import { ENGLISH, mayBeLearned } from "./seed.ts";

/** The sentences before the question, each as a text. @param unknown the role whose number is written as "x" */
export function statements({ type, roles }: Problem, unknown?: string): string[] {
  return type.sentences.filter((part) => !isQuestion(part)).map((part) => {
    const text = renderParts(ENGLISH, [part], roles);
    return parsePart(part).slots.n === unknown ? text.replace(/\d+/, "x") : text;
  });
}

/** The question. */
export function asked({ type, roles }: Problem): string {
  return renderParts(ENGLISH, type.sentences.filter(isQuestion), roles);
}

/** "If Anna has 5 apples and Anna buys 3 apples, how many apples does Anna have now?" */
export function asCondition(problem: Problem): string {
  const clauses = statements(problem).map((text) => inside(text.slice(0, -1)));
  const last = clauses.pop()!;
  const told = clauses.length === 0 ? last : `${clauses.join(", ")} and ${last}`;
  return `If ${told}, ${inside(asked(problem))}`;
}

/** "How many apples does Anna have now? Anna has 5 apples. Anna buys 3 apples." */
export function questionFirst(problem: Problem): string {
  return [asked(problem), ...statements(problem)].join(" ");
}

const NAMES = new Set(ENGLISH.names.map((name) => name.forms.get("nom")));

/** A sentence in the middle of another: only a name keeps its capital. */
function inside(text: string): string {
  const [first = ""] = text.split(" ");
  return NAMES.has(first) ? text : text.slice(0, 1).toLowerCase() + text.slice(1);
}

/** A sentence from the other person's side, which says the same: its id, and whether A and B change their slots. */
const CONVERSE: Readonly<Record<string, string>> = {
  gives: "gets_from",
  gets_from: "gives",
  more: "fewer",
  fewer: "more",
};

/**
 * The same problem from the other person's side: who gives and who gets, who has more and who has fewer. The same problem
 * where nothing can be turned, or where what comes out is set aside for development or test.
 */
export function fromOtherSide(problem: Problem): Problem {
  const sentences = problem.type.sentences.map((part) => {
    const { id, slots } = parsePart(part);
    const other = CONVERSE[id];
    if (other === undefined) return part;
    return `${other} A=${slots.B} n=${slots.n} X=${slots.X} B=${slots.A}`;
  });
  if (sentences.every((part, i) => part === problem.type.sentences[i])) return problem;
  const told = { ...problem, type: { ...problem.type, sentences } };
  return mayBeLearned(told) ? told : problem;
}

/** The answer as a statement, by the question. */
const ANSWERED: Readonly<Record<string, (of: Record<string, string>, n: number) => string>> = {
  q_now: ({ A, X }, n) => `Now ${A} has ${n} ${X}.`,
  q_left: ({ A, X }, n) => `Now ${A} has ${n} ${X}.`,
  q_has: ({ A, X }, n) => `${A} has ${n} ${X}.`,
  q_together: ({ A, B, X }, n) => `${A} and ${B} have ${n} ${X} together.`,
  q_more: ({ A, B, X }, n) => `${A} has ${n} more ${X} than ${B}.`,
  q_all: ({ X }, n) => `There are ${n} ${X} in all.`,
  q_each_person: ({ P, X }, n) => `Each ${P} gets ${n} ${X}.`,
  q_each_box: ({ C, X }, n) => `There are ${n} ${X} in each ${C}.`,
};

/** "Now Anna has 8 apples." in place of "How many apples does Anna have now?" */
export function asStatement({ type, roles, answer }: Problem): string {
  const { id, slots } = parsePart(type.sentences.find(isQuestion)!);
  const words = Object.fromEntries(
    Object.entries(slots).map(([slot, role]) => {
      const value = roles[role]!;
      if (typeof value === "number") return [slot, ENGLISH.names[value]!.forms.get("nom")!];
      return [slot, ENGLISH.nouns.get(value)!.forms.get(slot === "X" ? "other" : "one")!];
    }),
  );
  const say = ANSWERED[id];
  if (say === undefined) throw new TypeError(`internal: no statement for "${id}"`);
  return say(words, answer);
}
