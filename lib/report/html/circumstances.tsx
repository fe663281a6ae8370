/**
 * What varies and what it cost: parts of an experiment's page around its numbers.
 * @module
 */
import type { ComponentChildren } from "preact";
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
              In <bdi>{slice.baseName}</bdi>, or by default
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

export function Fact(
  { name, value, note }: { name: string; value: ComponentChildren; note?: string | undefined },
) {
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
