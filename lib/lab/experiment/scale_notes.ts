/**
 * What a run at each scale takes and what it can show, in words: for the help, the terminal, the report and the docs.
 * @module
 */
import type { Scale } from "./types.ts";

const MICRO = "twelve minutes";

/** What the first experiment takes at each scale, on two cores that do nothing else; of `full` a plan says it. */
export const SCALE_TIMES: Readonly<Record<Exclude<Scale, "full">, string>> = {
  smoke: "half a minute",
  demo: "two minutes",
  micro: MICRO,
  small: "2.5 hours",
};

/** What one must know before reading a number. */
export interface ScaleNote {
  /** What such a run is. */
  readonly title: string;
  /** What it can and cannot show. */
  readonly text: string;
}

/** Scales whose numbers are not the lab's answer, with what they are instead. */
const NOTES: Readonly<Partial<Record<string, ScaleNote>>> = {
  smoke: {
    title: "A smoke run.",
    text:
      "Scale smoke only checks that every part runs: its models are far too small to score, and its numbers and " +
      "verdicts mean nothing. Leave out --scale smoke for results.",
  } satisfies ScaleNote,
  demo: {
    title: "A first look.",
    text:
      "Scale demo is a first look: micro's models, a tenth of micro's training from a bridge in closed form, fewer problems. " +
      "It can show a large difference, as an encoder before the LLM makes (LinguaLIFT against Mono-SFT), by an interval that " +
      "leaves out zero. It cannot show what Language-Align adds to a bridge in closed form in so few steps, nor how good a " +
      "system gets, as most of the task is still unlearned, nor answer for the paper: a conclusion that holds here or does " +
      `not may turn out otherwise at scale micro (${MICRO}), whose verdicts count instead of these.`,
  },
};

/** What is to be said with every number of a scale; nothing where its verdicts are the lab's answer to the paper. */
export function scaleNote(scale: string): ScaleNote | undefined {
  return Object.hasOwn(NOTES, scale) ? NOTES[scale] : undefined;
}

/** Whether it is the scale of a first look, whose reader is told what it shows. */
export function isFirstLook(scale: string): boolean {
  return scale === "demo";
}
