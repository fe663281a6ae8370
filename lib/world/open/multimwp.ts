/**
 * MultiMWP (Gamage et al., 2025, IEEE/ACM TASLP): simple word problems, line-aligned in its languages, with an equation each.
 * Read strictly: what is not certain is left out and counted, since a wrong gold answer scores every system wrong.
 *
 * - A record whose equation is no calculation of numbers ("x = 6 = 12", "y = x - 20", "x = 05 + 3") is no problem here, nor
 *   one whose answer has more than two decimals.
 * - A language has a problem where its text has the numbers that the English text has; translators left some out, wrote
 *   some as words, and mistyped some. Digits of any script count.
 * @module
 */
import { must } from "../../checked.ts";
import { wholeNumber } from "../../metric/number.ts";
import { asciiDigits } from "../../metric/digits.ts";
import { sha256 } from "../../hash.ts";
import { type DataFolder, dataSet, readFrom } from "./catalog.ts";
import { calculate } from "./equation.ts";
import { checkLanguage, MULTIMWP_NAMES } from "./languages.ts";
import { checkCount, fail, type Source, textOf } from "./read.ts";
import type { LoadOptions } from "./types.ts";

/** A problem in one language. */
export interface MultiMwpProblem {
  /** "multimwp/12": the published line, the same problem in every language. */
  readonly id: string;
  readonly question: string;
  /** "9 - 7", operands and operators as published. */
  readonly expression: string;
  /** Canonical decimal. */
  readonly answer: string;
  /** The English text without names and numbers: problems of one template are the same problem to whoever cannot count. */
  readonly template: string;
}

/** Why records are not among a language's problems, and how many. */
export interface MultiMwpDropped {
  /** The equation is no calculation of numbers. */
  readonly noNumber: number;
  /** The answer has more than two decimals. */
  readonly inexact: number;
  /** The numbers of the text are not those of the English one. */
  readonly otherNumbers: number;
}

/** Lines of each file. */
const ROWS = 3160;
const EQUATIONS = "Simple-Equations.txt";

/** A part of the problems; a template lies in one of them. */
export type MultiMwpSplit = "train" | "dev" | "test";
/** Up to these shares of the templates, by their hash. */
const SHARES: readonly (readonly [MultiMwpSplit, number])[] = [["test", 0.4], ["dev", 0.5], ["train", 1]];

/** The problems in one language, and what was left out. */
export function loadMultiMwp(
  folder: DataFolder,
  language: string,
  options: LoadOptions = {},
): { readonly problems: readonly MultiMwpProblem[]; readonly dropped: MultiMwpDropped } {
  checkLanguage("MultiMWP", language, Object.keys(MULTIMWP_NAMES));
  const read = (file: string) => readFrom(folder, dataSet("multimwp"), [file]);
  const file = (code: string) => read(`Simple-${MULTIMWP_NAMES[code]}.txt`);
  const [english, equations] = [file("en"), read(EQUATIONS)];
  return parseMultiMwp({ text: language === "en" ? english : file(language), english, equations }, options);
}

/** What {@link loadMultiMwp} does with the files' content. @throws {UserError} when they have not the same lines */
export function parseMultiMwp(
  { text, english, equations }: {
    readonly text: Source;
    readonly english: Source;
    readonly equations: Source;
  },
  { partial = false }: LoadOptions = {},
): { readonly problems: readonly MultiMwpProblem[]; readonly dropped: MultiMwpDropped } {
  const lines = [text, english, equations].map((source) => alignedLines(source, partial));
  const [own, theirs, formulas] = lines as [string[], string[], string[]];
  for (const [at, source] of [text, english].entries()) {
    checkCount(source, lines[at]!.length, formulas.length);
  }
  const dropped = { noNumber: 0, inexact: 0, otherNumbers: 0 };
  const problems: MultiMwpProblem[] = [];
  formulas.forEach((formula, i) => {
    const expression = expressionOf(formula);
    const value = expression === undefined ? undefined : calculate(expression);
    if (expression === undefined || value === undefined) return dropped.noNumber++;
    const cents = Math.round(value * 100);
    if (Math.abs(value * 100 - cents) > 1e-6) return dropped.inexact++;
    if (numbersIn(own[i]!).sort().join() !== numbersIn(theirs[i]!).sort().join()) {
      return dropped.otherNumbers++;
    }
    problems.push({
      id: `multimwp/${i + 1}`,
      question: own[i]!,
      expression,
      answer: must(wholeNumber(String(cents / 100)) ?? undefined, "a number's canonical form"),
      template: templateOf(theirs[i]!),
    });
  });
  return { problems, dropped };
}

/** Which part a template is in: by its text alone, so that it is the same whatever else there is. */
export function splitOf({ template }: Pick<MultiMwpProblem, "template">): MultiMwpSplit {
  const at = parseInt(sha256(template).slice(0, 8), 16) / 2 ** 32;
  return SHARES.find(([, share]) => at < share)![0];
}

/** An English text without its names and numbers, in lower case. */
export function templateOf(english: string): string {
  return english.replace(NUMBER, "#").replace(/\b\p{Lu}[\p{L}\d_]*/gu, "N").toLowerCase()
    .split(/\s+/).filter((word) => word !== "").join(" ");
}

/** A number in digits of any script, with its separators. */
export const NUMBER = /\p{Nd}+(?:[.,]\p{Nd}+)*/gu;

/** The numbers of a text in ASCII digits, thousands not parted. */
export function numbersIn(text: string): string[] {
  return (text.match(NUMBER) ?? []).map((number) => asciiDigits(number).replace(/,(?=\d{3}(?!\d))/g, ""));
}

/** What "x = ..." calculates, with single spaces; undefined for all else. */
function expressionOf(formula: string): string | undefined {
  const [, right] = /^\s*x\s*=\s*([\d+\-*/(). ]+)$/i.exec(formula) ?? [];
  // "05" is no number that anybody writes: the record is damaged.
  if (right === undefined || /(?<![\d.])0\d/.test(right)) return undefined;
  return right.replace(/\s*([-+*/])\s*/g, " $1 ").replace(/\s+/g, " ").trim();
}

/** The lines of one of the files; the last has no line break in some. */
function alignedLines(source: Source, partial: boolean): string[] {
  const lines = textOf(source).replace(/\r?\n$/, "").split("\n").map((line) => line.trim());
  const blank = lines.indexOf("");
  if (blank >= 0) fail(source, blank + 1, "is empty, so that it is no line of the other languages' files");
  checkCount(source, lines.length, ROWS, partial);
  return lines;
}
