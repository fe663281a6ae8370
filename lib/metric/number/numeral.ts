/**
 * A numeral: a run of digits with its separators, as every language groups and points it. The run is read as a whole or
 * not at all, so that "1.2.3" and "12,345,67" are no numbers instead of two.
 * @module
 */
import { match } from "./sticky.ts";

/** No digit follows, nor a separator with one. */
const END = String.raw`(?!\d|[.,'’]\d)`;
const NARROW = String.raw`\u00A0\u2009\u202F`;
/** What a person never counts to, and a model that repeats itself does. */
const MAX_LENGTH = 300;

const sticky = (body: string) => new RegExp(`(?:${body})${END}`, "y");
/** 1 234 567,89 with one and the same space throughout */
const groupsOf = (space: string) => sticky(String.raw`[1-9]\d{0,2}([${space}])\d{3}(?:\1\d{3})*(?:[.,]\d+)?`);
const NARROW_GROUPS = groupsOf(NARROW), SPACE_GROUPS = groupsOf(`${NARROW} `);
const PLAIN = sticky(String.raw`\d+(?:\.\d+)?|\.\d+`);
/** 1,234.5 and 1,00,000.5 */
const COMMA_GROUPS = sticky(
  String.raw`[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?|[1-9]\d?(?:,\d{2})+,\d{3}(?:\.\d+)?`,
);
/** 1'234.50 or 1'234,50 */
const APOSTROPHE_GROUPS = sticky(String.raw`[1-9]\d{0,2}(?:['’]\d{3})+(?:[.,]\d+)?`);
/** 1.234.567 and 1.234,50; "1.234" alone has a decimal point. */
const POINT_GROUPS = sticky(String.raw`[1-9]\d{0,2}(?:(?:\.\d{3}){2,}(?:,\d+)?|\.\d{3},\d+)`);
const DECIMAL_COMMA = sticky(String.raw`\d+,\d+`);
/** 1,2,3: too short for groups, so that each is a number. */
const LIST = sticky(String.raw`\d{1,2}(?:,[1-9]\d?){2,}`);
const RUN = /\.?\d+(?:[.,'’]\d+)*/y;

const pointed = (written: string) => written.replace(",", ".");
/** In the order in which they are tried, each with what makes digits and a point of it. */
const FORMS: readonly (readonly [RegExp, (written: string) => string])[] = [
  [PLAIN, (written) => written],
  [COMMA_GROUPS, (written) => written.replaceAll(",", "")],
  [POINT_GROUPS, (written) => pointed(written.replaceAll(".", ""))],
  [APOSTROPHE_GROUPS, (written) => pointed(written.replace(/['’]/g, ""))],
  [DECIMAL_COMMA, pointed],
];

/** What stands at a place: digits with at most one point; null for a run that is no numeral; several for a list. */
export interface Numeral {
  readonly end: number;
  readonly decimals: readonly (string | null)[];
}

/** The numeral that starts at `at`, where a digit or a decimal point stands. `spaces`: "12 345" is one. */
export function readNumeral(text: string, at: number, spaces: boolean): Numeral {
  const groups = written(spaces ? SPACE_GROUPS : NARROW_GROUPS, text, at);
  if (groups !== null) return numeral(at, groups, pointed(groups.replace(/\s/g, "")));
  for (const [form, decimal] of FORMS) {
    const found = written(form, text, at);
    if (found !== null) return numeral(at, found, decimal(found));
  }
  const list = written(LIST, text, at);
  if (list !== null) return { end: at + list.length, decimals: list.split(",") };
  return { end: at + written(RUN, text, at)!.length, decimals: [null] };
}

function numeral(at: number, { length }: string, decimal: string): Numeral {
  return { end: at + length, decimals: [length > MAX_LENGTH ? null : decimal] };
}

function written(form: RegExp, text: string, at: number): string | null {
  return match(form, text, at)?.[0] ?? null;
}
