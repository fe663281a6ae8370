/**
 * How well `tag` does on sentences tagged by hand (`data/text/english_pos_gold.txt`): code-switching by part of speech
 * (Table 18, Figure 6) is only as good as the tags, so the report shows these figures beside it.
 * @module
 */
import { UserError } from "../errors.ts";
import { type Fixed, type Pos, tag } from "./pos.ts";

/** A token tagged by hand. */
export interface GoldToken {
  readonly text: string;
  readonly pos: Pos;
  readonly fixed?: Fixed;
}

/** A sentence tagged by hand; `text` is its tokens with the spaces between them. */
export interface GoldSentence {
  readonly text: string;
  readonly tokens: readonly (GoldToken & { readonly start: number })[];
}

/** Counts of right and wrong tags. */
export interface PosAccuracy {
  readonly sentences: number;
  readonly tokens: number;
  /** Tokens with the right boundaries and the right tag. */
  readonly correct: number;
  readonly by_pos: Readonly<Record<string, { gold: number; predicted: number; correct: number }>>;
  /** Names, numbers and dates: how many there are, how many were marked, how many of those rightly (of any kind). */
  readonly fixed: { gold: number; predicted: number; correct: number };
  /** Each wrong tag: "word/said, should be TAG" with how often, most frequent first. */
  readonly mistakes: readonly { text: string; said: string; gold: Pos; sentence: string }[];
}

const TAGS = new Set(
  "ADJ ADP ADV AUX CCONJ DET INTJ NOUN NUM PART PRON PROPN PUNCT SCONJ SYM VERB X".split(" "),
);
const FIXED = new Set(["name", "number", "date"]);

/**
 * Reads sentences in the format that the gold file explains at its top.
 * @throws {UserError} on a token without a known tag, with file and line
 */
export function parseGold(content: string, path: string): GoldSentence[] {
  return content.split(/\r?\n/).flatMap((line, at) => {
    if (line.startsWith("#") || line.trim() === "") return [];
    let text = "";
    const tokens = line.trim().split(" ").map((item) => {
      const parts = item.split("/");
      const [, pos, fixed] = parts;
      if (
        pos === undefined || parts.length > 3 || !TAGS.has(pos) || (fixed !== undefined && !FIXED.has(fixed))
      ) {
        throw new UserError(
          `Cannot read "${path}": line ${at + 1} has "${item}", expected token/TAG or token/TAG/name`,
        );
      }
      const isClose = parts[0]!.startsWith("_");
      const token = isClose ? parts[0]!.slice(1) : parts[0]!;
      if (!isClose && text !== "") text += " ";
      const start = text.length;
      text += token;
      return {
        text: token,
        pos: pos as Pos,
        start,
        ...(fixed === undefined ? {} : { fixed: fixed as Fixed }),
      };
    });
    return [{ text, tokens }];
  });
}

/** Tags each sentence and compares. */
export function posAccuracy(gold: readonly GoldSentence[]): PosAccuracy {
  const byPos: Record<string, { gold: number; predicted: number; correct: number }> = {};
  const of = (pos: string) => byPos[pos] ??= { gold: 0, predicted: 0, correct: 0 };
  const fixed = { gold: 0, predicted: 0, correct: 0 };
  const mistakes: PosAccuracy["mistakes"][number][] = [];
  let tokens = 0;
  for (const sentence of gold) {
    const said = new Map(tag(sentence.text).map((token) => [`${token.start} ${token.text}`, token]));
    for (const token of said.values()) {
      of(token.pos).predicted++;
      if (token.fixed !== undefined) fixed.predicted++;
    }
    for (const token of sentence.tokens) {
      const answer = said.get(`${token.start} ${token.text}`);
      tokens++;
      of(token.pos).gold++;
      if (token.fixed !== undefined) fixed.gold++;
      if (token.fixed !== undefined && answer?.fixed !== undefined) fixed.correct++;
      if (answer?.pos === token.pos) of(token.pos).correct++;
      else {
        const { text } = token;
        mistakes.push({
          text,
          said: answer?.pos ?? "(cut elsewhere)",
          gold: token.pos,
          sentence: sentence.text,
        });
      }
    }
  }
  const correct = tokens - mistakes.length;
  return { sentences: gold.length, tokens, correct, by_pos: byPos, fixed, mistakes };
}
