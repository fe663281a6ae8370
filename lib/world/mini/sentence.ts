/**
 * Sentence templates of the mini world: parsing and rendering. A template is a whole sentence in one language with
 * slots for names (`{A}`, `{B}`), nouns (`{X}` and the like) and numbers (`{n}`, `{m}`); the grammar of the language
 * lives in the sentence and in the nouns' forms, not here. data/world/README.md describes the notation.
 * @module
 */
import { UserError } from "../../errors.ts";
import type { Language } from "./language.ts";
import { pluralCategory } from "./plural.ts";

/** What fills a template: a name's index (0..15), a noun's English lemma, a number; keyed by the slot's letter. */
export type Binding = Readonly<Record<string, number | string>>;

type Slot =
  | { kind: "number"; key: string }
  | { kind: "form"; key: string; column: string | null }
  | { kind: "counted"; key: string; number: string; grammaticalCase: string | null }
  | {
    kind: "choice";
    key: string;
    options: readonly (readonly [string, string])[];
    otherwise: string | null;
  };

/** A parsed template: literal text and slots in turn. */
export type Template = readonly (string | Slot)[];

const NAME = /^[AB]$/;
const NOUN = /^[CMPXY]$/;
const NUMBER = /^[nm]$/;

/**
 * Parses `text`.
 * @throws {UserError} for a slot that is not in the notation.
 */
export function parseTemplate(text: string): Template {
  const parts = text.normalize("NFC").split(/(\{[^{}]*\})/).filter((part) => part !== "");
  return parts.map((part) => {
    if (/^\{.*\}$/.test(part)) return parseSlot(part);
    if (/[{}]/.test(part)) throw new UserError(`Cannot read sentence "${text}": a brace is not closed`);
    return part;
  });
}

function parseSlot(text: string): Slot {
  const match = /^\{([A-Za-z])(?:\.([\w.]+)|:([nm])(?:\.(\w+))?|\?(.*))?\}$/u.exec(text);
  const problem = (what: string) => new UserError(`Cannot read slot "${text}": ${what}`);
  if (match === null) {
    throw problem("expected {A}, {A.form}, {n}, {X}, {X.form}, {X:n}, {X:n.case} or {X?class=text|text}");
  }
  const [, key, column, number, grammaticalCase, choice] = match;
  if (!NAME.test(key) && !NOUN.test(key) && !NUMBER.test(key)) {
    throw problem(`"${key}" is no slot letter; names are A B, nouns X Y C P M, numbers n m`);
  }
  if (choice !== undefined) return { kind: "choice", key, ...parseChoice(choice) };
  if (NUMBER.test(key)) {
    if (column !== undefined || number !== undefined) throw problem("a number has no forms");
    return { kind: "number", key };
  }
  if (number !== undefined) {
    if (NAME.test(key)) throw problem("a name cannot be counted");
    return { kind: "counted", key, number, grammaticalCase: grammaticalCase ?? null };
  }
  return { kind: "form", key, column: column ?? null };
}

function parseChoice(text: string): { options: [string, string][]; otherwise: string | null } {
  const options: [string, string][] = [];
  let otherwise: string | null = null;
  for (const option of text.split("|")) {
    const at = option.indexOf("=");
    if (at < 0) otherwise = option;
    else {for (const label of option.slice(0, at).split(",")) {
        options.push([label.trim(), option.slice(at + 1)]);
      }}
  }
  return { options, otherwise };
}

/** The slot letters of a template, each once, sorted. */
export function slotLetters(template: Template): string[] {
  const letters = template.flatMap((part) => {
    if (typeof part === "string") return [];
    return part.kind === "counted" ? [part.key, part.number] : [part.key];
  });
  return [...new Set(letters)].sort();
}

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
  const forms = typeof value === "number" ? language.names[value].forms : language.nouns.get(value)?.forms;
  const form = forms?.get(
    slot.column ?? (typeof value === "number" ? language.nameForms : language.nounForms)[0],
  );
  if (form !== undefined) return form;
  const known = typeof value === "number" ? language.nameForms : language.nounForms;
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
  for (const candidate of [...candidates, language.nounForms[0]]) {
    const form = forms?.get(candidate);
    if (form !== undefined) return form;
  }
  throw new UserError(`Cannot render ${language.code}: "${lemma}" has no form for ${n}`);
}

function classOf(language: Language, key: string, value: number | string): string {
  if (NUMBER.test(key)) return pluralCategory(language.code, Number(value));
  if (typeof value === "number") return language.names[value].gender;
  return language.nouns.get(value)?.class ?? "";
}

function upperFirst(text: string): string {
  const first = String.fromCodePoint(text.codePointAt(0) ?? 32);
  return first.toUpperCase() + text.slice(first.length);
}

/** The template of sentence `id`. @throws {UserError} when the language lacks it. */
export function sentenceOf(language: Language, id: string): Template {
  const template = language.sentences.get(id);
  if (template === undefined) throw new UserError(`Cannot render ${language.code}: no sentence "${id}"`);
  return template;
}
