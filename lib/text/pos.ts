/**
 * English text as tagged tokens: part of speech (universal tags), lemma, and what code-switching must leave alone
 * (names, numbers, dates). The work is wink-nlp's (its English "lite web" model: rules and a perceptron, no download);
 * the paper used spaCy (A.1), which does not run here. `pos_accuracy.ts` measures it on sentences like ours.
 *
 * Two things are added to wink's answer: the corrections of `pos_rules.ts`, and that capitalised words inside a sentence
 * are names even when their tag is not PROPN.
 * @module
 */
import winkNLP, { type ItemEntity, type ItemToken, type ItsFunction } from "wink-nlp";
import model from "wink-eng-lite-web-model";
import type { Pos } from "./part_of_speech.ts";
import { correctTags } from "./pos_rules.ts";

export type { Pos };

/** Why a token must not be changed. */
export type Fixed = "name" | "number" | "date";

/** A token of an English text; offsets are UTF-16 positions in it. */
export interface TaggedToken {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly pos: Pos;
  readonly lemma: string;
  /** Set for names, numbers (in digits or words, ordinals too) and dates or times. */
  readonly fixed?: Fixed;
  readonly isStopWord: boolean;
}

/** Settings of {@link tag}. */
export interface TagOptions {
  /** Words that are names wherever they stand, e.g. first names that are also English words ("Mark", "Rose"). */
  names?: ReadonlySet<string>;
}

interface Draft {
  text: string;
  start: number;
  end: number;
  pos: Pos;
  lemma: string;
  fixed?: Fixed;
  isStopWord: boolean;
  isSentenceStart: boolean;
}

const NUMBER_WORD = new RegExp(
  "^(?:zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen|" +
    "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|million|billion)$",
  "i",
);

/**
 * Tags an English text. The same text always gets the same tags, whatever was tagged before.
 * @returns tokens in order; white space is what lies between them
 */
export function tag(text: string, options: TagOptions = {}): TaggedToken[] {
  const drafts = readDocument(text);
  correctTags(drafts);
  markNames(drafts, options.names ?? new Set());
  return drafts.map(({ isSentenceStart: _, ...token }) => token);
}

let nlp: ReturnType<typeof winkNLP> | undefined;

/** wink's answer with offsets; entities become `fixed`. */
function readDocument(text: string): Draft[] {
  nlp ??= winkNLP(model, ["sbd", "pos", "ner"]);
  const { its } = nlp;
  // wink's own type for `lemma` lacks one parameter.
  const itsLemma = its.lemma as unknown as ItsFunction<string>;
  const doc = nlp.readDoc(text);
  const drafts: (Draft | undefined)[] = [];
  let at = 0;
  doc.tokens().each((token: ItemToken) => {
    const value = token.out();
    const start = text.indexOf(value, at);
    if (start < 0) throw new Error(`internal: wink changed "${value}" at ${at} of "${text}"`);
    at = start + value.length;
    const pos = token.out(its.pos) as string;
    // White space keeps its place in the list, so that wink's entity spans still count right.
    drafts.push(
      pos === "SPACE" ? undefined : {
        text: value,
        start,
        end: at,
        pos: pos as Pos,
        lemma: token.out(itsLemma),
        isStopWord: token.out(its.stopWordFlag) as boolean,
        isSentenceStart: false,
      },
    );
  });
  doc.entities().each((entity: ItemEntity) => {
    const [first, last] = entity.out(its.span) as unknown as [number, number];
    const type = entity.out(its.type) as string;
    for (const draft of drafts.slice(first, last + 1)) if (draft !== undefined) markEntity(draft, type);
  });
  return drafts.filter((draft) => draft !== undefined);
}

/** Numbers in an amount ("2 dollars") are fixed, its unit is not; a date or time of day is fixed as a whole. */
function markEntity(draft: Draft, type: string): void {
  if (type === "DATE" || type === "TIME") draft.fixed = "date";
  else if (type === "ORDINAL" || draft.pos === "NUM") draft.fixed = "number";
}

/** Fixes numbers and names: by digits, by tag, by capital inside a sentence, and then wherever the same name recurs. */
function markNames(tokens: Draft[], names: ReadonlySet<string>): void {
  const found = new Set(names);
  let isStart = true;
  for (const token of tokens) {
    token.isSentenceStart = isStart;
    const isWord = /\p{L}/u.test(token.text);
    if (/\p{N}/u.test(token.text) || token.pos === "NUM" || NUMBER_WORD.test(token.text)) {
      token.fixed ??= "number";
    } else if (isWord && token.fixed === undefined) {
      const isCapital = /^\p{Lu}\p{L}*\p{Ll}/u.test(token.text) && token.pos !== "PRON";
      if (token.pos === "PROPN" || (isCapital && !isStart)) {
        token.fixed = "name";
        if (isCapital) found.add(token.text);
      }
    }
    if (/^[.!?:\u2026\u201c"]$/u.test(token.text)) isStart = true;
    else if (isWord || /\p{N}/u.test(token.text)) isStart = false;
  }
  for (const token of tokens) if (found.has(token.text)) token.fixed ??= "name";
}
