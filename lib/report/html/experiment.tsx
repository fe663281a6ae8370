/**
 * The page of one experiment at one scale in one world.
 * @module
 */
import { type ComponentChildren, Fragment } from "preact";
import { sliceFile } from "../evidence.ts";
import type { Figure } from "../figures/figure.ts";
import { integer, plural } from "../../format.ts";
import { type Benchmark, type Slice, type SliceKey, sliceName } from "../../results/slice.ts";
import type { Results } from "../../results/table.ts";
import { Cost, PatchTable, Provenance } from "./circumstances.tsx";
import { ChangesTable } from "./changes_table.tsx";
import { EffectsTable } from "./effects_table.tsx";
import { FigureBlock } from "./figure.tsx";
import { OwnScores } from "./own_scores.tsx";
import type { TranslatedWord } from "../store/read_translations.ts";
import { ResultsTables } from "./results_table.tsx";
import { Translations } from "./translations.tsx";
import { claimExtent, ClaimList } from "./verdicts.tsx";

export interface ExperimentProps {
  readonly results: Results;
  /** Figures of each benchmark, and the experiment's own under "". */
  readonly figures: ReadonlyMap<string, readonly Figure[]>;
  /** The same experiment at other scales and in other worlds. */
  readonly siblings: readonly SliceKey[];
  /** Captions of the paper's tables by id. */
  readonly captions: ReadonlyMap<string, string>;
  /** Examples of the benchmarks whose items are words. */
  readonly words?: ReadonlyMap<string, readonly TranslatedWord[]>;
}

const ROOT = "../";
const ONE_SEED =
  "One seed: a verdict is on these trainings. Its interval says how far other problems could move a " +
  "number, not how far another training could; with --seeds 3 it says both.";

export function ExperimentPage({ results, figures, siblings, captions, words }: ExperimentProps) {
  const { slice } = results;
  const seeds = [...new Set(slice.runs.filter((run) => run.status === "done").map((run) => run.seed))];
  const answers = slice.runs.reduce((sum, run) => run.status === "done" ? sum + run.answers : sum, 0);
  return (
    <div class="page-body" data-slice={sliceFile(slice)}>
      <header>
        <p class="kicker">
          <code>{slice.experiment}</code>
          <span>scale {slice.scale}</span>
          <span>world {slice.world}</span>
          <span>{seeds.length === 1 ? `seed ${seeds[0]}` : `${seeds.length} seeds`}</span>
          <span>{plural(answers, "answer")}</span>
        </p>
        <h1 dir="auto">{slice.title}</h1>
        <div class="lede">
          <Prose text={slice.abstract} />
        </div>
        {siblings.length > 0 && (
          <p class="small soft">
            Also run as {siblings.map((key, i) => (
              <span key={sliceName(key)}>
                {i > 0 && ", "}
                <a href={`${sliceName(key)}.html`}>{`${key.world}, ${key.scale}`}</a>
              </span>
            ))}.
          </p>
        )}
        {results.cells.length > 0 && (
          <>
            <p class="proof screen" role="status" />
            <noscript>
              <p class="small soft screen">
                Without JavaScript this page has all its numbers, tables and figures; the answers behind a
                number cannot be opened, and the numbers are not recomputed here.
              </p>
            </noscript>
          </>
        )}
      </header>

      <Section id="varies" title="What varies">
        <PatchTable slice={slice} />
      </Section>

      {slice.claims.length > 0 && (
        <Section id="claims" title="What the paper concludes, and what we see">
          {seeds.length === 1 && <p class="soft">{ONE_SEED}</p>}
          <ClaimList
            chips
            extent={claimExtent(slice.claims)}
            claims={slice.claims.map((claim) => ({ ...claim, where: `seeds ${claim.seeds || "none"}` }))}
          />
        </Section>
      )}

      {(figures.get("") ?? []).length > 0 && (
        <Section id="figures" title="As the paper draws it">
          {figures.get("")!.map((figure) => <FigureBlock key={figure.name} figure={figure} root={ROOT} />)}
        </Section>
      )}

      {slice.benchmarks.map((benchmark) => (
        <BenchmarkSection
          key={benchmark.id}
          results={results}
          benchmark={benchmark}
          figures={figures.get(benchmark.id) ?? []}
          captions={captions}
          words={words?.get(benchmark.id) ?? []}
        />
      ))}

      {slice.own.length > 0 && (
        <Section id="scores" title="Other measures">
          <OwnScores slice={slice} />
        </Section>
      )}

      <Section id="cost" title="Cost">
        <Cost slice={slice} />
      </Section>
      <Section id="recipe" title="Recipe">
        <Recipe slice={slice} />
      </Section>
      <Section id="provenance" title="Provenance">
        <Provenance slice={slice} />
      </Section>
    </div>
  );
}

function BenchmarkSection({ results, benchmark, figures, captions, words }: {
  results: Results;
  benchmark: Benchmark;
  figures: readonly Figure[];
  captions: ReadonlyMap<string, string>;
  words: readonly TranslatedWord[];
}) {
  const { slice } = results;
  const cells = results.cells.filter((cell) => cell.benchmark === benchmark.id);
  if (cells.length === 0) return null;
  const tables = [...new Set(cells.flatMap(({ paper }) => paper ? [paper.table] : []))];
  const stem = `${ROOT}tables/${sliceName(slice)}.${benchmark.id}`;
  const problems = Math.max(...cells.filter((c) => c.kind === "lang").map((c) => c.n / c.seeds));
  return (
    <Section id={benchmark.id} title={benchmark.title}>
      <p class="soft">
        {integer(problems)} {benchmark.unit}s in {plural(benchmark.languages.length, "language")}.{" "}
        {tables.length > 0 &&
          `Beside the paper's ${tables.map((id) => printedTable(id, captions)).join("; ")}.`} {benchmark.note}
        {" "}
        <span class="screen script">Select a number to see the answers behind it.</span>
      </p>
      <div class="block">
        <ResultsTables results={results} benchmark={benchmark} />
        <ul class="downloads">
          <li>
            <a href={`${stem}.md`} download>Markdown</a>
          </li>
          <li>
            <a href={`${stem}.tex`} download>LaTeX</a>
          </li>
        </ul>
      </div>
      {words.length > 0 && <Translations benchmark={benchmark} words={words} />}
      <div class="block">
        <EffectsTable results={results} benchmark={benchmark} />
      </div>
      <div class="block">
        <ChangesTable results={results} benchmark={benchmark} />
      </div>
      <div class="block">
        {figures.map((figure) => <FigureBlock key={figure.name} figure={figure} root={ROOT} />)}
      </div>
    </Section>
  );
}

/** "table-14" with its caption: "Table 14 (Removing a stage, MGSM)". */
function printedTable(id: string, captions: ReadonlyMap<string, string>): string {
  const caption = captions.get(id)?.replace(/\.$/, "");
  return `${id.replace("table-", "Table ")}${caption ? ` (${caption})` : ""}`;
}

function Recipe({ slice }: { slice: Slice }) {
  const fields = slice.recipe.filter((row) => row.variant === slice.baseName);
  if (fields.length === 0) return <p>The base has not been run.</p>;
  return (
    <>
      <p>
        The base,{" "}
        <bdi>{slice.baseName}</bdi>, resolved at this scale. How the settings compare with the paper's and its
        release's: <a href={`${ROOT}settings.html`}>three-way table</a>.
      </p>
      <details>
        <summary>{plural(fields.length, "field")}</summary>
        <div class="scroll">
          <table>
            <thead>
              <tr>
                <th scope="col">Field</th>
                <th scope="col">Value</th>
              </tr>
            </thead>
            <tbody>
              {fields.map(({ path, value }) => (
                <tr key={path}>
                  <th scope="row">
                    <code>{path}</code>
                  </th>
                  <td class="wrap">
                    <code>{value}</code>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
    </>
  );
}

export function Section({ id, title, children }: { id: string; title: string; children: ComponentChildren }) {
  return (
    <section id={id} aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`}>{title}</h2>
      {children}
    </section>
  );
}

/** Paragraphs of a comment, `code` in its own face. */
export function Prose({ text }: { text: string }) {
  return (
    <>
      {text.trim().split(/\n\s*\n/).map((paragraph, i) => (
        <p key={i} dir="auto">
          {paragraph.split(/(`[^`]+`)/).map((part, at) =>
            part.startsWith("`") && part.length > 2
              ? <code key={at}>{part.slice(1, -1)}</code>
              // A bare string of a list would be escaped twice.
              : <Fragment key={at}>{part}</Fragment>
          )}
        </p>
      ))}
    </>
  );
}
