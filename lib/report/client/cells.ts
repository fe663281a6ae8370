/// <reference lib="dom" />
/**
 * The page's numbers as links to their sheets. A table is one stop of the Tab key; inside it the arrow keys go from
 * number to number, Home and End along the row, with Ctrl to the table's first and last. Without script the numbers are
 * plain text.
 * @module
 */
import { hrefOf } from "./address.ts";
import { unfoldAround } from "./folds.ts";

/** Makes every number of the page a link. */
export function linkCells(): void {
  for (const cell of document.querySelectorAll<HTMLElement>("[data-cell]")) {
    const link = document.createElement("a");
    link.className = cell.className;
    link.title = cell.title;
    link.dataset.cell = cell.dataset.cell;
    link.href = hrefOf({ cell: cell.dataset.cell! });
    link.setAttribute("aria-haspopup", "dialog");
    link.append(...cell.childNodes);
    link.addEventListener("click", () => pressed = link);
    cell.replaceWith(link);
  }
  for (const table of document.querySelectorAll<HTMLTableElement>("table:has([data-cell])")) roam(table);
}

/** The number that was pressed last: a page may have it twice. */
let pressed: HTMLElement | undefined;

/** Goes to a cell, wherever it is folded away: to the one that was pressed, where it was. */
export function focusCell(key: string): void {
  const link = [...pressed ? [pressed] : [], ...document.querySelectorAll<HTMLElement>("[data-cell]")]
    .find((a) => a.dataset.cell === key);
  unfoldAround(link);
  link?.focus();
}

/** One tab stop for a table, the arrow keys inside it. */
function roam(table: HTMLTableElement): void {
  const grid = [...table.rows]
    .map((row) => [...row.querySelectorAll("td")].map((td) => td.querySelector<HTMLElement>("[data-cell]")))
    .filter((row) => row.some((cell) => cell));
  const cells = grid.flat().filter((cell) => cell !== null);
  const stopAt = (stop: HTMLElement) => cells.forEach((cell) => cell.tabIndex = cell === stop ? 0 : -1);
  stopAt(cells[0]!);
  table.addEventListener("focusin", ({ target }) => {
    if (!cells.includes(target as HTMLElement)) return;
    stopAt(target as HTMLElement);
    // Not for a mouse: what moves under a pressed button is not clicked.
    if ((target as HTMLElement).matches(":focus-visible")) uncover(table, target as HTMLElement);
  });
  table.addEventListener("keydown", (event) => {
    if (event.altKey || event.metaKey || event.shiftKey) return; // the browser's own
    const y = grid.findIndex((row) => row.includes(event.target as HTMLElement));
    if (y < 0) return;
    const x = grid[y]!.indexOf(event.target as HTMLElement);
    const line = pathOf(event, grid, x, y);
    if (!line) return;
    event.preventDefault();
    line.find((cell) => cell)?.focus();
  });
}

/** Brings a number out from under the column of systems, which stays in its place while the others scroll. */
function uncover(table: HTMLTableElement, cell: HTMLElement): void {
  const names = table.querySelector<HTMLElement>("thead th")!;
  table.parentElement!.style.scrollPaddingInline = `${names.offsetWidth + 8}px 8px`;
  cell.scrollIntoView({ block: "nearest", inline: "nearest" });
}

type Grid = readonly (readonly (HTMLElement | null)[])[];

/** The cells that a key leads over, nearest first; null for a key that leads nowhere. */
function pathOf({ key, ctrlKey }: KeyboardEvent, grid: Grid, x: number, y: number) {
  const column = grid.map((row) => row[x]);
  switch (`${ctrlKey ? "Ctrl+" : ""}${key}`) {
    case "ArrowRight":
      return grid[y]!.slice(x + 1);
    case "ArrowLeft":
      return grid[y]!.slice(0, x).reverse();
    case "ArrowDown":
      return column.slice(y + 1);
    case "ArrowUp":
      return column.slice(0, y).reverse();
    case "Home":
      return grid[y];
    case "End":
      return grid[y]!.toReversed();
    case "Ctrl+Home":
      return grid.flat();
    case "Ctrl+End":
      return grid.flat().reverse();
    default:
      return null;
  }
}
