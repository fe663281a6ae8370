/**
 * What varies, what it cost, where it comes from: the parts of an experiment's page around its numbers.
 * @module
 */
import { bytes, duration, integer, plural } from "../../format.ts";
import type { Slice } from "../../results/slice.ts";
import { Scroll } from "./scroll.tsx";

/** A variant's patch beside the base's value; a row that changes more than one field says so. */
export function PatchTable({ slice }: { slice: Slice }) {
  const changed = slice.variants.filter(({ name }) => name !== slice.baseName);
  if (changed.length === 0) return <p>Nothing varies: the base runs alone.</p>;
  return (
    <Scroll label="Changed fields">
      <table aria-label="Changed fields" class="patch">
        <thead>
          <tr>
            <th scope="col">Variant</th>
            <th scope="col">Recipe field</th>
            <th scope="col">
              In <bdi>{slice.baseName}</bdi>
            </th>
            <th scope="col">Here</th>
          </tr>
        </thead>
        {changed.map(({ name, method, patch }) => (
          <tbody key={name}>
            {(patch.length > 0 ? patch : [undefined]).map((row, i, rows) => (
              <tr key={row?.path ?? "system"}>
                {i === 0 && (
                  <th scope="rowgroup" rowSpan={rows.length} dir="auto">
                    {name}
                    {rows.length > 1 && <small class="soft">{` changes ${rows.length} fields`}</small>}
                  </th>
                )}
                {row
                  ? (
                    <>
                      <td>
                        <code>{row.path}</code>
                      </td>
                      <td>
                        <del>{row.from}</del>
                      </td>
                      <td>
                        <ins>{row.to}</ins>
                      </td>
                    </>
                  )
                  : (
                    <td colSpan={3}>
                      another system: method <code>{method}</code> with its own recipe
                    </td>
                  )}
              </tr>
            ))}
          </tbody>
        ))}
      </table>
    </Scroll>
  );
}

/** Totals as a row of facts, and the steps with what computing each once costs. */
export function Cost({ slice }: { slice: Slice }) {
  const runs = slice.runs.filter((run) => run.status === "done");
  if (runs.length === 0) return null;
  const sum = (pick: (run: typeof runs[number]) => number) =>
    runs.reduce((total, run) => total + pick(run), 0);
  return (
    <>
      <dl class="facts">
        <Fact
          name="Wall time, all runs"
          value={duration(sum((run) => run.wall_s))}
          note="cached steps not counted"
        />
        <Fact name="Processor time" value={duration(sum((run) => run.cpu_s))} />
        <Fact name="Peak memory of a run" value={bytes(Math.max(...runs.map((run) => run.peak_bytes)))} />
        <Fact name="Answers" value={integer(sum((run) => run.answers))} note={plural(runs.length, "run")} />
      </dl>
      <details data-print-open>
        <summary>Steps and what each costs</summary>
        <Scroll label="Steps and what each costs">
          <table aria-label="Steps and what each costs">
            <thead>
              <tr>
                <th scope="col">Step</th>
                <th scope="col">Variant</th>
                <th scope="col" class="num">Runs</th>
                <th scope="col" class="num">From the cache</th>
                <th scope="col" class="num">Computing it once</th>
              </tr>
            </thead>
            <tbody>
              {slice.steps.map((step) => (
                <tr key={`${step.step}|${step.variant}`}>
                  <th scope="row">
                    <code>{step.step}</code>
                  </th>
                  <td dir="auto">{step.variant}</td>
                  <td class="num">{step.runs}</td>
                  <td class="num">{step.reused}</td>
                  <td class="num">{duration(step.wall_s)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      </details>
    </>
  );
}

function Fact({ name, value, note }: { name: string; value: string; note?: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        {value}
        {note && <small>{` ${note}`}</small>}
      </dd>
    </div>
  );
}

/** Facts that every run shares as a list; those that differ with their counts; then the runs. */
export function Provenance({ slice }: { slice: Slice }) {
  const done = slice.runs.filter((run) => run.status === "done");
  const failed = slice.runs.filter((run) => run.status === "failed");
  const facts = Map.groupBy(slice.provenance, ({ key }) => key);
  const first = [...facts].filter(([key]) => !key.startsWith("package:") && key !== "diff");
  const rest = [...facts].filter(([key]) => key.startsWith("package:"));
  return (
    <>
      <dl class="facts">
        {first.map(([key, values]) => (
          <Fact
            key={key}
            name={key}
            value={values.slice(0, 3).map(({ value, runs }) =>
              shorten(value) + (values.length > 1 ? ` (${plural(runs, "run")})` : "")
            ).join(", ") + (values.length > 3 ? `, and ${values.length - 3} more` : "")}
          />
        ))}
      </dl>
      {rest.length > 0 && (
        <p class="small soft">
          {rest.map(([key, values]) => `${key.slice(8)} ${values.map(({ value }) => value).join(", ")}`).join(
            " · ",
          )}
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
              {done.map((run) => (
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
      </details>
    </>
  );
}

function shorten(value: string): string {
  return /^[0-9a-f]{40,}$/.test(value) ? value.slice(0, 12) : value;
}
