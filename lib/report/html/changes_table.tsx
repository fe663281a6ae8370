/**
 * What each system gains between two benchmarks of the same items, for instance sentence retrieval before and after
 * alignment: paired differences with interval, by group and language.
 * @module
 */
import type { ComponentChildren } from "preact";
import { intervalsOf, plural, pNumber, points, pointsRange, pValue, sampleSize } from "../../format.ts";
import type { Benchmark } from "../../results/slice.ts";
import type { Change, Results } from "../../results/table.ts";
import { clarityOf, readingOf } from "../../results/reading.ts";
import { languageName } from "./languages.ts";
import { groupName } from "./groups.ts";
import { Scroll } from "./scroll.tsx";

export function ChangesTable({ results, benchmark }: { results: Results; benchmark: Benchmark }) {
  const changes = results.changes.filter((change) => change.benchmark === benchmark.id);
  if (changes.length === 0) return null;
  const before = results.slice.benchmarks.find(({ id }) => id === benchmark.against)!.title;
  const isGroup = ({ scope }: Change) => benchmark.groups.some(({ name }) => name === scope);
  const languages = changes.filter((change) => !isGroup(change));
  const title = `${benchmark.title} against ${before}`;
  return (
    <>
      <Table title={title} label={`${title}: changes`} nameOf={groupName} changes={changes.filter(isGroup)}>
        , in percentage points: the same system on the same {benchmark.unit}s, paired by seed, language and
        {" "}
        {benchmark.unit};{" "}
        {intervalsOf(changes, benchmark.unit)}; p of each by itself (uncorrected, as the verdicts quote it)
        and after Holm's correction for the {changes.length} differences of groups and languages.
      </Table>
      {languages.length > 0 && (
        <details data-print-open>
          <summary>{`${title}: ${plural(benchmark.languages.length, "language")} one by one`}</summary>
          <Table
            title={title}
            label={`${title}: changes by language`}
            nameOf={languageName}
            changes={languages}
          >
            , language by language.
          </Table>
        </details>
      )}
    </>
  );
}

function Table({ title, label, nameOf, changes, children }: {
  title: string;
  label: string;
  nameOf: (scope: string) => string;
  changes: readonly Change[];
  children: ComponentChildren;
}) {
  const variants = [...new Set(changes.map(({ variant }) => variant))];
  const scopes = [...new Set(changes.map(({ scope }) => scope))];
  return (
    <Scroll label={label}>
      <table class="effects changes">
        <caption>
          <span>
            <strong>{title}</strong>
            {children}
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
              <th scope="row">{nameOf(scope)}</th>
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
    </Scroll>
  );
}

function ChangeCell({ change }: { change: Change | undefined }) {
  if (change === undefined) return <td class="num">–</td>;
  const { value, p, corrected, method } = change;
  return (
    <td class="num" title={`${readingOf(change)}; ${sampleSize(change)}; ${method}|v1`}>
      {clarityOf(change) === "open" ? points(value) : <b>{points(value)}</b>}
      <span class="ci">{pointsRange(change)}</span>
      <span class="ci">{`${pValue(p)}, corrected ${pNumber(corrected.p)}`}</span>
    </td>
  );
}
