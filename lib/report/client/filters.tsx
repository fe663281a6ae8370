/// <reference lib="dom" />
/**
 * The filters over a sheet's answers, each choice with the number that it would leave.
 * @module
 */
import { useEffect, useState } from "preact/hooks";
import { languageName } from "../html/languages.ts";
import { type Address, ONE, type Only, TWO } from "./address.ts";
import type { Chosen } from "./choose.ts";
import { Choice } from "./choice.tsx";
import type { CellData, SliceData } from "./data.ts";

interface FiltersProps {
  readonly slice: SliceData;
  readonly cell: CellData;
  readonly address: Address;
  readonly chosen: Chosen;
  /** What stands in the field of words now. */
  readonly typed: string;
  readonly onType: (words: string) => void;
  readonly onChange: (part: Partial<Address>) => void;
}

export function Filters({ slice, cell, address, chosen, typed, onType, onChange }: FiltersProps) {
  const { only, lang, kind, mistake } = address;
  const sorts = [...chosen.kinds].filter(([name]) => name !== "");
  return (
    <>
      {(["all", ...(address.with === undefined ? ONE : TWO)] as const).map((name) => (
        <button
          key={name}
          class="plain"
          type="button"
          data-filter={name}
          aria-pressed={(only ?? "all") === name}
          onClick={() => onChange({ only: name === "all" ? undefined : name as Only })}
        >
          {`${LABELS[name]} ${chosen.only.get(name) ?? 0}`}
        </button>
      ))}
      {(cell.languages.length > 1 || lang !== undefined) && (
        <Choice
          label="Language"
          value={lang}
          none={`all languages ${sum(chosen.languages.values())}`}
          options={cell.languages.map((code) => [
            code,
            `${languageName(code)} (${code}) ${chosen.languages.get(code) ?? 0}`,
          ])}
          onChange={(value) => onChange({ lang: value })}
        />
      )}
      {(sorts.length > 1 || kind !== undefined) && (
        <Choice
          label="Sort of problem"
          value={kind}
          none="all sorts"
          options={sorts.toSorted().map(([name, count]) => [name, `${name} ${count}`])}
          onChange={(value) => onChange({ kind: value })}
        />
      )}
      {(chosen.mistakes.size > 0 || mistake !== undefined) && (
        <Choice
          label="Kind of mistake"
          value={mistake}
          none="all mistakes"
          options={Object.entries(slice.mistakes).flatMap(([name, words]) => {
            const count = chosen.mistakes.get(name);
            return count === undefined ? [] : [[name, `${words} ${count}`] as const];
          })}
          onChange={(value) => onChange({ mistake: value })}
        />
      )}
      <input
        class="plain"
        type="search"
        aria-label="Find a problem's id, or words"
        placeholder="id or words"
        value={typed}
        onInput={(event) => onType(event.currentTarget.value)}
        onChange={() => onChange({})}
      />
    </>
  );
}

/** The words that are being typed, following the address when something else changes it. */
export function useTyped(item: string | undefined): [string, (words: string) => void] {
  const [typed, setTyped] = useState(item ?? "");
  useEffect(() => setTyped(item ?? ""), [item]);
  return [typed, setTyped];
}

const LABELS: Readonly<Record<Only | "all", string>> = {
  all: "all",
  right: "right",
  wrong: "wrong",
  both: "both right",
  first: "only this one",
  second: "only the other",
  neither: "none",
};

function sum(counts: Iterable<number>): number {
  return [...counts].reduce((total, count) => total + count, 0);
}
