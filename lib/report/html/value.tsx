/**
 * An accuracy that opens the sheet of its answers.
 * @module
 */
import type { ComponentChildren } from "preact";
import { percent } from "../../format.ts";
import type { Cell } from "../../results/table.ts";

/**
 * Plain text; the page's script makes it a link when it has the answers.
 * @param shown the number, where it is set in another way than as it is
 * @param children what belongs to the link beside the number
 */
export function Value({ cell, shown = percent(cell.value), children }: {
  cell: Cell;
  shown?: ComponentChildren;
  children?: ComponentChildren;
}) {
  return (
    <span class="cell" data-cell={cell.key} title={cell.signature}>
      <b>{shown}</b>
      {children}
    </span>
  );
}
