/**
 * Of systems whose LLM reads a question both as states and as tokens: accuracy as it is asked, without the one, without the
 * other, by group.
 * @module
 */
import {
  intervalsOf,
  percent,
  percentRange,
  pNumber,
  points,
  pointsRange,
  pValue,
  sampleSize,
} from "../../format.ts";
import { floorOf } from "../../results/floor.ts";
import { HELD_BACK, type HeldBack, type Knockout } from "../../results/knockouts.ts";
import { clarityOf, readingOf } from "../../results/reading.ts";
import type { Benchmark } from "../../results/slice.ts";
import type { Cell, Results } from "../../results/table.ts";
import { groupName } from "./groups.ts";
import { Scroll } from "./scroll.tsx";
import { Value } from "./value.tsx";

const HEADS: Readonly<Record<HeldBack, string>> = {
  without_states: "Without the states",
  without_tokens: "Without the tokens",
};

export function KnockoutsTable({ results, benchmark }: { results: Results; benchmark: Benchmark }) {
  const knockouts = results.knockouts.filter((one) => one.benchmark === benchmark.id);
  if (knockouts.length === 0) return null;
  const cellOf = (variant: string, scope: string) =>
    results.cells.find((cell) =>
      cell.benchmark === benchmark.id && cell.variant === variant && cell.scope === scope
    );
  const systems = [...new Set(knockouts.map(({ of }) => of))];
  const floor = benchmark.groups.map(({ name }) => floorOf(results.slice, benchmark.id, name))
    .find((one) => one !== undefined);
  return (
    <Scroll label={`${benchmark.title}: knock-outs`}>
      <table class="effects knockouts">
        <caption>
          <span>
            <strong>What states and tokens are worth on {benchmark.title}</strong>: systems whose LLM reads a
            question twice, through the encoder and as its own tokens, asked with one of the two held back;
            the training is the same. Accuracy in percent; below it the change in points, paired by seed,
            language and {benchmark.unit};{" "}
            {intervalsOf(knockouts, benchmark.unit)}; p of each by itself and after Holm's correction for the
            {" "}
            {knockouts.length} differences of this table. Systems that read a question once are in no row.
          </span>
        </caption>
        <thead>
          <tr>
            <th scope="col">System</th>
            <th scope="col">Languages</th>
            <th scope="col" class="num">As asked</th>
            {HELD_BACK.map((held) => <th key={held} scope="col" class="num">{HEADS[held]}</th>)}
            {floor !== undefined && <th scope="col" class="num">{floor.name}</th>}
          </tr>
        </thead>
        {systems.map((system) => {
          const own = knockouts.filter(({ of }) => of === system);
          const scopes = [...new Set(own.map(({ scope }) => scope))];
          return (
            <tbody key={system}>
              {scopes.map((scope, i) => (
                <tr key={scope}>
                  {i === 0 && <th scope="rowgroup" rowSpan={scopes.length} dir="auto">{system}</th>}
                  <th scope="row">{groupName(scope)}</th>
                  <td class="num">
                    <Accuracy cell={cellOf(system, scope)} />
                    <Interval cell={cellOf(system, scope)} />
                  </td>
                  {HELD_BACK.map((held) => {
                    const found = own.find((one) => one.scope === scope && one.held === held);
                    return <Held key={held} found={found} cell={found && cellOf(found.variant, scope)} />;
                  })}
                  {floor !== undefined && (
                    <td class="num">{percentOf(floorOf(results.slice, benchmark.id, scope))}</td>
                  )}
                </tr>
              ))}
            </tbody>
          );
        })}
      </table>
    </Scroll>
  );
}

function Accuracy({ cell }: { cell: Cell | undefined }) {
  return cell === undefined ? <>–</> : <Value cell={cell} />;
}

function Interval({ cell }: { cell: Cell | undefined }) {
  return cell === undefined ? null : <span class="ci">{percentRange(cell)}</span>;
}

function percentOf(one: { readonly value: number } | undefined): string {
  return one === undefined ? "–" : percent(one.value);
}

function Held({ found, cell }: { found: Knockout | undefined; cell: Cell | undefined }) {
  if (found === undefined) return <td class="num soft">not run</td>;
  const { value, p, corrected, method, variant } = found;
  return (
    <td class="num" title={`${variant}: ${readingOf(found)}; ${sampleSize(found)}; ${method}|v1`}>
      <Accuracy cell={cell} />
      <span class="ci">
        {clarityOf(found) === "open" ? points(value) : <b>{points(value)}</b>}
        {` (${pointsRange(found)})`}
      </span>
      <span class="ci">{`${pValue(p)}, corrected ${pNumber(corrected.p)}`}</span>
    </td>
  );
}
