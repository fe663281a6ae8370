/**
 * What each system gains between two benchmarks of the same items, for instance sentence retrieval before and after
 * alignment: paired differences with interval, by group and language.
 * @module
 */
import { intervalsOf, points, pValue } from "../format.ts";
import type { Benchmark, Change, Results } from "../model.ts";
import { ALPHA, readingOf } from "./effects_table.tsx";
import { groupName } from "./results_table.tsx";

export function ChangesTable({ results, benchmark }: { results: Results; benchmark: Benchmark }) {
  const changes = results.changes.filter((change) => change.benchmark === benchmark.id);
  if (changes.length === 0) return null;
  const before = results.slice.benchmarks.find(({ id }) => id === benchmark.against)!.title;
  const variants = [...new Set(changes.map(({ variant }) => variant))];
  const scopes = [...new Set(changes.map(({ scope }) => scope))];
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label={`${benchmark.title}: changes`}>
      <table class="effects changes">
        <caption>
          <span>
            <strong>{benchmark.title} against {before}</strong>, in percentage points: the same system on the
            same {benchmark.unit}s, paired by seed, language and {benchmark.unit};{" "}
            {intervalsOf(changes, benchmark.unit)}, p after Holm's correction over this table.
          </span>
        </caption>
        <thead>
          <tr>
            <th scope="col">Languages</th>
            {variants.map((variant) => <th key={variant} scope="col" class="num" dir="auto">{variant}</th>)}
          </tr>
        </thead>
        <tbody>
          {scopes.map((scope) => (
            <tr key={scope}>
              <th scope="row">{groupName(scope)}</th>
              {variants.map((variant) => (
                <ChangeCell
                  key={variant}
                  change={changes.find((one) => one.variant === variant && one.scope === scope)}
                />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function ChangeCell({ change }: { change?: Change }) {
  if (change === undefined) return <td class="num">–</td>;
  const { value, low, high, adjusted, n, method } = change;
  return (
    <td class="num" title={`${readingOf(change)}; n=${n}|${method}|v1`}>
      {adjusted > ALPHA ? points(value) : <b>{points(value)}</b>}
      <span class="ci">{`${points(low)} to ${points(high)}`}</span>
      <span class="ci">{pValue(adjusted)}</span>
    </td>
  );
}
