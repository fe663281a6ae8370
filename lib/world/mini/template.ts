/**
 * Sentence templates of the mini world: a whole sentence in one language with slots for names (`{A}`, `{B}`), nouns (`{X}`
 * and the like) and numbers (`{n}`, `{m}`). data/world/README.md describes the notation.
 * @module
 */
import { atLeast } from "../../checked.ts";
import { UserError } from "../../errors.ts";

/** Where something is filled in. */
export type Slot =
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
  const [, key, column, number, grammaticalCase, choice] = atLeast(match, 2);
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

/** Whether a slot's letter stands for a number. */
export function isNumberSlot(key: string): boolean {
  return NUMBER.test(key);
}
