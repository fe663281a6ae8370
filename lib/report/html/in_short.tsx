/**
 * An experiment's answer on its page's first screen: its conclusions, and what each system gets beside the floor.
 * @module
 */
import { percent } from "../../format.ts";
import { isFirstLook } from "../../lab/experiment/scale_notes.ts";
import { floorOf } from "../../results/floor.ts";
import type { Benchmark } from "../../results/slice.ts";
import type { Cell, Results } from "../../results/table.ts";
import { TOLD, toldFromZero } from "../../results/told.ts";
import { groupName, shortName } from "./groups.ts";
import { Scroll } from "./scroll.tsx";
import { Value } from "./value.tsx";
import { claimAnchor, lookOf, VerdictChip } from "./verdicts.tsx";
import { shownOf } from "../../lab/experiment/verdict_words.ts";

/** More columns than this do not fit a laptop: each benchmark has one then, of all its languages. */
const COLUMNS = 15;

/** A group of a benchmark. */
interface Column {
  readonly benchmark: Benchmark;
  readonly scope: string;
}

/** Whether there is any answer to show. */
export function hasAnswer({ slice, cells }: Results): boolean {
  return slice.claims.length > 0 || cells.length > 0;
}

export function InShort({ results }: { results: Results }) {
  const { slice, effects } = results;
  const told = isFirstLook(slice.scale) && effects.length > 0 ? toldFromZero(slice, effects) : [];
  return (
    <section id="short" aria-labelledby="short-title">
      <h2 id="short-title">In short</h2>
      {slice.claims.length > 0 && (
        <ul class="short">
          {slice.claims.map(({ claim, verdict, sentence }) => {
            const shown = shownOf(verdict, slice.scale);
            return (
              <li key={claim} class={lookOf(shown).style}>
                <VerdictChip verdict={shown} />
                <a href={`#${encodeURIComponent(claimAnchor(claim))}`} dir="auto">{sentence}</a>
              </li>
            );
          })}
        </ul>
      )}
      <ShortTable results={results} />
      {told.length > 0 && (
        <div class="told">
          <p>{TOLD}</p>
          <ul>{told.map((line) => <li key={line} dir="auto">{line}</li>)}</ul>
        </div>
      )}
    </section>
  );
}

function ShortTable({ results: { slice, cells } }: { results: Results }) {
  const found = new Map(cells.map((cell) => [nameOf(cell.variant, cell.benchmark, cell.scope), cell]));
  const groups = slice.benchmarks.flatMap((benchmark): Column[] =>
    benchmark.groups.filter(({ name }) =>
      cells.some((cell) => cell.benchmark === benchmark.id && cell.kind === "group" && cell.scope === name)
    ).map(({ name }) => ({ benchmark, scope: name }))
  );
  const columns = groups.length <= COLUMNS ? groups : groups.filter(isWhole);
  if (columns.length === 0) return null;
  const benchmarks = [...Map.groupBy(columns, ({ benchmark }) => benchmark)];
  const starts = new Set(benchmarks.map(([, own]) => own[0]));
  const edge = (column: Column) => starts.has(column) ? "num edge" : "num";
  const floors = columns.map(({ benchmark, scope }) => floorOf(slice, benchmark.id, scope));
  const floor = floors.find((one) => one !== undefined);
  return (
    <Scroll label="Accuracy in short">
      <table class="results brief" aria-label="Accuracy in percent, means over languages">
        <thead>
          <tr>
            <th scope="col" rowSpan={2}>Accuracy, %</th>
            {benchmarks.map(([{ id, title }, own]) => (
              <th key={id} scope="colgroup" colSpan={own.length} class="num edge">
                <a href={`#${encodeURIComponent(id)}`}>{title}</a>
              </th>
            ))}
          </tr>
          <tr>
            {columns.map((column) => (
              <th key={`${column.benchmark.id} ${column.scope}`} scope="col" class={edge(column)}>
                <abbr title={groupName(column.scope)}>
                  {column.scope === "avg" ? "Avg" : shortName(column.scope)}
                </abbr>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {slice.variants.filter(({ name }) => cells.some(({ variant }) => variant === name)).map((
            { name },
          ) => (
            <tr key={name}>
              <th scope="row" dir="auto">{name}</th>
              {columns.map((column) => (
                <td key={`${column.benchmark.id} ${column.scope}`} class={edge(column)}>
                  <Shown cell={found.get(nameOf(name, column.benchmark.id, column.scope))} />
                </td>
              ))}
            </tr>
          ))}
          {floor !== undefined && (
            <tr class="floor">
              <th scope="row">{floor.name}</th>
              {columns.map((column, i) => (
                <td key={`${column.benchmark.id} ${column.scope}`} class={edge(column)}>
                  {floors[i] === undefined ? "–" : percent(floors[i].value)}
                </td>
              ))}
            </tr>
          )}
        </tbody>
      </table>
    </Scroll>
  );
}

function nameOf(variant: string, benchmark: string, scope: string): string {
  return [variant, benchmark, scope].join("\n");
}

/** Whether a group has all of its benchmark's languages. */
function isWhole({ benchmark, scope }: Column): boolean {
  const group = benchmark.groups.find(({ name }) => name === scope);
  return group?.languages.length === benchmark.languages.length;
}

function Shown({ cell }: { cell: Cell | undefined }) {
  return cell === undefined ? <span class="soft" aria-label="none">–</span> : <Value cell={cell} />;
}
