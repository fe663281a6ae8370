/**
 * A benchmark's part of an experiment's page: its table, what each change does, its figures.
 * @module
 */
import { integer, plural } from "../../format.ts";
import { type Benchmark, sliceName } from "../../results/slice.ts";
import type { Results } from "../../results/table.ts";
import type { Figure } from "../figures/figure.ts";
import type { TranslatedWord } from "../store/read_translations.ts";
import type { WrittenText } from "../store/read_written.ts";
import { ChangesTable } from "./changes_table.tsx";
import { EffectsTable } from "./effects_table.tsx";
import { FigureBlock } from "./figure.tsx";
import { KnockoutsTable } from "./knockouts_table.tsx";
import { ResultsTables } from "./results_table.tsx";
import { Translations } from "./translations.tsx";
import { WrittenEnglish } from "./written_english.tsx";

const ROOT = "../";

export function BenchmarkBody({ results, benchmark, figures, captions, words, texts, drawings }: {
  results: Results;
  benchmark: Benchmark;
  figures: readonly Figure[];
  captions: ReadonlyMap<string, string>;
  words: readonly TranslatedWord[];
  texts: readonly WrittenText[];
  drawings?: ReadonlyMap<string, string> | undefined;
}) {
  const { slice } = results;
  const cells = results.cells.filter((cell) => cell.benchmark === benchmark.id);
  const tables = [...new Set(cells.flatMap(({ paper }) => paper ? [paper.table] : []))];
  const stem = `${ROOT}tables/${sliceName(slice)}.${benchmark.id}`;
  const problems = Math.max(...cells.filter((c) => c.kind === "lang").map((c) => c.n / c.seeds));
  return (
    <>
      <p class="soft">
        {integer(problems)} {benchmark.unit}s in {plural(benchmark.languages.length, "language")}.{" "}
        {tables.length > 0 &&
          `Beside the paper's ${tables.map((id) => printedTable(id, captions)).join("; ")}.`} {benchmark.note}
        {" "}
        <span class="screen script">Select a number to see the answers behind it.</span>
      </p>
      <div class="block">
        <ResultsTables results={results} benchmark={benchmark} />
        <div class="screen script" data-explore={benchmark.id} />
        {drawings === undefined && (
          <ul class="downloads">
            <li>
              <a href={`${stem}.md`} download>Markdown</a>
            </li>
            <li>
              <a href={`${stem}.tex`} download>LaTeX</a>
            </li>
          </ul>
        )}
      </div>
      {words.length > 0 && <Translations benchmark={benchmark} words={words} />}
      {texts.length > 0 && <WrittenEnglish benchmark={benchmark} texts={texts} />}
      <div class="block">
        <EffectsTable results={results} benchmark={benchmark} />
      </div>
      <div class="block">
        <KnockoutsTable results={results} benchmark={benchmark} />
      </div>
      <div class="block">
        <ChangesTable results={results} benchmark={benchmark} />
      </div>
      <div class="block">
        <Figures figures={figures} drawings={drawings} />
      </div>
    </>
  );
}

export function Figures({ figures, drawings }: {
  figures: readonly Figure[];
  /** Drawn before, by name, for a page that stands alone. */
  drawings?: ReadonlyMap<string, string> | undefined;
}) {
  return (
    <>
      {figures.map((figure) => (
        <FigureBlock key={figure.name} figure={figure} root={ROOT} svg={drawings?.get(figure.name)} />
      ))}
    </>
  );
}

/** "table-14" with its caption: "Table 14 (Removing a stage, MGSM)". */
function printedTable(id: string, captions: ReadonlyMap<string, string>): string {
  const caption = captions.get(id)?.replace(/\.$/, "");
  return `${id.replace("table-", "Table ")}${caption ? ` (${caption})` : ""}`;
}
