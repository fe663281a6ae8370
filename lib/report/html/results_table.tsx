/**
 * Ours, the paper's and the difference, a cell per system and language or group. Every number of ours is a button that
 * opens the answers behind it. Wide benchmarks show their groups first and a table per group below.
 * @module
 */
import { intervalsOf, percent, plural, points } from "../../format.ts";
import type { Benchmark } from "../../results/slice.ts";
import type { Cell, Results } from "../../results/table.ts";
import { languageName } from "./languages.ts";

/** More columns than this do not fit a laptop. */
const COLUMNS = 15;

interface Column {
  readonly scope: string;
  readonly kind: "lang" | "group";
}

export function ResultsTables({ results, benchmark }: { results: Results; benchmark: Benchmark }) {
  const cells = new Map(
    results.cells.filter((cell) => cell.benchmark === benchmark.id).map((
      cell,
    ) => [`${cell.variant}\n${cell.scope}`, cell]),
  );
  const groups: Column[] = benchmark.groups.map(({ name }) => ({ scope: name, kind: "group" }));
  const languages = orderedLanguages(benchmark).map((scope): Column => ({ scope, kind: "lang" }));
  const common = { results, benchmark, cells };
  if (groups.length + languages.length <= COLUMNS) {
    return <ResultsTable {...common} columns={[...groups, ...languages]} part="all languages" />;
  }
  const parts = benchmark.groups.filter(({ languages }) => languages.length < benchmark.languages.length);
  return (
    <>
      <ResultsTable {...common} columns={groups} part="means over languages" />
      {(parts.length > 0 ? parts : benchmark.groups).map((group) => (
        <details key={group.name} data-print-open>
          <summary>
            {`${groupName(group.name)}: ${plural(group.languages.length, "language")} one by one`}
          </summary>
          {chunks(group.languages, COLUMNS).map((codes) => (
            <ResultsTable
              key={codes[0]}
              {...common}
              columns={codes.map((scope) => ({ scope, kind: "lang" }))}
              part={groupName(group.name)}
            />
          ))}
        </details>
      ))}
    </>
  );
}

/** Languages in the order of their groups, as the paper prints them. */
export function orderedLanguages(benchmark: Benchmark): string[] {
  const parts = benchmark.groups.filter(({ languages }) => languages.length < benchmark.languages.length);
  return [...new Set([...parts.flatMap(({ languages }) => languages), ...benchmark.languages])];
}

const GROUP_NAMES: Readonly<Record<string, string>> = {
  LR: "Low-resource",
  MR: "Medium-resource",
  HR: "High-resource",
  avg: "All languages",
};

/** "LR" as it is; of "family:Dravidian" what is after the colon, since the benchmark says what it groups by. */
export function shortName(group: string): string {
  return group.replace(/^[a-z]+:/, "");
}

/** "LR" -> "Low-resource"; other groups by their {@link shortName}. */
export function groupName(group: string): string {
  return GROUP_NAMES[group] ?? shortName(group);
}

function chunks<T>(list: readonly T[], size: number): T[][] {
  const parts = Math.ceil(list.length / size), length = Math.ceil(list.length / parts);
  return Array.from({ length: parts }, (_, i) => list.slice(i * length, (i + 1) * length));
}

interface TableProps {
  readonly results: Results;
  readonly benchmark: Benchmark;
  readonly cells: ReadonlyMap<string, Cell>;
  readonly columns: readonly Column[];
  readonly part: string;
}

function ResultsTable({ results: { slice }, benchmark, cells, columns, part }: TableProps) {
  const firstLanguage = columns.findIndex(({ kind }) => kind === "lang");
  const edge = (i: number) => i === firstLanguage && i > 0 ? "edge" : undefined;
  const shown = slice.variants.filter(({ name }) =>
    columns.some(({ scope }) => cells.has(`${name}\n${scope}`))
  );
  const found = shown.flatMap(({ name }) =>
    columns.flatMap(({ scope }) => cells.get(`${name}\n${scope}`) ?? [])
  );
  const printed = found.some(({ paper }) => paper);
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label={`${benchmark.title}: ${part}`}>
      <table class={columns.length > 6 ? "results" : "results narrow"}>
        <caption>
          <span>
            <strong>{benchmark.title}</strong>, accuracy in percent, {part};{" "}
            {intervalsOf(found, benchmark.unit)}. {printed
              ? "Below ours: the paper's printed value, and ours minus it (green where the paper's value lies in our 95 % interval)."
              : "The paper prints no cells for this benchmark's rows."}
          </span>
        </caption>
        <thead>
          <tr>
            <th scope="col">System</th>
            <th scope="col">
              <span class="hidden-text">Whose</span>
            </th>
            {columns.map(({ scope, kind }, i) => (
              <th key={scope} scope="col" class={`num ${edge(i) ?? ""}`}>
                {kind === "group"
                  ? (
                    <abbr title={groupName(scope)}>
                      {scope === "avg" ? "Avg" : shortName(scope)}
                    </abbr>
                  )
                  : <abbr title={languageName(scope)}>{scope}</abbr>}
              </th>
            ))}
          </tr>
        </thead>
        {shown.map(({ name }) => {
          const row = columns.map(({ scope }) => cells.get(`${name}\n${scope}`));
          const theirs = row.some((cell) => cell?.paper);
          return (
            <tbody key={name}>
              <tr class="ours">
                <th scope="rowgroup" rowSpan={theirs ? 3 : 1} dir="auto">{name}</th>
                <th scope="row" class="which">ours</th>
                {row.map((cell, i) => (
                  <td key={columns[i].scope} class={edge(i)}>
                    {cell ? <CellButton cell={cell} /> : <None />}
                  </td>
                ))}
              </tr>
              {theirs && (
                <tr class="paper">
                  <th scope="row" class="which">paper</th>
                  {row.map((cell, i) => (
                    <td
                      key={columns[i].scope}
                      class={edge(i)}
                      title={cell?.paper &&
                        `${cell.paper.table}, row ${cell.paper.row}, column ${cell.paper.column}`}
                    >
                      {cell?.paper?.printed ?? <None />}
                    </td>
                  ))}
                </tr>
              )}
              {theirs && (
                <tr class="delta">
                  <th scope="row" class="which">difference</th>
                  {row.map((cell, i) => (
                    <td key={columns[i].scope} class={edge(i)}>
                      {cell?.paper ? <Delta cell={cell} /> : <None />}
                    </td>
                  ))}
                </tr>
              )}
            </tbody>
          );
        })}
      </table>
    </div>
  );
}

function CellButton({ cell }: { cell: Cell }) {
  return (
    <button class="cell" type="button" data-cell={cell.key} title={cell.signature} aria-haspopup="dialog">
      <b>{cell.printed}</b>
      <span class="ci">{intervalText(cell)}</span>
    </button>
  );
}

/** Whole numbers where the interval is wide; the exact limits are in the evidence and in the downloads. */
function intervalText({ low, high }: Cell): string {
  const print = (value: number) => high - low < 0.04 ? percent(value) : (value * 100).toFixed(0);
  return `${print(low)}\u2013${print(high)}`;
}

function Delta({ cell }: { cell: Cell }) {
  const theirs = cell.paper!.value / 100;
  const inside = theirs >= cell.low && theirs <= cell.high;
  return <span class={inside ? "up" : undefined}>{points(cell.value - theirs)}</span>;
}

function None() {
  return <span class="soft" aria-label="none">–</span>;
}
