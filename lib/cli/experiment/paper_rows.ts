/**
 * The paper's tables for the store. Here and nowhere deeper, since the lab itself knows no paper.
 * @module
 */
import { hashJson } from "../../hash.ts";
import { loadPaper } from "../../paper/paper.ts";
import { join } from "node:path";
import { filesBelow } from "../../lab/code/closure.ts";
import { ROOT } from "../../lab/record/paths.ts";
import type { PaperRow, PaperRows } from "../../lab/record/sync.ts";

/** `data/paper`, stamped by its files' sizes and times. */
export function paperRows(): PaperRows {
  const folder = join(ROOT, "data", "paper");
  const stamp = hashJson(
    filesBelow(folder).map((path) => {
      const { size, mtime } = Deno.statSync(path);
      return [path, size, mtime?.getTime() ?? 0];
    }),
  );
  return { stamp, rows: readRows };
}

function readRows(): PaperRow[] {
  return loadPaper().tables.flatMap(({ id, title, cells }) => {
    const position = (names: readonly string[], name: string): number => names.indexOf(name);
    const rows = [...new Set(cells.map((cell) => cell.row))];
    const columns = [...new Set(cells.map((cell) => cell.column))];
    return cells.map((cell): PaperRow => [
      id,
      title,
      position(rows, cell.row),
      cell.row,
      position(columns, cell.column),
      cell.column,
      cell.printed,
      cell.value,
      cell.n,
    ]);
  });
}
