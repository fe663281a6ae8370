/**
 * Code-switching (LinguaLIFT Section 3.2, ratio and parts of speech as in Section 6.2 and Table 18): in an English
 * sentence, a given ratio of the words that have a translation is replaced by it. Names, numbers and dates stay (A.1).
 *
 * The paper leaves stop words out of its lexicon (3.2) and yet switches pronouns, adpositions and auxiliaries (D.3);
 * here stop words are switched unless `stop_words` is "keep". The paper does not say of what the ratio is a ratio; here
 * it is of the words that could be switched. Nor does it say what becomes of the spaces of English: a word of a
 * language that writes none loses them here, as no running text of that language has them (`isWrittenClose`); a space
 * before an English word stays.
 *
 * Which words go is decided by one priority per token, drawn from the stream whatever the settings. So with the same
 * stream a higher ratio switches a superset, and two languages or lexicons prefer the same words.
 * @module
 */
import { UserError } from "../errors.ts";
import type { Stream } from "../random.ts";
import { type Lexicon, lookUp, type Translation } from "./lexicon.ts";
import type { Fixed, Pos, TaggedToken } from "./pos.ts";
import { isWrittenClose } from "./segment.ts";

/** The parts of speech of the paper's Table 18 (conjunctions of both kinds); determiners are not among them. */
export const PAPER_POS = [
  "NOUN",
  "VERB",
  "ADP",
  "PRON",
  "ADJ",
  "CCONJ",
  "SCONJ",
  "AUX",
  "ADV",
] as const satisfies readonly Pos[];

/** Settings of {@link codeSwitch}. */
export interface SwitchOptions {
  /** Share of the switchable words that is switched, 0 to 1. Rounded at random to whole words, fairly. */
  ratio: number;
  /** Parts of speech that may be switched. Default {@link PAPER_POS}. */
  pos?: readonly Pos[];
  /** "keep" never switches stop words. Default "switch". */
  stop_words?: "switch" | "keep";
  /** A word's best translation, or one drawn with the weights as odds. Default "best". */
  choice?: "best" | "sample";
  /** Whether a word that the lexicon lacks may take its lemma's translation. Default true. */
  lemma?: boolean;
}

/** Why a token was kept. */
export type KeptWhy =
  | Fixed
  | "sign"
  | "part of speech"
  | "stop word"
  | "contraction"
  | "no translation"
  | "ratio";

/** What became of one token of the English text. */
export interface SwitchSpan {
  /** The English token, its tag, and its UTF-16 offsets in the English text. */
  readonly token: TaggedToken;
  /** What stands in the switched text, and where. */
  readonly output: string;
  readonly start: number;
  readonly end: number;
  /** The translation taken, and by which form of the word it was found. */
  readonly switched?: Translation & { readonly match: "form" | "lemma" };
  /** Set when the token was not switched. */
  readonly kept?: KeptWhy;
}

/** A code-switched text with the story of each token. */
export interface CodeSwitched {
  readonly text: string;
  readonly language: string;
  readonly spans: readonly SwitchSpan[];
  /** How many tokens could have been switched, and how many were. */
  readonly eligible: number;
  readonly switched: number;
}

/** A token with its draws and, when it can be switched, its translations. */
interface Candidate {
  readonly token: TaggedToken;
  readonly priority: number;
  readonly draw: number;
  readonly why?: KeptWhy;
  readonly found?: { translations: readonly Translation[]; match: "form" | "lemma" };
}

/**
 * Switches words of an English text into the lexicon's language.
 *
 * @param text the English text
 * @param tokens its tokens from `tag(text)`; tag once, switch into many languages
 * @param random moved on by the same amount for every language, ratio and lexicon
 * @throws {UserError} if the ratio is not in [0, 1]
 */
export function codeSwitch(
  text: string,
  tokens: readonly TaggedToken[],
  lexicon: Lexicon,
  options: SwitchOptions,
  random: Stream,
): CodeSwitched {
  if (!(options.ratio >= 0 && options.ratio <= 1)) {
    throw new UserError(`Cannot code-switch: ratio is ${options.ratio}, expected 0 to 1`);
  }
  const rounding = random.uniform();
  const candidates = tokens.map((token, at): Candidate => {
    const draws = { token, priority: random.uniform(), draw: random.uniform() };
    const why = whyKept(tokens, at, options);
    if (why !== undefined) return { ...draws, why };
    const lemma = options.lemma ?? true ? token.lemma : undefined;
    const found = lookUp(lexicon, token.text, { lemma, pos: token.pos });
    return found === undefined ? { ...draws, why: "no translation" } : { ...draws, found };
  });

  const eligible = candidates.filter(({ found }) => found !== undefined);
  const wanted = Math.floor(options.ratio * eligible.length + rounding);
  const chosen = new Set(eligible.sort((a, b) => a.priority - b.priority).slice(0, wanted));

  const spans: SwitchSpan[] = [];
  let out = "";
  let at = 0;
  for (const candidate of candidates) {
    const { token, found, why } = candidate;
    const isSwitched = found !== undefined && chosen.has(candidate);
    const gap = text.slice(at, token.start);
    out += gap === " " && losesSpace(spans.at(-1), token, isSwitched, lexicon.language) ? "" : gap;
    at = token.end;
    const start = out.length;
    if (isSwitched) {
      const translation = options.choice === "sample"
        ? sample(found.translations, candidate.draw)
        : found.translations[0]!;
      out += likeCase(translation.text, token.text);
      const switched = { ...translation, match: found.match };
      spans.push({ token, output: out.slice(start), start, end: out.length, switched });
    } else {
      out += token.text;
      spans.push({ token, output: token.text, start, end: out.length, kept: why ?? "ratio" });
    }
  }
  out += text.slice(at);
  return { text: out, language: lexicon.language, spans, eligible: eligible.length, switched: chosen.size };
}

/** Whether the space before a token goes: before a switched word, and between one and a number, as its language writes. */
function losesSpace(
  before: SwitchSpan | undefined,
  token: TaggedToken,
  isSwitched: boolean,
  language: string,
): boolean {
  if (before === undefined) return false;
  if (isSwitched) return isWrittenClose(language, kindOf(before.output));
  const kind = kindOf(token.text);
  return before.switched !== undefined && kind === "number" && isWrittenClose(language, kind);
}

function kindOf(text: string): "word" | "number" | "sign" {
  return /\p{L}/u.test(text) ? "word" : /\p{N}/u.test(text) ? "number" : "sign";
}

/** Why the token can not be switched whatever the lexicon; undefined when it can. */
function whyKept(tokens: readonly TaggedToken[], at: number, options: SwitchOptions): KeptWhy | undefined {
  const token = tokens[at]!;
  if (token.fixed !== undefined) return token.fixed;
  if (!/\p{L}/u.test(token.text)) return "sign";
  if (isContracted(tokens, at)) return "contraction";
  if (!(options.pos ?? PAPER_POS).includes(token.pos)) return "part of speech";
  if (options.stop_words === "keep" && token.isStopWord) return "stop word";
  return undefined;
}

/** Whether a token is written together with its neighbour ("does" and "n't"); a possessive 's leaves its noun free. */
function isContracted(tokens: readonly TaggedToken[], at: number): boolean {
  const before = tokens[at - 1], token = tokens[at]!, after = tokens[at + 1];
  const touches = (a: TaggedToken | undefined, b: TaggedToken | undefined) =>
    a !== undefined && b !== undefined && a.end === b.start && isWordLike(a.text) && isWordLike(b.text);
  if (touches(before, token)) return true;
  return after !== undefined && touches(token, after) &&
    !(after.pos === "PART" && /^['\u2019]s?$/u.test(after.text));
}

function isWordLike(text: string): boolean {
  return /^['\u2019]?[\p{L}\p{N}]/u.test(text);
}

/** One translation, with weights as odds; `draw` is uniform in [0, 1). */
function sample(translations: readonly Translation[], draw: number): Translation {
  let left = draw * translations.reduce((sum, { weight }) => sum + weight, 0);
  return translations.find(({ weight }) => (left -= weight) < 0) ?? translations.at(-1)!;
}

/** Writes a translation as the English word was: all capitals, a capital first, or as the lexicon has it. */
function likeCase(translation: string, english: string): string {
  if (english.length > 1 && /^\p{Lu}+$/u.test(english)) return translation.toUpperCase();
  // The pronoun "I" is always a capital, which says nothing about its place.
  if (!/^\p{Lu}/u.test(english) || english === "I") return translation;
  const [first = ""] = translation;
  return first.toUpperCase() + translation.slice(first.length);
}
