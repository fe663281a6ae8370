/**
 * What is trained on and what is tested: a partition of all situations by the hash of what they say.
 *
 * A situation is a run of sentences (of a problem: without the question) with its nouns and numbers. Its key leaves out
 * who the people are, so problems that differ only in names, and two questions about one situation, fall together. No
 * training text contains, as a run of its sentences, a situation whose key is set aside for development or test: everything
 * that makes training text asks `isTraining`. Single sentences with one number ("Anna has 5 apples.") are in all splits.
 * @module
 */
import { atLeast } from "../../checked.ts";
import { UserError } from "../../errors.ts";
import { sha256 } from "../../hash.ts";
import type { Split } from "../world.ts";
import { NLI_SITUATIONS } from "./nli_frames.ts";
import { PROBLEM_PAIRS } from "./problem_types.ts";
import type { Binding } from "./sentence.ts";
import { STORY_TYPES } from "./story_types.ts";

/** Ends of the splits on the unit line of hashes. */
const TRAIN_END = 0.7;
const DEV_END = 0.8;

/** Sentences as "id slot=role ..." and what fills the roles. */
export interface Situation {
  readonly sentences: readonly string[];
  readonly roles: Binding;
}

/** The situation's sentences, nouns and numbers; all people are one. */
export function situationKey({ sentences, roles }: Situation): string {
  return sentences.filter((part) => !isQuestion(part)).map((part) => {
    const [, ...pairs] = part.split(" ");
    const slots = pairs.sort().map((pair) => {
      const [slot, role] = atLeast(pair.split("="), 2);
      return /^[AB]$/.test(slot) ? slot : `${slot}=${roles[role]}`;
    });
    return [sayingOf(part), ...slots].join(" ");
  }).join("; ");
}

/** Whether a part is a question: of a problem (`q_`) or of a choice (`which_`). */
export function isQuestion(part: string): boolean {
  return /^(q|which)_/.test(part);
}

/** Which sentences in which order can be an item or a story; other runs of sentences need no partition. */
const ITEM_SHAPES = new Set([
  ...[...PROBLEM_PAIRS.flatMap(({ types }) => types), ...STORY_TYPES].map(({ sentences }) =>
    shapeOf(sentences)
  ),
  ...NLI_SITUATIONS.map(shapeOf),
]);

function shapeOf(sentences: readonly string[]): string {
  return sentences.filter((part) => !isQuestion(part)).map(sayingOf).join(" ");
}

/** The sentence's id; "now has" is "has", because it contains it in many languages ("Now Anna has 5 apples."). */
function sayingOf(part: string): string {
  const end = part.indexOf(" ");
  return (end < 0 ? part : part.slice(0, end)).replace("now_has", "has");
}

/** Where a key falls, uniformly in [0, 1) over keys. */
export function placeOf(key: string): number {
  return parseInt(sha256(`mini world: ${key}`).slice(0, 12), 16) / 2 ** 48;
}

/** The split that a key belongs to: 70 % train, 10 % dev, 20 % test. */
export function splitOf(key: string): Split {
  const place = placeOf(key);
  return place < TRAIN_END ? "train" : place < DEV_END ? "dev" : "test";
}

/** Whether a text may be trained on: every run of its sentences that could be an item belongs to training. */
export function isTraining({ sentences, roles }: Situation): boolean {
  const parts = sentences.filter((part) => !isQuestion(part));
  const sayings = parts.map(sayingOf);
  for (let from = 0; from < parts.length; from++) {
    for (let to = from + 1; to <= parts.length; to++) {
      if (!ITEM_SHAPES.has(sayings.slice(from, to).join(" "))) continue;
      if (splitOf(situationKey({ sentences: parts.slice(from, to), roles })) !== "train") return false;
    }
  }
  return true;
}

/**
 * Draws until `accept` agrees.
 * @throws {UserError} when `what` cannot be had: too many were asked for.
 */
export function drawUntil<T>(what: string, draw: () => T, accept: (one: T) => boolean): T {
  for (let attempt = 0; attempt < 20_000; attempt++) {
    const one = draw();
    if (accept(one)) return one;
  }
  throw new UserError(`Cannot make ${what}: there are not so many different ones`);
}
