/**
 * Corrections to wink's part-of-speech tags by rules of English that its tagger, a local one, often breaks: a clause has
 * a verb, "do" helps one, main verbs "have" and "do" and existential "be" are VERB (Universal Dependencies). wink's
 * typical mistake is a present-tense verb taken for a plural noun ("One hat costs 5 coins").
 * @module
 */
import type { Pos } from "./part_of_speech.ts";

/** The part of a token that the rules read and change. */
export interface Tagged {
  readonly text: string;
  readonly lemma: string;
  pos: Pos;
}

/** Words that open a clause of their own inside a sentence. */
const OPENS_CLAUSE = new Set(
  "if when while because before after until since although unless that who which where".split(" "),
);
/** Adjectives that stand alone after an article without becoming nouns ("the same is true"). */
const ALONE = /^(same|other|last|next|former|latter|rest|first|second|third|.*(?:th|er|est))$/i;

/** Applies all rules, in order, in place. */
export function correctTags(tokens: readonly Tagged[]): void {
  for (const clause of clausesOf(tokens)) {
    correctDoSupport(clause);
    correctRelative(clause);
    correctMissingVerb(clause);
    correctNounAfterArticle(clause);
    correctHave(clause);
    correctDo(clause);
    correctExistential(clause);
  }
}

/** Tokens between punctuation marks, cut again before words that open a clause. */
function clausesOf(tokens: readonly Tagged[]): Tagged[][] {
  const clauses: Tagged[][] = [[]];
  for (const token of tokens) {
    if (token.pos === "PUNCT" && token.text !== "-") clauses.push([]);
    else if (OPENS_CLAUSE.has(token.text.toLowerCase())) clauses.push([token]);
    else clauses.at(-1)!.push(token);
  }
  return clauses.filter((clause) => clause.length > 0);
}

/** "What do people eat": of two verbs after "do" the first is the subject; without any, the last noun is the verb. */
function correctDoSupport(clause: Tagged[]): void {
  const helper = clause.findIndex(({ lemma, pos }) => lemma === "do" && pos === "AUX");
  if (helper < 0) return;
  const after = clause.slice(helper + 1);
  // Straight after "What do" comes the subject.
  const isQuestion = helper === 0 || /^(wh\w+|how)$/i.test(clause[helper - 1]!.text);
  if (isQuestion && after[0]?.pos === "VERB") after[0].pos = "NOUN";
  after.forEach((token, i) => {
    if (token.pos === "VERB" && after[i + 1]?.pos === "VERB" && !isParticiple(after[i + 1]!)) {
      token.pos = "NOUN";
    }
  });
  if (after.some(({ pos, lemma }) => pos === "VERB" || lemma === "have")) return;
  const verb = after.findLast(({ pos }, i) => pos === "NOUN" && i > 0 && isNominal(after[i - 1]!));
  if (verb !== undefined) verb.pos = "VERB";
}

/** "a bicycle that costs 90 dollars": a plural can not follow the article "that", so it is a verb. */
function correctRelative([that, verb]: Tagged[]): void {
  if (that?.text.toLowerCase() !== "that" || verb?.pos !== "NOUN" || !/[^s]s$/.test(verb.text)) return;
  that.pos = "PRON";
  verb.pos = "VERB";
}

/** "One hat costs 5 coins": the first -s form after a singular subject is the verb that the clause lacks. */
function correctMissingVerb(clause: Tagged[]): void {
  if (clause.some(({ pos }) => pos === "VERB" || pos === "AUX")) return;
  const candidates = clause.filter((token, i) => {
    const subject = clause[i - 1];
    const isSingular = subject !== undefined && isNominal(subject) &&
      (subject.pos !== "NOUN" || !/[^s]s$/.test(subject.text));
    return token.pos === "NOUN" && /[^s]s$/.test(token.text) && isSingular;
  });
  const verb = candidates.find((token) => {
    const next = clause[clause.indexOf(token) + 1]?.pos;
    return next !== undefined && ["NUM", "DET", "PRON", "SYM"].includes(next);
  }) ?? candidates[0];
  if (verb === undefined) return;
  verb.pos = "VERB";
  if (clause[0]!.pos === "ADP" && OPENS_CLAUSE.has(clause[0]!.text.toLowerCase())) clause[0]!.pos = "SCONJ";
}

/** "The key is in the box": between an article and a verb stands a noun. */
function correctNounAfterArticle(clause: Tagged[]): void {
  clause.forEach((token, i) => {
    const isBetween = clause[i - 1]?.pos === "DET" && ["AUX", "VERB"].includes(clause[i + 1]?.pos ?? "");
    if (token.pos === "ADJ" && isBetween && !ALONE.test(token.text)) token.pos = "NOUN";
  });
}

/** "has 5 apples" is VERB, "has eaten" is AUX, and so is VERB what "do" helps ("does she have left"). */
function correctHave(clause: Tagged[]): void {
  clause.forEach((token, i) => {
    if (token.lemma !== "have" || token.pos !== "AUX") return;
    const isHelped = clause.slice(0, i).some(({ lemma, pos }) => lemma === "do" && pos === "AUX");
    if (isHelped || !helpsParticiple(clause, i)) token.pos = "VERB";
  });
}

/** Whether a participle follows, at most adverbs, "not" and (in a question) a pronoun or name between. */
function helpsParticiple(clause: readonly Tagged[], i: number): boolean {
  const isQuestion = i === 0 || !["PRON", "PROPN", "NOUN"].includes(clause[i - 1]!.pos);
  for (const token of clause.slice(i + 1)) {
    if (token.pos === "VERB" || token.lemma === "be") return true;
    const isBetween = token.pos === "ADV" || token.lemma === "not" ||
      (isQuestion && (token.pos === "PRON" || token.pos === "PROPN"));
    if (!isBetween) return false;
  }
  return false;
}

/** "does his homework" is VERB, "did she eat" is AUX. */
function correctDo(clause: Tagged[]): void {
  clause.forEach((token, i) => {
    if (token.lemma !== "do" || token.pos !== "AUX") return;
    if (!clause.slice(i + 1).some(({ pos }) => pos === "VERB")) token.pos = "VERB";
  });
}

/** "There are 4 cows", "are there in the garden": "be" beside existential "there" is the main verb. */
function correctExistential(clause: Tagged[]): void {
  clause.forEach((token, i) => {
    if (token.lemma !== "be" || token.pos !== "AUX" || clause[i + 1]?.pos === "VERB") return;
    const beside = [clause[i - 1], clause[i + 1]].filter((each) => each !== undefined);
    if (beside.some(({ text, pos }) => /^there$/i.test(text) && pos === "PRON")) token.pos = "VERB";
  });
}

/** Whether a token can be the subject before a verb; possessives can not. */
function isNominal({ text, pos }: Tagged): boolean {
  if (pos === "PRON") return !/^(my|your|his|her|its|our|their)$/i.test(text);
  return pos === "NOUN" || pos === "PROPN";
}

function isParticiple({ text }: Tagged): boolean {
  return /(ed|en|ing|left)$/.test(text);
}
