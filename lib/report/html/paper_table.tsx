/**
 * A table of the paper with our scores below each of its rows, or with the reason why there are none.
 * @module
 */
import { capitalised } from "../../format.ts";
import type { PrintedRow, PrintedTable } from "../../results/paper_table.ts";
import { Scroll } from "./scroll.tsx";

export function PaperTable({ table, captions }: {
  table: PrintedTable;
  /** Captions of the paper's tables by id. */
  captions: ReadonlyMap<string, string>;
}) {
  return (
    <Scroll block label={table.title}>
      <table class="printed">
        <caption>
          <span>
            <strong>{table.title}</strong> (the paper's:{" "}
            {captions.get(table.table) ?? table.table}); mean over seeds. {table.caption}
          </span>
        </caption>
        <thead>
          <tr>
            <th scope="col">Row</th>
            <th scope="col">Whose</th>
            {table.columns.map((column) => <th key={column} scope="col" class="num">{column}</th>)}
          </tr>
        </thead>
        {table.rows.map((row) => <Row key={row.row} row={row} columns={table.columns.length} />)}
      </table>
    </Scroll>
  );
}

function Row({ row: { row, ours, lines, why }, columns }: { row: PrintedRow; columns: number }) {
  const count = lines.length + (why === null ? 0 : 1);
  const head = (
    <th scope="rowgroup" rowSpan={count} dir="auto">
      {row}
      {ours !== null && (
        <>
          <br />
          <small class="soft">here: {ours}</small>
        </>
      )}
    </th>
  );
  return (
    <tbody>
      {lines.map(({ whose, isPaper, cells }, i) => (
        <tr key={whose} class={isPaper ? "paper" : undefined}>
          {i === 0 && head}
          <td dir="auto">{whose}</td>
          {cells.map((cell, at) => <td key={at} class="num">{cell === "" ? "–" : cell}</td>)}
        </tr>
      ))}
      {why !== null && (
        <tr>
          {lines.length === 0 && head}
          <td>ours</td>
          <td class="wrap soft" colSpan={columns}>{capitalised(why)}</td>
        </tr>
      )}
    </tbody>
  );
}
