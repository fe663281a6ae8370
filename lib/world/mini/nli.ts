/**
 * Premises with hypotheses (like MultiNLI and XNLI), from the same sentences as the word problems. They come in threes:
 * items 3k, 3k + 1 and 3k + 2 have the same hypothesis, with a premise that it follows from, one that leaves it open and
 * one that it contradicts. The hypothesis alone says nothing about the label.
 * @module
 */
import { atLeast } from "../../checked.ts";
import { type Stream, stream } from "../../random.ts";
import { type Draw, NLI_LABELS, type NliItem, type NliLabel, type Split } from "../world.ts";
import { languageOf } from "./data.ts";
import { WORLD_SEED } from "./math.ts";
import { NLI_FRAMES, type NliFrame, tellOther } from "./nli_frames.ts";
import { CONTAINERS, OBJECTS } from "./nouns.ts";
import { nearest, reasonText } from "./nli_reason.ts";
import { drawUntil, isTraining, situationKey, splitOf } from "./partition.ts";
import { renderParts } from "./problem.ts";
import type { Binding } from "./sentence.ts";

/** A premise, a hypothesis and their relation, before any language. */
interface Pair {
  readonly frame: NliFrame;
  readonly label: NliLabel;
  readonly premise: readonly string[];
  readonly hypothesis: string;
  /** What the premise says of what the hypothesis is about. */
  readonly says: string;
  readonly roles: Binding;
}

function drawRoles(s: Stream): Binding {
  const [A, B, F] = atLeast(s.shuffle([...Array(16).keys()]), 3);
  const [X, Y, Z] = atLeast(s.shuffle([...OBJECTS]), 3);
  const [C, D] = atLeast(s.shuffle([...CONTAINERS]), 2);
  const b = s.int(3, 9);
  const a = 2 * b + s.int(1, 10);
  return { A, B, F, X, Y, Z, C, D, a, b, s: a + b, d: a - b };
}

/** What is told, before nouns and numbers. */
interface Plan {
  readonly frame: NliFrame;
  /** Which side the hypothesis is on, and which the premise that leaves it open would be on. */
  readonly sides: readonly [number, number];
  readonly wording: number;
}

/** A plan and, for the next three, its mirror image: after both, each label has had the same premises. */
function planThree(frame: NliFrame, s: Stream, isMirrored: boolean): Plan {
  const sides = [s.int(0, 1), s.int(0, 1)].map((side) => isMirrored ? 1 - side : side);
  return { frame, sides: [sides[0]!, sides[1]!], wording: s.int(0, 1) };
}

/** One hypothesis with a premise for each label, in the order of `NLI_LABELS`. */
function drawThree({ frame, sides: [side, otherSide], wording }: Plan, s: Stream): Pair[] {
  const roles = drawRoles(s);
  const hypothesis = s.pick(frame.hypotheses[side]!);
  const told = (at: number) => frame.premises[at]![wording % frame.premises[at]!.length]!;
  const other = s.pick(frame.other);
  const premises: Readonly<Record<NliLabel, readonly string[]>> = {
    entailment: told(side),
    neutral: tellOther(told(otherSide), other),
    contradiction: told(1 - side),
  };
  const says: Readonly<Record<NliLabel, string>> = {
    entailment: hypothesis,
    neutral: nearest(hypothesis, tellOther(frame.hypotheses[otherSide]!, other)),
    contradiction: nearest(hypothesis, frame.hypotheses[1 - side]!),
  };
  return NLI_LABELS.map((label) => ({
    ...{ frame, label, hypothesis, roles },
    premise: premises[label],
    says: says[label],
  }));
}

function situationOf({ premise, hypothesis, roles }: Pair) {
  return { sentences: [...premise, hypothesis], roles };
}

function keyOf(pair: Pair): string {
  return situationKey(situationOf(pair));
}

function drawInSplit(
  split: Split,
  plan: Plan,
  s: Stream,
  accept: (pair: Pair) => boolean = () => true,
): Pair[] {
  const belongs = (pair: Pair) =>
    split === "train" ? isTraining(situationOf(pair)) : splitOf(keyOf(pair)) === split;
  return drawUntil(
    `${split} premises with hypotheses "${plan.frame.id}"`,
    () => drawThree(plan, s),
    (three) => three.every((pair) => belongs(pair) && accept(pair)),
  );
}

/** Pairs `from` to `from + count` of an endless sequence; the label of pair `i` goes round. */
export function nliInstructions(
  code: string,
  { seed, count, from = 0, split = "train" }: Draw & { readonly split?: Split },
): NliItem[] {
  let [drawn, three]: [number, readonly Pair[]] = [-1, []];
  return Array.from({ length: count }, (_, at) => {
    const i = from + at;
    const round = Math.floor(i / NLI_LABELS.length);
    if (drawn !== round) {
      const planning = stream(seed, "nli", split, "plan", round >> 1);
      const plan = planThree(planning.pick(NLI_FRAMES), planning, round % 2 === 1);
      [drawn, three] = [round, drawInSplit(split, plan, stream(seed, "nli", split, round))];
    }
    return nliItem(`nli-${i}`, code, three[i % NLI_LABELS.length]!);
  });
}

/** The items of `xnli`; frames in turn, no situation in two threes. */
export function nliItems(
  code: string,
  { items = 250, split = "test" }: { readonly items?: number; readonly split?: "dev" | "test" } = {},
): NliItem[] {
  return benchmarkPairs(items, split).map((pair, i) => nliItem(`xnli-${i}`, code, pair));
}

/** Drawn once, rendered in many languages. */
const benchmarks = new Map<string, readonly Pair[]>();

function benchmarkPairs(items: number, split: "dev" | "test"): readonly Pair[] {
  const name = `${items} ${split}`;
  const known = benchmarks.get(name) ?? drawBenchmark(items, split);
  benchmarks.set(name, known);
  return known;
}

function drawBenchmark(items: number, split: "dev" | "test"): Pair[] {
  const s = stream(WORLD_SEED, "xnli", split);
  const seen = new Set<string>();
  const threes = Array.from({ length: Math.ceil(items / NLI_LABELS.length) }, (_, i) => {
    const frame = NLI_FRAMES[i % NLI_FRAMES.length]!;
    const visit = Math.floor(i / NLI_FRAMES.length);
    const planning = stream(WORLD_SEED, "xnli", split, "plan", frame.id, visit >> 1);
    const plan = planThree(frame, planning, visit % 2 === 1);
    const three = drawInSplit(split, plan, s, (one) => !seen.has(keyOf(one)));
    three.forEach((pair) => seen.add(keyOf(pair)));
    return three;
  });
  return threes.flat().slice(0, items);
}

function nliItem(id: string, code: string, pair: Pair): NliItem {
  const { frame, label, premise, hypothesis, says, roles } = pair;
  const language = languageOf(code);
  return {
    task: "nli",
    id,
    kind: frame.id,
    premise: renderParts(language, premise, roles),
    hypothesis: renderParts(language, [hypothesis], roles),
    reason: reasonText(says, hypothesis, roles),
    gold: label,
  };
}
