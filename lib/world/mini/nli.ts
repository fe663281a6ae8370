/**
 * Premises with hypotheses (like MultiNLI and XNLI), from the same sentences as the word problems.
 * @module
 */
import { atLeast } from "../../checked.ts";
import { type Stream, stream } from "../../random.ts";
import { type Draw, NLI_LABELS, type NliItem, type NliLabel, type Split } from "../world.ts";
import { languageOf } from "./data.ts";
import { WORLD_SEED } from "./math.ts";
import { NLI_FRAMES, type NliFrame } from "./nli_frames.ts";
import { CONTAINERS, OBJECTS } from "./nouns.ts";
import { drawUntil, isTraining, situationKey, splitOf } from "./partition.ts";
import { renderParts } from "./problem.ts";
import type { Binding } from "./sentence.ts";

/** A premise, a hypothesis and their relation, before any language. */
interface Pair {
  readonly frame: NliFrame;
  readonly label: NliLabel;
  readonly hypothesis: string;
  readonly roles: Binding;
}

function sentencesOf({ frame, hypothesis }: Pair): string[] {
  return [...frame.premise, hypothesis];
}

function drawPair(frame: NliFrame, label: NliLabel, s: Stream): Pair {
  const [A, B] = atLeast(s.shuffle([...Array(16).keys()]), 2);
  const [X, Y, Z] = atLeast(s.shuffle([...OBJECTS]), 3);
  const [C, D] = atLeast(s.shuffle([...CONTAINERS]), 2);
  const b = s.int(3, 12);
  const a = b + s.int(3, 12);
  const result = frame.id === "fewer" || frame.id === "given" ? a - b : a + b;
  const wrong = (right: number) =>
    s.pick([-3, -2, -1, 1, 2, 3].map((by) => right + by).filter((n) => n >= 3 && n !== b));
  const numbers = {
    a,
    b,
    s: a + b,
    d: a - b,
    v: wrong(frame.id === "given" ? b : a),
    w: wrong(frame.id === "two_kinds" ? a : result),
  };
  return { frame, label, hypothesis: s.pick(frame[label]), roles: { A, B, X, Y, Z, C, D, ...numbers } };
}

function inSplit(pair: Pair, split: Split): boolean {
  const situation = { sentences: sentencesOf(pair), roles: pair.roles };
  return split === "train" ? isTraining(situation) : splitOf(situationKey(situation)) === split;
}

/** Labels in equal parts, premises of all kinds. */
function drawInSplit(split: Split, s: Stream, i: number, accept: (pair: Pair) => boolean): Pair {
  const label = NLI_LABELS[i % NLI_LABELS.length]!;
  return drawUntil(
    `${split} premises and hypotheses`,
    () => drawPair(s.pick(NLI_FRAMES), label, s),
    (one) => inSplit(one, split) && accept(one),
  );
}

/** Training pairs; the label of pair `i` goes round. */
export function nliInstructions(
  code: string,
  { seed, count, from = 0, split = "train" }: Draw & { readonly split?: Split },
): NliItem[] {
  return Array.from({ length: count }, (_, i) => {
    const pair = drawInSplit(split, stream(seed, "nli", split, from + i), from + i, () => true);
    return nliItem(`nli-${from + i}`, code, pair);
  });
}

/** The items of `xnli`; no two with the same situation. */
export function nliItems(
  code: string,
  { items = 250, split = "test" }: { readonly items?: number; readonly split?: "dev" | "test" } = {},
): NliItem[] {
  const s = stream(WORLD_SEED, "xnli", split);
  const seen = new Set<string>();
  return Array.from({ length: items }, (_, i) => {
    const keyOf = (pair: Pair) => situationKey({ sentences: sentencesOf(pair), roles: pair.roles });
    const pair = drawInSplit(split, s, i, (one) => !seen.has(keyOf(one)));
    seen.add(keyOf(pair));
    return nliItem(`xnli-${i}`, code, pair);
  });
}

function nliItem(id: string, code: string, { frame, label, hypothesis, roles }: Pair): NliItem {
  const language = languageOf(code);
  return {
    task: "nli",
    id,
    kind: frame.id,
    premise: renderParts(language, frame.premise, roles),
    hypothesis: renderParts(language, [hypothesis], roles),
    gold: label,
  };
}
