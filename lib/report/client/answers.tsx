/// <reference lib="dom" />
/**
 * Answers behind a number, to read: filters with counts, pages, and every answer with what was asked.
 * @module
 */
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { languageName } from "../html/languages.ts";
import { AnswerItem } from "./answer_item.tsx";
import { type Address, hrefOf, type Only } from "./address.ts";
import { answersIn, choose, type Shown } from "./choose.ts";
import type { AnswerTuple, CellData, SliceData } from "./data.ts";
import { load } from "./load.ts";

/** Answers on one page of the sheet. */
const PAGE = 20;

interface AnswersProps {
  readonly slice: SliceData;
  readonly cell: CellData;
  readonly address: Address;
  readonly onChange: (address: Address) => void;
}

export function Answers(props: AnswersProps) {
  const { slice, cell } = props;
  const [all, setAll] = useState<readonly Shown[] | Error | null>(null);
  useEffect(() => {
    loadAnswers(slice, cell).then(setAll, setAll);
  }, []);
  return (
    <section>
      <h3>Answers</h3>
      {all === null
        ? <p class="soft">Loading answers…</p>
        : all instanceof Error
        ? <p class="wrong" role="alert">{all.message}</p>
        : <Reader {...props} all={all} />}
    </section>
  );
}

async function loadAnswers(slice: SliceData, cell: CellData): Promise<Shown[]> {
  const file = slice.answers[JSON.stringify([cell.benchmark, cell.variant])],
    promptFile = slice.prompts[cell.benchmark];
  if (!file) return [];
  const [rows, prompts] = await Promise.all([load(file), promptFile ? load(promptFile) : {}]);
  return answersIn(cell.languages, rows as AnswerTuple[], prompts as Record<string, string>);
}

function Reader({ slice, cell, address, onChange, all }: AnswersProps & { readonly all: readonly Shown[] }) {
  const [typed, setTyped] = useState(address.item ?? "");
  const [page, setPage] = useState(0);
  const top = useRef<HTMLDivElement>(null);
  const { item, lang, only } = address;
  useEffect(() => setTyped(item ?? ""), [item]);
  useEffect(() => setPage(0), [typed, lang, only]);
  // Whoever was sent one answer should see it first.
  useLayoutEffect(() => {
    if (item !== undefined) top.current!.scrollIntoView();
  }, []);
  useEffect(() => top.current!.scrollIntoView({ block: "nearest" }), [item]);
  const chosen = choose(all, { item: typed, lang, only });
  const pages = Math.max(1, Math.ceil(chosen.answers.length / PAGE));
  const at = Math.min(page, pages - 1);
  const change = (part: Partial<Address>) => onChange({ ...address, item: typed || undefined, ...part });
  return (
    <>
      <p class="small soft">{keptOf(cell, all.length)}</p>
      <div class="controls" ref={top}>
        {(["all", "wrong", "right"] as const).map((name) => (
          <button
            key={name}
            class="plain"
            type="button"
            data-filter={name}
            aria-pressed={(only ?? "all") === name}
            onClick={() => change({ only: name === "all" ? undefined : name as Only })}
          >
            {`${name} ${chosen.only[name]}`}
          </button>
        ))}
        {(cell.languages.length > 1 || lang !== undefined) && (
          <select
            class="plain"
            aria-label="Language"
            value={lang ?? ""}
            onChange={(event) => change({ lang: event.currentTarget.value || undefined })}
          >
            <option value="">{`all languages ${sum(chosen.languages.values())}`}</option>
            {lang !== undefined && !cell.languages.includes(lang) && (
              <option value={lang}>{`${lang} 0`}</option>
            )}
            {cell.languages.map((code) => (
              <option key={code} value={code}>
                {`${languageName(code)} (${code}) ${chosen.languages.get(code) ?? 0}`}
              </option>
            ))}
          </select>
        )}
        <input
          class="plain"
          type="search"
          aria-label="Find a problem's id, or words"
          placeholder="id or words"
          value={typed}
          onInput={(event) => setTyped(event.currentTarget.value)}
          onChange={() => change({})}
        />
      </div>
      <div class="controls">
        <button class="plain" type="button" disabled={at === 0} onClick={() => setPage(at - 1)}>
          Previous
        </button>
        <button class="plain" type="button" disabled={at >= pages - 1} onClick={() => setPage(at + 1)}>
          Next
        </button>
        <span aria-live="polite">{`page ${at + 1} of ${pages}, ${chosen.answers.length} answers`}</span>
      </div>
      {chosen.answers.length === 0 && all.length > 0 && (
        <p class="missing">
          {noneOf(slice, cell, { item: typed || undefined, lang, only })}{" "}
          <a href={hrefOf({ cell: address.cell })}>All answers</a>
        </p>
      )}
      <ol class="answers">
        {chosen.answers.slice(at * PAGE, (at + 1) * PAGE).map((shown, i, list) => (
          <AnswerItem
            key={shown.answer.slice(0, 3).join("\n")}
            slice={slice}
            shown={shown}
            again={i > 0 && isSameQuestion(shown, list[i - 1]!)}
            href={hrefOf({
              cell: address.cell,
              item: shown.answer[2],
              lang: cell.languages.length > 1 ? shown.answer[0] : undefined,
            })}
          />
        ))}
      </ol>
    </>
  );
}

function sum(counts: Iterable<number>): number {
  return [...counts].reduce((total, count) => total + count, 0);
}

function keptOf(cell: CellData, kept: number): string {
  if (kept >= cell.n) return `All ${cell.n} answers.`;
  return `${kept} of ${cell.n} answers are kept here to read (the same problems in every cell, chosen by the hash of ` +
    `their id); the number above uses all of them, and the SQL shows them.`;
}

/** Why nothing is shown. */
function noneOf(slice: SliceData, cell: CellData, { item, lang, only }: Omit<Address, "cell">): string {
  const { items, unit } = slice.benchmarks[cell.benchmark]!;
  if (lang !== undefined && !cell.languages.includes(lang)) return `This number has no language “${lang}”.`;
  if (item !== undefined && items.includes(item) && only === undefined) {
    return `“${item}” is a ${unit} of this number, but its answers are not among those kept here; the SQL shows them.`;
  }
  return item === undefined ? "No answer is left by these filters." : `No answer here has “${item}”.`;
}

function isSameQuestion({ answer: [lang, , item] }: Shown, { answer: other }: Shown): boolean {
  return lang === other[0] && item === other[2];
}
