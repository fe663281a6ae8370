/// <reference lib="dom" />
/**
 * The page of all runs: sorts and filters its table, and compares two runs. The address names the two
 * ("#a=...&b=..."), so that a comparison can be sent.
 * @module
 */
import { render } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { Comparison } from "./compare_runs.tsx";
import { takeData } from "./load.ts";
import {
  addBoxes,
  choicesOf,
  type Filter,
  filterRows,
  findRow,
  makeSortable,
  type PageRun,
  tick,
} from "./runs_table.ts";

takeData();
addEventListener("DOMContentLoaded", () => {
  const table = document.querySelector<HTMLTableElement>("table.all-runs")!;
  const choices = choicesOf(table);
  makeSortable(table);
  render(<Tools table={table} choices={choices} />, document.querySelector("#run-tools")!);
});

const ALL: Filter = { words: "", experiment: "", scale: "", world: "", state: "", benchmark: "" };
/** What the choices of a filter are called; "state" and "benchmark" beside those of the columns. */
const SELECTS = [
  ["experiment", "All experiments"],
  ["scale", "All scales"],
  ["world", "All worlds"],
  ["state", "All states"],
  ["benchmark", "All scores"],
] as const;

interface ToolsProps {
  readonly table: HTMLTableElement;
  readonly choices: ReturnType<typeof choicesOf>;
}

function Tools({ table, choices }: ToolsProps) {
  const [filter, setFilter] = useState(ALL);
  const [chosen, setChosen] = useState<readonly PageRun[]>([]);
  const [isOpen, setOpen] = useState(false);
  const [shown, setShown] = useState(table.tBodies[0]!.rows.length);
  /** The two that are chosen, for a key that is pressed later. */
  const count = useRef(0);
  count.current = chosen.length;
  useLayoutEffect(() => {
    setShown(filterRows(table, filter));
    table.dispatchEvent(new Event("filtered"));
  }, [filter]);
  useLayoutEffect(() => {
    addBoxes(
      table,
      // A third takes the place of the first.
      (run, isChosen) =>
        setChosen((before) =>
          [...before.filter(({ id }) => id !== run.id), ...isChosen ? [run] : []].slice(-2)
        ),
      () => count.current === 2 && setOpen(true),
    );
  }, []);
  useLayoutEffect(() => tick(table, chosen.map(({ id }) => id)), [chosen]);
  useEffect(() => {
    const arrive = () => {
      const fields = new URLSearchParams(location.hash.slice(1));
      const named = [fields.get("a"), fields.get("b")].flatMap((id) => findRow(table, id ?? "") ?? []);
      if (named.length === 2) setChosen(named);
      setOpen(named.length === 2);
    };
    arrive();
    addEventListener("hashchange", arrive);
    return () => removeEventListener("hashchange", arrive);
  }, []);
  const [a, b] = chosen;
  useEffect(() => {
    const hash = isOpen && a && b ? `#${new URLSearchParams({ a: a.id, b: b.id })}` : "";
    if (hash !== location.hash) history.replaceState(null, "", hash || location.pathname + location.search);
  }, [isOpen, a, b]);
  return (
    <>
      <div class="controls" role="search" aria-label="Runs">
        <input
          class="plain"
          type="search"
          aria-label="Words that stand in a run's row"
          placeholder="words"
          value={filter.words}
          onInput={(event) => setFilter({ ...filter, words: event.currentTarget.value })}
        />
        {SELECTS.filter(([name]) => choices[name].length > 1).map(([name, all]) => (
          <select
            key={name}
            class="plain"
            aria-label={all}
            data-filter={name}
            value={filter[name]}
            onChange={(event) => setFilter({ ...filter, [name]: event.currentTarget.value })}
          >
            <option value="">{all}</option>
            {choices[name].map((value) => <option key={value} value={value}>{value}</option>)}
          </select>
        ))}
        <span aria-live="polite">{`${shown} of ${table.tBodies[0]!.rows.length} runs`}</span>
      </div>
      <div class="controls">
        <button class="plain compare" type="button" disabled={!a || !b} onClick={() => setOpen(true)}>
          Compare
        </button>
        <span class="pair-names" aria-live="polite">
          {a ? <>{[a, b].map((run) => run && <bdi key={run.id}>{run.name}</bdi>)}</> : HOW}
        </span>
      </div>
      {isOpen && a && b && <Comparison a={a} b={b} onClose={() => setOpen(false)} />}
    </>
  );
}

const HOW =
  "Choose two runs by their boxes: arrow keys go from row to row, the space bar chooses, Enter compares.";
