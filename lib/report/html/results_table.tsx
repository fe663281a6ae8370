/**
 * Ours, the paper's and the difference, a cell per system and language or group. Every number of ours leads to the
 * answers behind it. Wide benchmarks show their groups first and a table per group below.
 * @module
 */
import { intervalsOf, percent, plural, points } from "../../format.ts";
import { floorOf } from "../../results/floor.ts";
import type { Benchmark } from "../../results/slice.ts";
import { paperFootnote, paperText } from "../../results/paper_floor.ts";
import type { Cell, Results } from "../../results/table.ts";
import { groupName, orderedLanguages, shortName } from "./groups.ts";
import { languageName } from "./languages.ts";
import { Scroll } from "./scroll.tsx";
import { Value } from "./value.tsx";

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
  const printed = [...cells.values()].some(({ paper }) => paper);
  if (groups.length + languages.length <= COLUMNS) {
    return (
      <>
        {printed && <PaperToggle />}
        <ResultsTable {...common} columns={[...groups, ...languages]} part="all languages" />
      </>
    );
  }
  const parts = benchmark.groups.filter(({ languages }) => languages.length < benchmark.languages.length);
  return (
    <>
      {printed && <PaperToggle />}
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
              label={`${groupName(group.name)}, ${codes[0]} to ${codes.at(-1)}`}
            />
          ))}
        </details>
      ))}
    </>
  );
}

/**
 * Shows the paper's rows, which are hidden at first: accuracies of models of another size are no comparison, the paired
 * effects are. The style sheet does it, so that it works without script.
 */
function PaperToggle() {
  return (
    <p class="toggle screen">
      <label>
        <input type="checkbox" class="show-paper" /> Show the paper's printed values and ours minus them
      </label>{" "}
      <span class="soft">
        Accuracies of models of another size are no comparison; the paired effects are.
      </span>
    </p>
  );
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
  /** Its name among the page's tables, where several are of one part. */
  readonly label?: string;
}

function ResultsTable({ results: { slice }, benchmark, cells, columns, part, label = part }: TableProps) {
  const firstLanguage = columns.findIndex(({ kind }) => kind === "lang");
  const edge = (i: number) => i === firstLanguage && i > 0 ? "edge" : undefined;
  const shown = slice.variants.filter(({ name }) =>
    columns.some(({ scope }) => cells.has(`${name}\n${scope}`))
  );
  const found = shown.flatMap(({ name }) =>
    columns.flatMap(({ scope }) => cells.get(`${name}\n${scope}`) ?? [])
  );
  const printed = found.some(({ paper }) => paper);
  const footnote = paperFootnote(found);
  const digits = columns.map(({ scope }) =>
    Math.max(
      ...found.filter((cell) => cell.scope === scope).flatMap(({ value, paper }) => [
        decimals(percent(value)),
        decimals(paper?.printed ?? ""),
      ]),
    )
  );
  const floors = columns.map(({ scope }) => floorOf(slice, benchmark.id, scope));
  const floor = floors.find((one) => one !== undefined);
  return (
    <Scroll label={`${benchmark.title}: ${label}`}>
      <table class={columns.length > 6 ? "results" : "results narrow"}>
        <caption>
          <span>
            <strong>{benchmark.title}</strong>, accuracy in percent, {part};{" "}
            {intervalsOf(found, benchmark.unit)}.
            {footnote !== undefined && ` ${footnote}`}
            {!printed && " The paper prints no cells for this benchmark's rows."}
          </span>
        </caption>
        <thead>
          <tr>
            <th scope="col">System</th>
            <th scope="col" class="which">
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
                  <td key={columns[i]!.scope} class={edge(i)}>
                    {cell ? <Measured cell={cell} digits={digits[i]!} /> : <None />}
                  </td>
                ))}
              </tr>
              {theirs && (
                <tr class="paper">
                  <th scope="row" class="which">paper</th>
                  {row.map((cell, i) => (
                    <td
                      key={columns[i]!.scope}
                      class={edge(i)}
                      title={cell?.paper &&
                        `${cell.paper.table}, row ${cell.paper.row}, column ${cell.paper.column}`}
                    >
                      {cell?.paper ? <Aligned text={paperText(cell)} digits={digits[i]!} /> : <None />}
                    </td>
                  ))}
                </tr>
              )}
              {theirs && (
                <tr class="delta">
                  <th scope="row" class="which">difference</th>
                  {row.map((cell, i) => (
                    <td key={columns[i]!.scope} class={edge(i)}>
                      {cell?.paper
                        ? <Aligned text={points(cell.value - cell.paper.value / 100)} digits={digits[i]!} />
                        : <None />}
                    </td>
                  ))}
                </tr>
              )}
            </tbody>
          );
        })}
        {floor !== undefined && (
          <tbody>
            <tr class="ours">
              <th scope="rowgroup" dir="auto">{floor.name}</th>
              <th scope="row" class="which">rule</th>
              {floors.map((one, i) => (
                <td key={columns[i]!.scope} class={edge(i)}>
                  {one ? <Aligned text={percent(one.value)} digits={digits[i]!} /> : <None />}
                </td>
              ))}
            </tr>
          </tbody>
        )}
      </table>
    </Scroll>
  );
}

function Measured({ cell, digits }: { cell: Cell; digits: number }) {
  return (
    <Value cell={cell} shown={<Aligned text={percent(cell.value)} digits={digits} />}>
      <span class="ci">{intervalText(cell)}</span>
    </Value>
  );
}

/** Whole numbers where the interval is wide; the exact limits are in the evidence and in the downloads. */
function intervalText({ low, high }: Cell): string {
  const print = (value: number) => high - low < 0.04 ? percent(value) : (value * 100).toFixed(0);
  return `${print(low)}\u2013${print(high)}`;
}

/** The paper prints "8.49" and "40.8" in one column as it likes: points stand below one another all the same. */
function Aligned({ text, digits }: { text: string; digits: number }) {
  const zeros = "0".repeat(digits - decimals(text));
  if (zeros === "") return <>{text}</>;
  return <span data-pad={text.includes(".") ? zeros : `.${zeros}`}>{text}</span>;
}

function decimals(text: string): number {
  return /\.(\d+)†?$/.exec(text)?.[1]?.length ?? 0;
}

function None() {
  return <span class="soft" aria-label="none">–</span>;
}
