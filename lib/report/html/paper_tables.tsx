/**
 * The paper's tables and where ours stand beside them, or why none does.
 * @module
 */
import type { PaperTable } from "../../paper/paper.ts";
import { type Slice, sliceName } from "../../results/slice.ts";
import type { Results } from "../../results/table.ts";
import { placeOf } from "./experiments_table.tsx";
import { Scroll } from "./scroll.tsx";

export interface PaperTablesProps {
  readonly tables: readonly PaperTable[];
  /** All slices. */
  readonly all: readonly Results[];
}

export function PaperTables({ tables, all }: PaperTablesProps) {
  return (
    <Scroll label="The paper's tables">
      <table aria-label="The paper's tables">
        <thead>
          <tr>
            <th scope="col">Table</th>
            <th scope="col">Of the paper</th>
            <th scope="col">Section</th>
            <th scope="col">Ours</th>
          </tr>
        </thead>
        <tbody>
          {tables.map(({ id, title, section, experiments, here }) => (
            <tr key={id} id={id}>
              <th scope="row">{id.replace("table-", "")}</th>
              <td>{title}</td>
              <td>{section}</td>
              <td>
                {experiments.map((experiment) => (
                  <div key={experiment}>
                    <Place experiment={experiment} slices={all.map(({ slice }) => slice)} />
                  </div>
                ))}
                {here !== "" && <span class="soft">{here}</span>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

/** Links to the experiment's pages, or how to run it. */
function Place({ experiment, slices }: { experiment: string; slices: readonly Slice[] }) {
  const own = slices.filter((slice) => slice.experiment === experiment);
  if (own.length === 0) {
    return (
      <>
        not run: <code>deno task experiment {experiment}</code>
      </>
    );
  }
  return (
    <>
      {own.map((slice, i) => (
        <>
          {i > 0 && ", "}
          <a key={sliceName(slice)} href={`experiments/${sliceName(slice)}.html`}>{placeOf(slice)}</a>
        </>
      ))}
    </>
  );
}
