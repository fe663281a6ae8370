/**
 * All runs of the store in one table, whole and plain without script; `client/runs.tsx` sorts and filters it and compares
 * two of them.
 * @module
 */
import type { ComponentChildren } from "preact";
import { bytes, duration, percent, plural } from "../../format.ts";
import type { RunRow } from "../../results/read_runs.ts";
import { sliceName } from "../../results/slice.ts";
import { Scroll } from "./scroll.tsx";

export interface RunsProps {
  readonly runs: readonly RunRow[];
  /** Names of the slices that have a page. */
  readonly slices: ReadonlySet<string>;
}

/** The columns, and whether they hold numbers. */
const COLUMNS = [
  ["Experiment", false],
  ["Variant", false],
  ["Seed", true],
  ["Scale", false],
  ["World", false],
  ["Engine", false],
  ["Changed fields", false],
  ["Scores, %", true],
  ["Wall time", true],
  ["CPU time", true],
  ["Peak memory", true],
  ["Commit", false],
  ["Finished, UTC", false],
  ["State", false],
] as const;

/** `runs.html`. */
export function RunsPage({ runs, slices }: RunsProps) {
  const count = (state: RunRow["state"]) => runs.filter((run) => run.state === state).length;
  const [failed, superseded] = [count("failed"), count("superseded")];
  return (
    <>
      <header>
        <h1>All runs</h1>
        <p class="lede">
          {plural(count("done"), "run")} that {count("done") === 1 ? "counts" : "count"}
          {superseded > 0 && `, ${superseded} that a later run has taken the place of`}
          {failed > 0 && `, ${failed} that failed`}.
        </p>
        <p>
          A score is the mean over a benchmark's languages; "floor" is what the best rule gets that does not
          read the text. Times are of a run's last attempt, without steps that were there already. "Changed
          fields" are those in which a variant differs from its experiment's base.
        </p>
      </header>
      <div id="run-tools" class="run-tools" />
      <Scroll label="All runs">
        <table class="sortable all-runs" aria-label="All runs">
          <thead>
            <tr>
              {COLUMNS.map(([name, isNumber]) => (
                <th
                  key={name}
                  scope="col"
                  class={isNumber ? "num" : name === "Variant" ? "sticky" : undefined}
                >
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {runs.map((run) => <Row key={run.id} run={run} hasPage={slices.has(sliceName(run))} />)}
          </tbody>
        </table>
      </Scroll>
    </>
  );
}

function Row({ run, hasPage }: { run: RunRow; hasPage: boolean }) {
  const { experiment, variant, seed, scale, world, engine, state } = run;
  const isDone = state !== "failed";
  return (
    <tr
      class={state}
      data-run={run.id}
      data-slice={sliceName(run)}
      data-state={state}
      title={run.id}
    >
      <td>
        {hasPage
          ? (
            <a href={`experiments/${sliceName(run)}.html`}>
              <code>{experiment}</code>
            </a>
          )
          : <code>{experiment}</code>}
      </td>
      <th scope="row" class="sticky">
        <bdi>{variant}</bdi>
      </th>
      <td class="num">{seed}</td>
      <td>{scale}</td>
      <td>{world}</td>
      <td>{engine}</td>
      <td class="wrap">
        <Changed fields={run.changed} />
      </td>
      <td class="num">
        <Scores scores={run.scores} />
      </td>
      <Measured value={run.wall_s} print={duration} isThere />
      <Measured value={run.cpu_s} print={duration} isThere={isDone} />
      <Measured value={run.peak_bytes} print={bytes} isThere={isDone} />
      <td>
        <Commit run={run} />
      </td>
      <td>{run.finished.slice(0, 16)}</td>
      <td class={run.error === null ? undefined : "wrap"}>
        {state}
        {run.error !== null && (
          <>
            {": "}
            <bdi class="wrong">{run.error}</bdi>
          </>
        )}
      </td>
    </tr>
  );
}

/** More fields than this are folded. */
const FIELDS = 2;

function Changed({ fields }: { fields: RunRow["changed"] }) {
  const list = fields.map(({ path, to }) => (
    <div key={path} class="patch">
      <code>{path}</code> <ins>{to === "" ? "not set" : to}</ins>
    </div>
  ));
  if (list.length <= FIELDS) return <>{list}</>;
  return (
    <details>
      <summary>{plural(list.length, "field")}</summary>
      {list}
    </details>
  );
}

function Scores({ scores }: { scores: RunRow["scores"] }) {
  return (
    <>
      {scores.map(({ benchmark, value, floor }) => (
        <div key={benchmark} data-benchmark={benchmark} data-value={value}>
          <span class="soft">{benchmark}</span> <b>{percent(value)}</b>
          {floor !== null && <small class="soft">{` floor ${percent(floor)}`}</small>}
        </div>
      ))}
    </>
  );
}

function Measured({ value, print, isThere }: {
  value: number;
  print: (value: number) => string;
  isThere: boolean;
}): ComponentChildren {
  return isThere ? <td class="num" data-value={value}>{print(value)}</td> : <td class="num" />;
}

/** With a mark where the tree had changes that the commit does not have. */
function Commit({ run: { commit, dirty } }: { run: RunRow }) {
  if (commit === null) return null;
  const isChanged = dirty === "true";
  return (
    <>
      <code title={commit}>{commit.slice(0, 8)}</code>
      {isChanged && <small class="soft" title="with changes that were not committed">&nbsp; changed</small>}
    </>
  );
}
