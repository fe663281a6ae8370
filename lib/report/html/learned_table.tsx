/**
 * What each system's training came to, and how it does in languages that it saw text of, saw words of and never saw.
 * @module
 */
import { integer, percent, percentRange, plural } from "../../format.ts";
import { type Learned, SEEN, type Seen, type SeenAccuracy } from "../../results/learned.ts";
import type { Benchmark } from "../../results/slice.ts";
import type { Results } from "../../results/table.ts";
import { languageName } from "./languages.ts";
import { Scroll } from "./scroll.tsx";

const HEADS: Readonly<Record<Seen, string>> = {
  translated: "Text seen",
  switched: "Words seen",
  neither: "Never seen",
};

export function LearnedTables({ results }: { results: Results }) {
  const { learned, slice } = results;
  const asked = slice.benchmarks.filter(({ id }) =>
    learned.some(({ accuracies }) => accuracies.some(({ benchmark }) => benchmark === id))
  );
  return (
    <>
      <p class="soft">
        Systems that saw other languages know other things. <em>Text</em> is real sentences of a language,
        {" "}
        <em>words</em>{" "}
        are those of a dictionary in English sentences; English itself is in no column, and what an encoder or
        an LLM read before its training here is not counted.
      </p>
      <Scroll block label="Updates, tokens, parameters, languages">
        <table aria-label="Updates, tokens, parameters, languages">
          <thead>
            <tr>
              <th scope="col">System</th>
              <th scope="col" class="num">Updates</th>
              <th scope="col" class="num">Tokens of the LLM</th>
              <th scope="col" class="num">Parameters that learn</th>
              <th scope="col">Languages as text</th>
              <th scope="col">Languages as words</th>
            </tr>
          </thead>
          <tbody>
            {learned.map((row) => (
              <tr key={row.variant}>
                <th scope="row" dir="auto">{row.variant}</th>
                <td class="num">{integer(Math.round(row.updates))}</td>
                <td class="num">{integer(Math.round(row.tokens))}</td>
                <td class="num">{integer(Math.round(row.parameters))}</td>
                <td class="wrap">
                  <Languages codes={row.translated} />
                </td>
                <td class="wrap">
                  <Languages codes={row.switched} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
      {asked.map((benchmark) => <SeenTable key={benchmark.id} benchmark={benchmark} learned={learned} />)}
    </>
  );
}

function Languages({ codes }: { codes: readonly string[] }) {
  if (codes.length === 0) return <span class="soft">none</span>;
  return <span title={codes.map(languageName).join(", ")}>{`${codes.length}: ${codes.join(", ")}`}</span>;
}

function SeenTable({ benchmark, learned }: { benchmark: Benchmark; learned: readonly Learned[] }) {
  const cellOf = (row: Learned, seen: Seen) =>
    row.accuracies.find((one) => one.benchmark === benchmark.id && one.seen === seen);
  return (
    <Scroll block label={`By what was seen, ${benchmark.title}`}>
      <table class="results narrow">
        <caption>
          <strong>{benchmark.title}</strong>{" "}
          by what each system's training saw of a language; accuracy in percent, mean over languages, 95 %
          interval.
        </caption>
        <thead>
          <tr>
            <th scope="col">System</th>
            {SEEN.map((seen) => <th key={seen} scope="col" class="num">{HEADS[seen]}</th>)}
          </tr>
        </thead>
        <tbody>
          {learned.map((row) => (
            <tr key={row.variant}>
              <th scope="row" dir="auto">{row.variant}</th>
              {SEEN.map((seen) => (
                <td key={seen}>
                  <SeenCell cell={cellOf(row, seen)} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

function SeenCell({ cell }: { cell: SeenAccuracy | undefined }) {
  if (cell === undefined) return <span class="soft">–</span>;
  return (
    <span title={cell.languages.map(languageName).join(", ")}>
      <b>{percent(cell.value)}</b>
      <span class="ci">{`${percentRange(cell)}, ${plural(cell.languages.length, "language")}`}</span>
    </span>
  );
}
