/// <reference lib="dom" />
/**
 * Two runs side by side, only what differs: as `deno task diff` says it, from the site's data files.
 * @module
 */
import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import { inWords } from "../../lab/plan/in_words.ts";
import {
  countFlips,
  diffFacts,
  type FactsDiff,
  type FlipCount,
  type RunAnswers,
  type RunFacts,
} from "../../results/run_diff.ts";
import { percent, plain, points } from "../../format.ts";
import { Scroll } from "../html/scroll.tsx";
import type { KnownRuns, SliceData } from "./data.ts";
import { Dialog } from "./dialog.tsx";
import { load } from "./load.ts";
import type { PageRun } from "./runs_table.ts";

interface Compared extends FactsDiff {
  /** null where the answers of one of them are not on the site. */
  readonly flips: readonly FlipCount[] | null;
  readonly shares: readonly string[];
}

const ONLY = { before: "only in A", after: "only in B" };

export function Comparison({ a, b, onClose }: { a: PageRun; b: PageRun; onClose: () => void }) {
  const [found, setFound] = useState<Compared | Error | null>(null);
  useEffect(() => {
    compare(a, b).then(setFound, setFound);
  }, [a.id, b.id]);
  return (
    <Dialog label="Two runs compared" crumbs="runs · compared" title="What differs" onClose={onClose}>
      <dl class="pair">
        {([["A", a], ["B", b]] as const).map(([letter, { name, id }]) => (
          <div key={letter}>
            <dt>{letter}</dt>
            <dd>
              <bdi>{name}</bdi> <code class="run small soft">{id}</code>
            </dd>
          </div>
        ))}
      </dl>
      {found === null
        ? <p class="soft">Loading…</p>
        : found instanceof Error
        ? <p class="wrong" role="alert">{found.message}</p>
        : <Differences found={found} />}
      <p class="small soft">In a terminal:</p>
      <pre class="sql" tabIndex={0}>{`deno task diff '${a.id}' '${b.id}'`}</pre>
    </Dialog>
  );
}

async function compare(a: PageRun, b: PageRun): Promise<Compared> {
  const [one, other] = await Promise.all([a, b].map(({ slice }) => load(`evidence/runs/${slice}.js`))) as [
    KnownRuns,
    KnownRuns,
  ];
  const areCurrent = one.runs[a.id]!.isCurrent && other.runs[b.id]!.isCurrent;
  return {
    ...diffFacts(factsOf(one, a.id), factsOf(other, b.id)),
    flips: areCurrent ? countFlips(await answersOf(a), await answersOf(b)) : null,
    shares: one.shares,
  };
}

function factsOf({ sets, scores, runs }: KnownRuns, id: string): RunFacts {
  const run = runs[id]!;
  const [recipe, settings, data, code, packages, provenance] = run.facts.map((at) => sets[at]!);
  return {
    recipe: recipe!,
    settings: settings!,
    data: data!,
    code: code!,
    packages: packages!,
    provenance: provenance!,
    scores: run.scores.map(([at, value]) => {
      const [benchmark, scope, metric] = scores[at]!;
      return { benchmark, scope, metric, value };
    }),
  };
}

async function answersOf({ id, slice: name }: PageRun): Promise<RunAnswers[]> {
  const slice = await load(`evidence/${name}.js`) as SliceData;
  const at = slice.runs.findIndex((run) => run.id === id);
  return slice.marks.filter(([run]) => run === at).map(([, benchmark, lang, marks]) => ({
    benchmark,
    lang,
    items: slice.benchmarks[benchmark]!.items,
    marks,
  }));
}

function Differences({ found: { ingredients, provenance, scores, flips, shares } }: { found: Compared }) {
  const lines = inWords(ingredients, ONLY);
  const isSame = lines.length + provenance.length + scores.length + (flips?.length ?? 0) === 0;
  const show = (metric: string) => (value: number | null) =>
    value === null ? "–" : shares.includes(metric) ? percent(value) : plain(value);
  const change = ({ metric, a, b }: typeof scores[number]) =>
    a === null || b === null ? "" : shares.includes(metric) ? points(b - a) : plain(b - a);
  return (
    <>
      {isSame && <p>Nothing differs.</p>}
      {lines.length > 0 && (
        <section>
          <h3>What went in</h3>
          <ul class="differences">
            {lines.map((line) => (
              <li key={line}>
                <bdi>{line}</bdi>
              </li>
            ))}
          </ul>
        </section>
      )}
      <Table
        title="Where it ran"
        head={["", "A", "B"]}
        rows={provenance.map(({ path, from, to }) => [path, from || "–", to || "–"])}
      />
      <Table
        title="Scores"
        note={shares.length > 0
          ? "Shares of answers are in percent, their differences in points."
          : undefined}
        head={["Score", "A", "B", "B − A"]}
        rows={scores.map((score) => [
          `${score.benchmark} ${score.scope} ${score.metric}`,
          ...[score.a, score.b].map(show(score.metric)),
          change(score),
        ])}
        areNumbers
      />
      {flips === null
        ? (
          <p class="small soft">
            Answers that flipped are not counted here: of a run that another has taken the place of they are
            in the store alone.
          </p>
        )
        : (
          <Table
            title="Answers that flipped"
            head={["Where", "Only A right", "Only B right"]}
            rows={flips.map(({ benchmark, lang, onlyA, onlyB }) =>
              [`${benchmark} ${lang}`, onlyA, onlyB].map(String)
            )}
            areNumbers
          />
        )}
    </>
  );
}

interface TableProps {
  readonly title: string;
  readonly note?: string | undefined;
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly areNumbers?: boolean;
}

/** Nothing where there are no rows. */
function Table({ title, note, head, rows, areNumbers = false }: TableProps): ComponentChildren {
  if (rows.length === 0) return null;
  const look = (i: number) => i > 0 && areNumbers ? "num" : i > 0 ? "wrap" : undefined;
  return (
    <section>
      <h3>{title}</h3>
      {note !== undefined && <p class="small soft">{note}</p>}
      <Scroll label={title}>
        <table aria-label={title}>
          <thead>
            <tr>
              {head.map((name, i) =>
                name === "" ? <td key={i} /> : <th key={i} scope="col" class={look(i)}>{name}</th>
              )}
            </tr>
          </thead>
          <tbody>
            {rows.map(([name, ...values]) => (
              <tr key={name}>
                <th scope="row" dir="auto">{name}</th>
                {values.map((value, i) => <td key={i} class={look(i + 1)} dir="auto">{value}</td>)}
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </section>
  );
}
