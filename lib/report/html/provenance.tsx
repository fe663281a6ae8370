/**
 * Where an experiment's numbers come from: commit, machine, versions, and the runs behind the page.
 * @module
 */
import { bytes, duration, integer, plural } from "../../format.ts";
import type { Slice } from "../../results/slice.ts";
import { Fact } from "./circumstances.tsx";
import { Scroll } from "./scroll.tsx";

interface Reading {
  readonly name: string;
  readonly print?: (value: string) => string;
  /** What several values mean. */
  readonly several?: string;
}

/** What the store's keys are for a reader; a key that is not here shows as it is. */
const FACTS: Readonly<Record<string, Reading>> = {
  "commit": { name: "Commit" },
  "dirty": { name: "Working tree", print: treeState },
  "untracked": { name: "Files that git does not know" },
  "code": {
    name: "Hash of the code",
    several: "a run's code is the files that its method loads, so that two methods have two hashes",
  },
  "lock": { name: "Hash of deno.lock" },
  "executor": { name: "Executor" },
  "host": { name: "Host" },
  "os": { name: "System" },
  "cpu": { name: "Processor" },
  "cores": { name: "Cores" },
  "memory bytes": { name: "Memory", print: (value) => bytes(Number(value)) },
  "device": { name: "Device" },
  "engine": { name: "Engine" },
  "threads": { name: "Threads of a run" },
  "deno": { name: "Deno" },
  "v8": { name: "V8" },
  "typescript": { name: "TypeScript" },
};
const PACKAGE = "package:";
/** More values than this are counted only. */
const VALUES = 3;

function treeState(dirty: string): string {
  return { true: "changed since the commit", false: "as committed" }[dirty] ?? dirty;
}

/** Facts that every run shares as a list; those that differ with their counts; then the runs. */
export function Provenance({ slice }: { slice: Slice }) {
  const done = slice.runs.filter((run) => run.status === "done");
  const failed = slice.runs.filter((run) => run.status === "failed");
  const facts = Map.groupBy(slice.provenance, ({ key }) => key);
  // What a process was called says nothing of others.
  const first = [...facts.keys()].filter((key) =>
    !key.startsWith(PACKAGE) && !["diff", "process"].includes(key)
  );
  const packages = [...facts].filter(([key]) => key.startsWith(PACKAGE));
  const order = Object.keys(FACTS);
  first.sort((a, b) =>
    (order.indexOf(a) + 1 || Infinity) - (order.indexOf(b) + 1 || Infinity) || (a < b ? -1 : 1)
  );
  return (
    <>
      <dl class="facts">
        {first.map((key) => <KeyFact key={key} name={key} values={facts.get(key)!} />)}
      </dl>
      {packages.length > 0 && (
        <p class="small soft packages">
          {"Packages: "}
          {packages.map(([key, values]) =>
            `${key.slice(PACKAGE.length)} ${values.map(({ value }) => value).join(", ")}`
          )
            .join(" \u00b7 ")}
        </p>
      )}
      {failed.length > 0 && (
        <div class="note">
          <p>
            <strong>{plural(failed.length, "failed run")}</strong>, not part of any number:{" "}
            {failed.map((run) => (
              <span key={run.id}>
                <bdi>{run.variant}</bdi> seed {run.seed}: <bdi>{run.error ?? "no message"}</bdi>.{" "}
              </span>
            ))}
          </p>
        </div>
      )}
      <details>
        <summary>{`The ${plural(done.length, "run")} behind this page`}</summary>
        <Runs runs={done} />
      </details>
    </>
  );
}

function KeyFact({ name, values }: { name: string; values: Slice["provenance"] }) {
  const { name: title, print, several } = FACTS[name] ?? { name };
  const more = values.length - VALUES;
  return (
    <Fact
      name={title}
      value={
        <>
          {values.slice(0, VALUES).map(({ value, runs }) => (
            <div key={value} title={value}>
              {shorten(print?.(value) ?? value)}
              {values.length > 1 && <small>{` ${plural(runs, "run")}`}</small>}
            </div>
          ))}
          {more > 0 && <small>{`and ${more} more`}</small>}
        </>
      }
      note={values.length > 1 ? several : undefined}
    />
  );
}

function Runs({ runs }: { runs: Slice["runs"] }) {
  return (
    <Scroll label="Runs">
      <table aria-label="Runs">
        <thead>
          <tr>
            <th scope="col">Variant</th>
            <th scope="col" class="num">Seed</th>
            <th scope="col">Run</th>
            <th scope="col">Identity</th>
            <th scope="col" class="num">Answers</th>
            <th scope="col" class="num">Wall time</th>
            <th scope="col" class="num">Peak memory</th>
            <th scope="col">Finished, UTC</th>
          </tr>
        </thead>
        <tbody>
          {runs.map((run) => (
            <tr key={run.id}>
              <th scope="row" dir="auto">{run.variant}</th>
              <td class="num">{run.seed}</td>
              <td class="wrap">
                <code>{run.id}</code>
              </td>
              <td>
                <code title={run.identity}>{run.identity.slice(0, 12)}</code>
              </td>
              <td class="num">{integer(run.answers)}</td>
              <td class="num">{duration(run.wall_s)}</td>
              <td class="num">{bytes(run.peak_bytes)}</td>
              <td>{run.finished.slice(0, 19)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

/** Hashes by their first digits, wherever they stand; the whole value is the element's title. */
function shorten(value: string): string {
  return value.replace(/\b([0-9a-f]{12})[0-9a-f]{28,}\b/g, "$1");
}
