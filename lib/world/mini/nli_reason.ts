/**
 * Why a hypothesis follows or not, as a small LLM can learn to write it before the label (as e-SNLI explains; Camburu et al.,
 * 2018, arXiv:1812.01193): what the premise says in the hypothesis's words, then both side by side, one thing after the other.
 *
 *     Tom has 15 pens. Tom gives 7 pens to Jane. | Now Tom has 22 pens.
 *     -> Now Tom has 8 pens. Tom Tom =, 8 22 ≠, pen pen =.
 *
 * In English whatever the item's language, as the labels are. Without it a mini LLM compares two sentences no better than chance
 * (docs/log.md, "Understanding").
 * @module
 */
import { atLeast } from "../../checked.ts";
import { languageOf } from "./data.ts";
import type { Language } from "./language.ts";
import { parsePart, type Part, renderParts } from "./problem.ts";
import { type Binding, citation, render } from "./sentence.ts";
import { isNumberSlot } from "./template.ts";

/** What a comparison says, where two differ in that alone. */
const SIGNS: Readonly<Record<string, string>> = {
  more: "+",
  fewer: "-",
  more_of: "+",
  fewer_of: "-",
  has_none: "0",
};

/** The one of several sentences that has most in common with the hypothesis; all in the notation of the frames. */
export function nearest(hypothesis: string, sentences: readonly string[]): string {
  const wanted = parsePart(hypothesis);
  const [first, ...others] = atLeast(sentences, 1);
  const distance = (sentence: string) => differing(parsePart(sentence), wanted).length;
  return others.reduce((best, one) => distance(one) < distance(best) ? one : best, first);
}

/** What the premise says, then what it says and what the hypothesis says, thing by thing. */
export function reasonText(says: string, hypothesis: string, roles: Binding): string {
  const english = languageOf("en");
  const [said, wanted] = [parsePart(says), parsePart(hypothesis)];
  const slots = Object.keys(wanted.slots).filter((slot) => slot in said.slots);
  const isCompared = wanted.id in SIGNS || said.id !== wanted.id;
  const compared = [...(isCompared ? [""] : []), ...slots].map((slot) => {
    const [one, other] = [said, wanted].map((part) => valueOf(english, part, slot, roles));
    return `${one} ${other} ${one === other ? "=" : "≠"}`;
  });
  return `${renderParts(english, [says], roles)} ${compared.join(", ")}.`;
}

/** The kind of sentence, named "", and the slots in which two parts differ, in the hypothesis's order. */
function differing(said: Part, wanted: Part): string[] {
  const slots = Object.keys(wanted.slots).filter((slot) => said.slots[slot] !== wanted.slots[slot]);
  return said.id === wanted.id ? slots : [...slots.filter((slot) => slot in said.slots), ""];
}

/** A slot's name, noun or number as it is cited; for the kind of sentence its sign, or the number that it tells. */
function valueOf(language: Language, { id, slots }: Part, slot: string, roles: Binding): string {
  if (slot === "") return SIGNS[id] ?? String(roles[slots.n!]);
  const role = slots[slot]!;
  const value = roles[role]!;
  if (isNumberSlot(slot)) return String(value);
  if (typeof value === "string") return citation(language, value);
  return render(language, [{ kind: "form", key: role, column: null }], roles);
}
