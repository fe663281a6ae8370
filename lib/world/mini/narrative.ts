/**
 * Plain text of the mini world, before any language: single sentences, little stories that end in what is the case
 * now, and questions without an answer. All of it from the training side of the partition; what a held-out problem tells
 * is never told, its sentences occur one by one.
 * @module
 */
import { atLeast } from "../../checked.ts";
import type { Stream } from "../../random.ts";
import { nounsFor } from "./check.ts";
import { languageOf } from "./data.ts";
import { drawUntil, isTraining, type Situation } from "./partition.ts";
import { drawStory } from "./problem.ts";
import { STORY_TYPES } from "./story_types.ts";
import { slotLetters } from "./template.ts";

/** Kinds of plain text. */
export const TEXT_KINDS = ["sentence", "story", "chain", "question"] as const;
export type TextKind = typeof TEXT_KINDS[number];

/** A text of one kind that may be trained on. */
export function drawText(kind: TextKind, s: Stream): Situation {
  return drawUntil(`a text of kind "${kind}"`, () => DRAW[kind](s), isTraining);
}

const DRAW: Readonly<Record<TextKind, (s: Stream) => Situation>> = {
  sentence: drawSentence,
  story: drawTold,
  chain: drawChain,
  question: (s) => {
    const { type, roles } = drawStory(s.pick(STORY_TYPES), s);
    return { sentences: type.sentences, roles };
  },
};

const SENTENCES = [...languageOf("en").sentences].map(([id, template]) => ({
  id,
  letters: slotLetters(template),
}));

/** Any sentence of the language, questions included. */
function drawSentence(s: Stream): Situation {
  const { id, letters } = s.pick(SENTENCES);
  const [A, B] = atLeast(s.shuffle([...Array(16).keys()]), 2);
  const roles: Record<string, number | string> = { A, B, n: s.int(3, 40), m: s.int(3, 40) };
  if (id === "times") roles.n = s.int(3, 9);
  const taken = new Set<string>();
  for (const letter of letters.filter((one) => !/[ABnm]/.test(one))) {
    const noun = s.pick(nounsFor(id, letter).filter((lemma) => !taken.has(lemma)));
    taken.add(noun);
    roles[letter] = noun;
  }
  return { sentences: [[id, ...letters.map((letter) => `${letter}=${letter}`)].join(" ")], roles };
}

/** What is the case in the end, by the problem's question; `r` is the answer. */
const ENDINGS: Readonly<Record<string, string>> = {
  q_now: "now_has A=A n=r X=X",
  q_left: "now_has A=A n=r X=X",
  q_has: "has A=B n=r X=X",
  q_more: "more B=A n=r X=X A=B",
  q_each_person: "each_person P=P n=r X=X",
  q_each_box: "in_each C=C n=r X=X",
};

/** The sentences of a story, and its answer as a statement where there is one. */
function drawTold(s: Stream): Situation {
  const { type, roles, answer } = drawStory(s.pick(STORY_TYPES), s);
  const question = type.sentences.at(-1)?.split(" ")[0] ?? "";
  const ending = ENDINGS[question];
  const statements = type.sentences.slice(0, -1);
  return {
    sentences: ending === undefined ? statements : [...statements, ending],
    roles: { ...roles, r: answer },
  };
}

const EVENTS = [
  { part: "buys_more A=A n=# X=X", sign: 1 },
  { part: "gets_from A=A n=# X=X B=B", sign: 1 },
  { part: "gives A=A n=# X=X B=B", sign: -1 },
  { part: "loses A=A n=# X=X", sign: -1 },
] as const;

/** Someone's things change two or three times, and each time it is said how many there are now. */
function drawChain(s: Stream): Situation {
  const [A, B] = atLeast(s.shuffle([...Array(16).keys()]), 2);
  const roles: Record<string, number | string> = { A, B, X: s.pick(nounsFor("buys", "X")), n0: s.int(3, 20) };
  const sentences = ["has A=A n=n0 X=X"];
  let now = Number(roles.n0);
  const events = s.int(2, 3);
  for (let i = 1; i <= events; i++) {
    const event = s.pick(EVENTS.filter(({ sign }) => sign > 0 ? now <= 37 : now >= 6));
    const change = event.sign > 0 ? s.int(3, Math.min(20, 40 - now)) : s.int(3, now - 3);
    now += event.sign * change;
    roles[`e${i}`] = change;
    roles[`n${i}`] = now;
    sentences.push(event.part.replace("#", `e${i}`), `now_has A=A n=n${i} X=X`);
  }
  return { sentences, roles };
}
