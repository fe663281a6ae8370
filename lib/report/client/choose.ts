/**
 * Which answers of a number the sheet shows, and how many it would show with another filter.
 * @module
 */
import type { Address, Only } from "./address.ts";
import type { AnswerTuple } from "./data.ts";

/** An answer with what was asked; `english` where the question was in another language. */
export interface Shown {
  readonly answer: AnswerTuple;
  /** Another system's answer to the same, where two are compared. */
  readonly other?: AnswerTuple | undefined;
  readonly prompt: string | null;
  readonly english: string | null;
}

export type Filter = Pick<Address, "item" | "lang" | "only" | "kind" | "mistake">;

/** The chosen answers in their order, and counts of each filter's choices beside the other filters. */
export interface Chosen {
  readonly answers: readonly Shown[];
  readonly only: ReadonlyMap<Only | "all", number>;
  readonly languages: ReadonlyMap<string, number>;
  readonly kinds: ReadonlyMap<string, number>;
  readonly mistakes: ReadonlyMap<string, number>;
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

/** How an answer came out, or the two of a pair. */
export function outcomeOf({ answer, other }: Shown): Only {
  if (other === undefined) return answer[7] ? "right" : "wrong";
  if (answer[7]) return other[7] ? "both" : "first";
  return other[7] ? "second" : "neither";
}

/** Filters answers: a problem's whole id means this problem alone, other words where they stand in id or texts. */
export function choose(all: readonly Shown[], { item, lang, only, kind, mistake }: Filter): Chosen {
  const found = all.filter(finder(all, item));
  const mistakesOf = ({ answer, other }: Shown) => [answer[10], other?.[10]].filter((one) => one != null);
  const keeps = {
    lang: ({ answer }: Shown) => lang === undefined || answer[0] === lang,
    only: (shown: Shown) => only === undefined || outcomeOf(shown) === only,
    kind: ({ answer }: Shown) => kind === undefined || answer[9] === kind,
    mistake: (shown: Shown) => mistake === undefined || mistakesOf(shown).includes(mistake),
  };
  const beside = (name?: keyof typeof keeps) =>
    found.filter((shown) => Object.entries(keeps).every(([other, keep]) => other === name || keep(shown)));
  const withoutOnly = beside("only");
  return {
    answers: beside(),
    only: tally<Only | "all">(["all"], withoutOnly, (shown) => ["all", outcomeOf(shown)]),
    languages: tally(all.map(({ answer }) => answer[0]), beside("lang"), ({ answer }) => [answer[0]]),
    kinds: tally(
      all.flatMap(({ answer }) => answer[9] ?? []),
      beside("kind"),
      ({ answer }) => [answer[9] ?? ""],
    ),
    mistakes: tally(all.flatMap(mistakesOf), beside("mistake"), (shown) => [...new Set(mistakesOf(shown))]),
  };
}

/** How many have each of their names; names that none has count too. */
function tally<N extends string>(
  names: readonly N[],
  shown: readonly Shown[],
  namesOf: (one: Shown) => readonly N[],
): Map<N, number> {
  const counts = new Map(names.map((name) => [name, 0]));
  for (const name of shown.flatMap(namesOf)) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}

function finder(all: readonly Shown[], item: string | undefined): (shown: Shown) => boolean {
  const wanted = item?.trim().toLowerCase();
  if (!wanted) return () => true;
  const isItem = ({ answer }: Shown) => answer[2].toLowerCase() === wanted;
  if (all.some(isItem)) return isItem;
  return ({ answer, other, prompt, english }) =>
    [answer[2], answer[4], other?.[4], prompt, english].some((text) => text?.toLowerCase().includes(wanted));
}
