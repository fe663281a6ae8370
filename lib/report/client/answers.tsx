/// <reference lib="dom" />
/**
 * Answers behind a number, to read: filters with counts, pages, and every answer with what was asked, beside another
 * system's where two are compared.
 * @module
 */
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { AnswerItem } from "./answer_item.tsx";
import { type Address, hrefOf } from "./address.ts";
import { answersIn, choose, type Shown } from "./choose.ts";
import { sidesOf } from "./compare.tsx";
import type { AnswerTuple, CellData, SliceData } from "./data.ts";
import { Filters, useTyped } from "./filters.tsx";
import { load } from "./load.ts";
import { paired, pairedRuns } from "./pairs.ts";

/** Answers on one page of the sheet. */
const PAGE = 20;

interface AnswersProps {
  readonly slice: SliceData;
  readonly cell: CellData;
  readonly address: Address;
  readonly onChange: (address: Address) => void;
}

export function Answers(props: AnswersProps) {
  const { slice, cell, address } = props;
  const { with: other, seed, withSeed } = address;
  const [all, setAll] = useState<readonly Shown[] | Error | null>(null);
  useEffect(() => {
    let isWanted = true;
    const take = (found: readonly Shown[] | Error) => isWanted && setAll(found);
    setAll(null);
    loadAnswers(slice, cell, address).then(take, take);
    return () => void (isWanted = false);
  }, [other, seed, withSeed]);
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

async function loadAnswers(slice: SliceData, cell: CellData, address: Address): Promise<Shown[]> {
  const rowsOf = async (variant: string) => {
    const file = slice.answers[JSON.stringify([cell.benchmark, variant])];
    return file === undefined ? [] : await load(file) as AnswerTuple[];
  };
  const promptFile = slice.prompts[cell.benchmark];
  const sides = sidesOf(address);
  const [rows, others, prompts] = await Promise.all([
    rowsOf(cell.variant),
    sides === undefined ? [] : rowsOf(sides.with),
    promptFile ? load(promptFile) : {},
  ]);
  const all = answersIn(cell.languages, rows, prompts as Record<string, string>)
    .filter(({ answer }) => address.seed === undefined || slice.runs[answer[1]]!.seed === address.seed);
  return sides === undefined ? all : paired(all, others, pairedRuns(slice, cell, sides));
}

function Reader({ slice, cell, address, onChange, all }: AnswersProps & { readonly all: readonly Shown[] }) {
  const { item, lang, only, kind, mistake } = address;
  const [typed, setTyped] = useTyped(item);
  const [page, setPage] = useState(0);
  const top = useRef<HTMLDivElement>(null);
  useEffect(() => setPage(0), [typed, lang, only, kind, mistake]);
  // Whoever was sent one answer should see it first.
  useLayoutEffect(() => {
    if (item !== undefined) top.current!.scrollIntoView();
  }, []);
  useEffect(() => {
    if (item !== undefined) top.current!.scrollIntoView({ block: "nearest" });
  }, [item]);
  const filter = { item: typed || undefined, lang, only, kind, mistake };
  const chosen = choose(all, filter);
  const pages = Math.max(1, Math.ceil(chosen.answers.length / PAGE));
  const at = Math.min(page, pages - 1);
  const { cell: key, with: other, seed, withSeed } = address;
  const place = { cell: key, with: other, seed, withSeed };
  return (
    <>
      <p class="small soft">{keptOf(cell, all, address)}</p>
      <div class="controls" ref={top}>
        <Filters
          slice={slice}
          cell={cell}
          address={address}
          chosen={chosen}
          typed={typed}
          onType={setTyped}
          onChange={(part) => onChange({ ...address, item: typed || undefined, ...part })}
        />
      </div>
      <div class="controls">
        <button class="plain" type="button" disabled={at === 0} onClick={() => setPage(at - 1)}>
          Previous
        </button>
        <button class="plain" type="button" disabled={at >= pages - 1} onClick={() => setPage(at + 1)}>
          Next
        </button>
        <span aria-live="polite">
          {`page ${at + 1} of ${pages}, ${chosen.answers.length} ${
            other === undefined ? "answers" : "pairs"
          }`}
        </span>
      </div>
      {chosen.answers.length === 0 && all.length > 0 && (
        <p class="missing">
          {noneOf(slice, cell, filter)} <a href={hrefOf(place)}>All answers</a>
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
              ...place,
              item: shown.answer[2],
              lang: cell.languages.length > 1 ? shown.answer[0] : undefined,
            })}
          />
        ))}
      </ol>
    </>
  );
}

/** Which answers can be read here. */
function keptOf({ n }: CellData, all: readonly Shown[], { with: other, seed }: Address): string {
  if (other !== undefined) return `${all.length} pairs of answers are kept here to read.`;
  const kept = all.length;
  if (kept >= n) return `All ${n} answers.`;
  if (seed !== undefined) return `${kept} answers of seed ${seed} are kept here to read.`;
  return `${kept} of ${n} answers are kept here to read (the same problems in every cell, chosen by the hash of ` +
    `their id); the number above uses all of them, and the SQL shows them.`;
}

/** Why nothing is shown. */
function noneOf(
  slice: SliceData,
  cell: CellData,
  { item, lang, only, ...rest }: Omit<Address, "cell">,
): string {
  const { items, unit } = slice.benchmarks[cell.benchmark]!;
  if (lang !== undefined && !cell.languages.includes(lang)) return `This number has no language “${lang}”.`;
  const isAlone = only === undefined && rest.kind === undefined && rest.mistake === undefined;
  if (item !== undefined && items.includes(item) && isAlone) {
    return `“${item}” is a ${unit} of this number, but its answers are not among those kept here; the SQL shows them.`;
  }
  return item === undefined ? "No answer is left by these filters." : `No answer here has “${item}”.`;
}

function isSameQuestion({ answer: [lang, , item] }: Shown, { answer: other }: Shown): boolean {
  return lang === other[0] && item === other[2];
}
