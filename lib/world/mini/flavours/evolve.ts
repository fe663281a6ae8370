/**
 * Problems evolved from a training problem (Evol-Instruct): an easier one with a step less or with small numbers and other
 * things, a harder one with an event more and so a step more. What is evolved belongs to training as everything does that is
 * learned: no run of its sentences is a situation that is set aside, and none tells a story that is held out.
 * @module
 */
import type { Stream } from "../../../random.ts";
import { SLOT_NOUNS } from "../nouns.ts";
import { drawUntil, isQuestion } from "../partition.ts";
import { parsePart, type Problem } from "../problem.ts";
import { NUMBERS } from "../problem_numbers.ts";
import type { Operator, Step } from "../story_types.ts";
import { mayBeLearned, numbersShown, problemOf, stepsOf } from "./seed.ts";

/** Numbers up to this are easy. */
const EASY = 20;

/** With the last event and its step left out; of one step the same story with small numbers and other things. */
export function easier(problem: Problem, s: Stream): Problem {
  return drawUntil(`an easier problem than "${problem.type.id}"`, () => {
    const shorter = withoutLast(problem);
    const numbers = s.pick(NUMBERS.filter(({ a }) => a <= EASY));
    const things = { X: s.pick(SLOT_NOUNS.X!), C: s.pick(SLOT_NOUNS.C!), P: s.pick(SLOT_NOUNS.P!) };
    // A shorter story may be set aside as it stands; with other numbers it is a third kind of easier problem.
    const isAsItStands = shorter !== null && s.uniform() < 0.5;
    return problemOf(
      (shorter ?? problem).type,
      isAsItStands ? problem.roles : { ...problem.roles, ...numbers, ...things },
    );
  }, isSound);
}

/** Without the last event, where the last step calculates with its number alone. */
function withoutLast({ type, roles }: Problem): Problem | null {
  const { id, sentences, steps } = type;
  const last = steps.at(-1)!;
  const isEvent = steps.length > 1 && last[0] === "r" && last[2] === "c";
  if (!isEvent) return null;
  const told = sentences.filter((part) => parsePart(part).slots.n !== "c");
  return problemOf({ id: `${id}_easier`, sentences: told, steps: steps.slice(0, -1) }, roles);
}

/** With an event more, which a step more reckons with; half the time with other numbers. */
export function harder(problem: Problem, s: Stream): Problem {
  return drawUntil(`a harder problem than "${problem.type.id}"`, () => {
    const type = withMore(problem, s.pick(["+", "-"]));
    const roles = { ...problem.roles, ...(s.uniform() < 0.5 ? {} : s.pick(NUMBERS)) };
    // What is shared out is a multiple of the shares.
    const d = type.steps.at(-1)![1] === "÷" ? Number(roles.b) * s.int(2, 6) : s.int(3, 12);
    return problemOf(type, { ...roles, d });
  }, isSound);
}

/** What someone does with `d` things; the same two sentences for each, so that the numbers do not tell which. */
const EVENTS = {
  "+": (who: string) => `buys_more A=${who} n=d X=X`,
  "-": (who: string) => `loses A=${who} n=d X=X`,
} as const;

function withMore({ type: { id, sentences, steps } }: Problem, change: "+" | "-"): Problem["type"] {
  const told = sentences.filter((part) => !isQuestion(part));
  const asks = sentences.find(isQuestion)!;
  const { id: question, slots } = parsePart(asks);
  const more = (parts: readonly string[], ask: string, operator: Operator): Problem["type"] => ({
    id: `${id}_harder`,
    sentences: [...parts, ask],
    steps: [...steps, ["r", operator, "d"]],
  });
  if (question === "q_each_person" || question === "q_each_box") {
    // Before the things are shared out: what is shared is what is there then.
    const [start = "", ...later] = told;
    const [first, ...rest] = steps;
    const [, operator, divisor] = first!;
    const own: Step[] = [["a", change, "d"], ["r", operator, divisor], ...rest];
    return { id: `${id}_harder`, sentences: [start, EVENTS[change]("A"), ...later, asks], steps: own };
  }
  if (question === "q_all") {
    const isOwned = told.some((part) => part.startsWith("has A=A"));
    return isOwned
      ? more([...told, EVENTS[change]("A")], "q_now A=A X=X", change)
      : more([...told, "has A=A n=d X=X"], asks, "+");
  }
  const who = slots.A!;
  const ask = question === "q_has" ? `q_now A=${who} X=X` : asks;
  return more([...told, EVENTS[change](who)], ask, change);
}

/** Whole results of at least 2, no two numbers of the text alike, an answer that the text does not show, and no leak. */
function isSound(problem: Problem): boolean {
  const shown = numbersShown(problem).map((letter) => Number(problem.roles[letter]));
  const results = stepsOf(problem).map(({ result }) => result);
  return results.every((result) => Number.isInteger(result) && result >= 2) &&
    new Set([...shown, problem.answer]).size === shown.length + 1 && mayBeLearned(problem);
}
