/**
 * What of the solutions to word problems is right, beside the answers: operation, operands, sum. A row a system and group.
 * @module
 */
import { capitalised, intervalsOf, percent, percentRange, sampleSize } from "../../format.ts";
import { PARTS } from "../../metric/mod.ts";
import type { PartsRow } from "../../results/parts.ts";
import type { Benchmark } from "../../results/slice.ts";
import type { Cell, Results } from "../../results/table.ts";
import { groupName } from "./groups.ts";
import { Scroll } from "./scroll.tsx";

interface PartsProps {
  readonly results: Results;
  readonly parts: readonly PartsRow[];
}

/** A table for each benchmark that has worked solutions. */
export function PartsTables({ results, parts }: PartsProps) {
  return (
    <>
      <p>
        <b>Operation</b>: the equations that a system wrote have the operators of the worked solution.{" "}
        <b>Operands</b>: they take its numbers.{" "}
        <b>Sum</b>: the arithmetic of each is right, whatever it should have calculated. All three can be
        right and the answer wrong ({"5\u00a0\u2212\u00a060 for 60\u00a0\u2212\u00a05"}), and another way to
        the right answer has another operation.
      </p>
      {results.slice.benchmarks.filter(({ id }) => parts.some(({ benchmark }) => benchmark === id)).map((
        benchmark,
      ) => <PartsTable key={benchmark.id} results={results} parts={parts} benchmark={benchmark} />)}
    </>
  );
}

function PartsTable({ results, parts, benchmark }: PartsProps & { readonly benchmark: Benchmark }) {
  const own = parts.filter((row) => row.benchmark === benchmark.id);
  const cellOf = ({ variant, scope }: PartsRow) =>
    results.cells.find((cell) =>
      cell.benchmark === benchmark.id && cell.variant === variant && cell.scope === scope
    );
  return (
    <Scroll block label={`${benchmark.title}: operation, operands, sum`}>
      <table class="effects">
        <caption>
          <span>
            <strong>{benchmark.title}</strong>, in percent of the answers;{" "}
            {intervalsOf(own.map((row) => row.parts.operation), benchmark.unit)}.
          </span>
        </caption>
        <thead>
          <tr>
            <th scope="col">System</th>
            <th scope="col">Languages</th>
            {["Answer", ...PARTS.map(capitalised)].map((name) => (
              <th key={name} scope="col" class="num">{name}</th>
            ))}
          </tr>
        </thead>
        {[...Map.groupBy(own, ({ variant }) => variant)].map(([variant, rows]) => (
          <tbody key={variant}>
            {rows.map((row, i) => (
              <tr key={row.scope}>
                {i === 0 && <th scope="rowgroup" rowSpan={rows.length} dir="auto">{variant}</th>}
                <th scope="row">{groupName(row.scope)}</th>
                <Share one={cellOf(row)} />
                {PARTS.map((part) => <Share key={part} one={{ ...row.parts[part], unit: benchmark.unit }} />)}
              </tr>
            ))}
          </tbody>
        ))}
      </table>
    </Scroll>
  );
}

type ShareOf = Omit<PartsRow["parts"]["sum"], "method" | "languages"> & Pick<Cell, "unit">;

function Share({ one }: { one: ShareOf & { readonly languages: number | readonly string[] } | undefined }) {
  if (one === undefined) return <td class="num">–</td>;
  const languages = typeof one.languages === "number" ? one.languages : one.languages.length;
  return (
    <td class="num" title={sampleSize({ ...one, languages })}>
      <b>{percent(one.value)}</b>
      <span class="ci">{percentRange(one)}</span>
    </td>
  );
}
