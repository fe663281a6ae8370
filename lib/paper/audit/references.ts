/**
 * Which cells a sentence speaks of: `table-14 > LinguaLIFT > Bn`, with `group::` where a name alone is not unique and `*`
 * for every row or column.
 * @module
 */
import { UserError } from "../../errors.ts";
import type { Paper, PaperCell, PaperProse } from "../paper.ts";

/**
 * The cells of each reference of a sentence, in order.
 * @throws {UserError} when a reference names no cell, or one without `*` names several.
 */
export function referencedCells(paper: Paper, prose: PaperProse): PaperCell[][] {
  return prose.cells.split(" ; ").map((reference) => {
    const [table, row, column, ...rest] = reference.split(" > ");
    if (row === undefined || column === undefined || rest.length > 0) {
      throw new UserError(
        `Cannot read the cell "${reference}" of prose "${prose.id}": wanted table > row > column`,
      );
    }
    const cells = paper.tables.find((t) => t.id === table)?.cells ?? [];
    const found = cells.filter((cell) => fits(cell, row, cell.row) && fits(cell, column, cell.column));
    if (found.length === 0) {
      throw new UserError(
        `Cannot find the cell "${reference}" of prose "${prose.id}": no such row or column in the paper's data`,
      );
    }
    if (found.length > 1 && !reference.includes("*")) {
      throw new UserError(
        `Cannot tell which cell "${reference}" of prose "${prose.id}" is: ${found.length} fit; write group::name`,
      );
    }
    return found;
  });
}

function fits(cell: PaperCell, wanted: string, label: string): boolean {
  const at = wanted.lastIndexOf("::");
  if (at >= 0 && wanted.slice(0, at) !== cell.group) return false;
  const name = at >= 0 ? wanted.slice(at + 2) : wanted;
  // `*` stands for every printed row or column but the means among language rows
  return name === "*" ? at < 0 || label !== "Average" : name === label;
}
