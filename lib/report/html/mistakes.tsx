/**
 * Where answers go wrong: shares of every kind of mistake by system and group, and accuracies by sort of problem.
 * @module
 */
import { Fragment } from "preact";
import { capitalised, integer, percent, plural } from "../../format.ts";
import { MISTAKE_NAMES, MISTAKES } from "../../metric/mod.ts";
import { kindsOf, outcomesOf } from "../../results/mistakes.ts";
import type { Benchmark, MistakeCount, Slice } from "../../results/slice.ts";
import { groupName } from "./groups.ts";
import { Scroll } from "./scroll.tsx";

/** Two tables for each benchmark whose mistakes are known. */
export function Mistakes({ slice, mistakes }: { slice: Slice; mistakes: readonly MistakeCount[] }) {
  return (
    <>
      <p>
        Every answer is of the first kind that fits, told by its number, its equations and those of the worked
        solution; shares are means over the languages of a group, as accuracies are.
      </p>
      {slice.benchmarks.map((benchmark) => {
        const counts = mistakes.filter((row) => row.benchmark === benchmark.id);
        return counts.length > 0 && (
          <Fragment key={benchmark.id}>
            <ByGroup slice={slice} benchmark={benchmark} counts={counts} />
            <ByKind slice={slice} benchmark={benchmark} counts={counts} />
          </Fragment>
        );
      })}
    </>
  );
}

interface TableProps {
  readonly slice: Slice;
  readonly benchmark: Benchmark;
  readonly counts: readonly MistakeCount[];
}

function ByGroup({ slice, benchmark, counts }: TableProps) {
  // A task without equations has but two kinds.
  const known = MISTAKES.filter((mistake) => counts.some((row) => row.mistake === mistake));
  return (
    <Scroll block label={`${benchmark.title}: kinds of mistakes`}>
      <table class="effects mistakes">
        <caption>
          <span>
            <strong>{benchmark.title}</strong>: kinds of mistakes, in percent of the answers.
          </span>
        </caption>
        <thead>
          <tr>
            <th scope="col">System</th>
            <th scope="col">Languages</th>
            <th scope="col" class="num">Right</th>
            {known.map((mistake) => (
              <th key={mistake} scope="col" class="num">{capitalised(MISTAKE_NAMES[mistake])}</th>
            ))}
          </tr>
        </thead>
        {slice.variants.map(({ name }) => {
          const own = counts.filter(({ variant }) => variant === name);
          const rows = benchmark.groups.flatMap((group) => {
            const outcomes = outcomesOf(own, group.languages);
            return outcomes ? [{ group: group.name, outcomes }] : [];
          });
          return rows.length > 0 && (
            <tbody key={name}>
              {rows.map(({ group, outcomes }, i) => (
                <tr key={group}>
                  {i === 0 && <th scope="rowgroup" rowSpan={rows.length} dir="auto">{name}</th>}
                  <th scope="row">{groupName(group)}</th>
                  <td class="num">
                    <b>{percent(outcomes.right)}</b>
                  </td>
                  {known.map((mistake) => <td key={mistake} class="num">{percent(outcomes[mistake])}</td>)}
                </tr>
              ))}
            </tbody>
          );
        })}
      </table>
    </Scroll>
  );
}

function ByKind({ slice, benchmark, counts }: TableProps) {
  const kinds = kindsOf(counts, benchmark);
  const systems = slice.variants.map(({ name }) => name)
    .filter((name) => counts.some(({ variant }) => variant === name));
  if (kinds.length < 2) return null;
  const shareOf = (kind: string, name: string) =>
    outcomesOf(
      counts.filter((row) => row.kind === kind && row.variant === name),
      benchmark.languages,
    )?.right;
  const answersOf = (kind: string) =>
    counts.reduce((sum, row) => row.kind === kind && row.variant === systems[0] ? sum + row.n : sum, 0);
  return (
    <details class="block" data-print-open>
      <summary>
        {`${benchmark.title}: ${plural(kinds.length, "sort")} of ${benchmark.unit} one by one`}
      </summary>
      <Scroll label={`${benchmark.title}: accuracy by sort of problem`}>
        <table class="effects mistakes">
          <caption>
            <span>
              <strong>{benchmark.title}</strong>: right answers by sort of{" "}
              {benchmark.unit}, in percent, over all languages.
            </span>
          </caption>
          <thead>
            <tr>
              <th scope="col">Sort</th>
              <th scope="col" class="num">Answers of a system</th>
              {systems.map((name) => <th key={name} scope="col" class="num" dir="auto">{name}</th>)}
            </tr>
          </thead>
          <tbody>
            {kinds.map((kind) => (
              <tr key={kind}>
                <th scope="row">
                  <code>{kind}</code>
                </th>
                <td class="num">{integer(answersOf(kind))}</td>
                {systems.map((name) => {
                  const share = shareOf(kind, name);
                  return <td key={name} class="num">{share === undefined ? "–" : percent(share)}</td>;
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </details>
  );
}
