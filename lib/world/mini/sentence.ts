/**
 * Sentences of the mini world from their templates: the grammar of a language lives in its sentences and in the forms of
 * its nouns, not here.
 * @module
 */
import { UserError } from "../../errors.ts";
import type { Language } from "./language.ts";
import { pluralCategory } from "./plural.ts";
import { isNumberSlot, type Slot, type Template } from "./template.ts";

/** What fills a template: a name's index (0..15), a noun's English lemma, a number; keyed by the slot's letter. */
export type Binding = Readonly<Record<string, number | string>>;

/**
 * The sentence in `language`, its first letter upper-case where the script has case.
 * @throws {UserError} when the language lacks a form that the template asks for.
 */
export function render(language: Language, template: Template, binding: Binding): string {
  let text = "";
  for (const part of template) text += typeof part === "string" ? part : fill(language, part, binding);
  return upperFirst(text);
}

function fill(language: Language, slot: Slot, binding: Binding): string {
  const value = binding[slot.key];
  if (value === undefined) throw new Error(`Nothing bound to slot "${slot.key}"`);
  if (slot.kind === "number") return String(value);
  if (slot.kind === "choice") {
    const label = classOf(language, slot.key, value);
    const option = slot.options.find(([name]) => name === label);
    if (option !== undefined) return option[1];
    if (slot.otherwise !== null) return slot.otherwise;
    throw new UserError(`Cannot render ${language.code}: no text for class "${label}" of slot "${slot.key}"`);
  }
  if (slot.kind === "counted") {
    return counted(language, slot, value as string, binding[slot.number] as number);
  }
  const forms = typeof value === "number" ? language.names[value]!.forms : language.nouns.get(value)?.forms;
  const known = typeof value === "number" ? language.nameForms : language.nounForms;
  const form = forms?.get(slot.column ?? known[0] ?? "");
  if (form !== undefined) return form;
  throw new UserError(
    `Cannot render ${language.code}: "${value}" has no form "${slot.column}"; the columns are ${
      known.join(", ")
    }`,
  );
}

function counted(language: Language, slot: Slot & { kind: "counted" }, lemma: string, n: number): string {
  const forms = language.nouns.get(lemma)?.forms;
  const category = pluralCategory(language.code, n);
  const ending = slot.grammaticalCase === null ? [] : [slot.grammaticalCase];
  const candidates = [category, "other"].flatMap((name) => [...ending.map((e) => `${name}.${e}`), name]);
  for (const candidate of [...candidates, ...language.nounForms.slice(0, 1)]) {
    const form = forms?.get(candidate);
    if (form !== undefined) return form;
  }
  throw new UserError(`Cannot render ${language.code}: "${lemma}" has no form for ${n}`);
}

function classOf(language: Language, key: string, value: number | string): string {
  if (isNumberSlot(key)) return pluralCategory(language.code, Number(value));
  if (typeof value === "number") return language.names[value]!.gender;
  return language.nouns.get(value)?.class ?? "";
}

function upperFirst(text: string): string {
  const first = String.fromCodePoint(text.codePointAt(0) ?? 32);
  return first.toUpperCase() + text.slice(first.length);
}

/** A noun as a dictionary has it; "" where the language lacks it. */
export function citation({ nouns, nounForms }: Language, lemma: string): string {
  return nouns.get(lemma)?.forms.get(nounForms[0]!) ?? "";
}

/** The template of sentence `id`. @throws {UserError} when the language lacks it. */
export function sentenceOf(language: Language, id: string): Template {
  const template = language.sentences.get(id);
  if (template === undefined) throw new UserError(`Cannot render ${language.code}: no sentence "${id}"`);
  return template;
}
