/**
 * Pre-training text: of one language, of many by share, and in pairs. Text `i` of a seed is the same situation in every
 * language.
 * @module
 */
import { atLeast } from "../../checked.ts";
import { UserError } from "../../errors.ts";
import { stream } from "../../random.ts";
import type { Draw, LanguageRow, TaggedText, TextPair } from "../world.ts";
import { languageOf, languages } from "./data.ts";
import { drawText, TEXT_KINDS, type TextKind } from "./narrative.ts";
import { renderParts } from "./problem.ts";

/** How much of each kind, as odds. */
export type TextMix = Readonly<Record<TextKind, number>>;
/** Shares of the kinds of text that plain text is made of. */
export const TEXT_MIX: TextMix = { sentence: 3, story: 3, chain: 2, question: 2 };

/** A draw of plain text; `mix` sets the odds of its kinds. */
export type TextDraw = Draw & { readonly mix?: TextMix };

function situationAt(seed: number, i: number, mix: TextMix) {
  const s = stream(seed, "text", i);
  let at = s.uniform() * TEXT_KINDS.reduce((sum, kind) => sum + mix[kind], 0);
  const kind = TEXT_KINDS.find((one) => (at -= mix[one]) < 0) ?? TEXT_KINDS[0];
  return drawText(kind, s);
}

/** Plain text of one language. */
export function monolingual(code: string, { seed, count, from = 0, mix = TEXT_MIX }: TextDraw): string[] {
  const language = languageOf(code);
  return Array.from({ length: count }, (_, i) => {
    const { sentences, roles } = situationAt(seed, from + i, mix);
    return renderParts(language, sentences, roles);
  });
}

/** The same texts in two languages. */
export function parallel(source: string, target: string, draw: TextDraw): TextPair[] {
  const [from, mix] = [draw.from ?? 0, draw.mix ?? TEXT_MIX];
  const [one, other] = [languageOf(source), languageOf(target)];
  return Array.from({ length: draw.count }, (_, i) => {
    const { sentences, roles } = situationAt(draw.seed, from + i, mix);
    return {
      id: `text-${from + i}`,
      source: renderParts(one, sentences, roles),
      target: renderParts(other, sentences, roles),
    };
  });
}

/** Shares of the LLM's pre-training text, each language's own. */
export interface LevelShares {
  readonly high: number;
  readonly medium: number;
  readonly low: number;
}

/**
 * The share of each language in an LLM's pre-training text, English taking what the others leave. The paper's levels
 * (B.1, after Llama 2): low-resource below 0.005 %, medium up to 0.1 %, high above.
 * @param rows the languages that have text
 * @throws {UserError} when a share is not of its level or nothing is left for English.
 */
export function languageShares(
  { high = 0.02, medium = 0.0005, low = 0.00002 }: Partial<LevelShares> = {},
  rows: readonly LanguageRow[] = languages(),
): ReadonlyMap<string, number> {
  if (!(low >= 0 && low < 0.00005 && medium >= 0.00005 && medium <= 0.001 && high > 0.001)) {
    throw new UserError(
      `Cannot share text as low ${low}, medium ${medium}, high ${high}: the paper's levels are below 0.00005, ` +
        "up to 0.001, and above",
    );
  }
  const others = rows.filter(({ code }) => code !== "en");
  const shares = new Map(others.map(({ code, level }) => [code, { low, medium, high }[level]]));
  const rest = 1 - [...shares.values()].reduce((sum, share) => sum + share, 0);
  if (rest <= 0) {
    throw new UserError(`Cannot give each high-resource language ${high}: nothing is left for English`);
  }
  return new Map([["en", rest], ...shares]);
}

/** Every language the same share: for the encoder. */
export function equalShares(codes = languages().map(({ code }) => code)): ReadonlyMap<string, number> {
  return new Map(codes.map((code) => [code, 1 / codes.length]));
}

/**
 * Texts of many languages in random order. Each language has its share of `count` rounded down, so that none has more
 * than its share; what is left over goes to the first. Different languages tell different texts.
 * @throws {UserError} when the shares do not sum to 1.
 */
export function mixed(shares: ReadonlyMap<string, number>, draw: TextDraw): TaggedText[] {
  const total = [...shares.values()].reduce((sum, share) => sum + share, 0);
  if (Math.abs(total - 1) > 1e-6) {
    throw new UserError(`Cannot mix languages: their shares sum to ${total}, not 1`);
  }
  const [first] = atLeast([...shares.keys()], 1);
  const counts = new Map([...shares].map(([code, share]) => [code, Math.floor(share * draw.count + 1e-9)]));
  const given = [...counts.values()].reduce((sum, n) => sum + n, 0);
  counts.set(first, (counts.get(first) ?? 0) + draw.count - given);
  const order = stream(draw.seed, "mixed", draw.from ?? 0).shuffle(
    [...counts].flatMap(([code, n]) => Array<string>(n).fill(code)),
  );
  return order.map((lang, i) => ({
    lang,
    text: monolingual(lang, { ...draw, from: (draw.from ?? 0) + i, count: 1 })[0]!,
  }));
}
