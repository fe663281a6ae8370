/**
 * Which answers of a number the sheet shows, and how many it would show with another filter.
 * @module
 */
import type { Address, Only } from "./address.ts";
import type { AnswerTuple } from "./data.ts";

/** An answer with what was asked; `english` where the question was in another language. */
export interface Shown {
  readonly answer: AnswerTuple;
  readonly prompt: string | null;
  readonly english: string | null;
}

export type Filter = Pick<Address, "item" | "lang" | "only">;

/** The chosen answers in their order, and counts of each filter's choices beside the other two filters. */
export interface Chosen {
  readonly answers: readonly Shown[];
  readonly only: Readonly<Record<Only | "all", number>>;
  readonly languages: ReadonlyMap<string, number>;
}

/** Answers in these languages, each with the texts of its prompt. */
export function answersIn(
  languages: readonly string[],
  rows: readonly AnswerTuple[],
  prompts: Readonly<Record<string, string>>,
): Shown[] {
  const english = new Map(rows.filter(([lang]) => lang === "en").map(([, , item, hash]) => [item, hash]));
  const text = (hash: string | undefined) => hash === undefined ? null : prompts[hash] ?? null;
  return languages.flatMap((own) =>
    rows.filter(([lang]) => lang === own).map((answer): Shown => ({
      answer,
      prompt: text(answer[3]),
      english: own === "en" ? null : text(english.get(answer[2])),
    }))
  );
}

/** Filters answers: a problem's whole id means this problem alone, other words where they stand in id or texts. */
export function choose(all: readonly Shown[], { item, lang, only }: Filter): Chosen {
  const found = all.filter(finder(all, item));
  const isRight = ({ answer }: Shown) => answer[7];
  const ofLanguage = found.filter(({ answer }) => lang === undefined || answer[0] === lang);
  const keeps = (shown: Shown) => only === undefined || isRight(shown) === (only === "right");
  const right = ofLanguage.filter(isRight).length;
  const languages = new Map<string, number>();
  for (const { answer } of all) languages.set(answer[0], 0);
  for (const { answer } of found.filter(keeps)) languages.set(answer[0], languages.get(answer[0])! + 1);
  return {
    answers: ofLanguage.filter(keeps),
    only: { all: ofLanguage.length, right, wrong: ofLanguage.length - right },
    languages,
  };
}

function finder(all: readonly Shown[], item: string | undefined): (shown: Shown) => boolean {
  const wanted = item?.trim().toLowerCase();
  if (!wanted) return () => true;
  const isItem = ({ answer }: Shown) => answer[2].toLowerCase() === wanted;
  if (all.some(isItem)) return isItem;
  return ({ answer, prompt, english }) =>
    [answer[2], answer[4], prompt, english].some((text) => text?.toLowerCase().includes(wanted));
}
