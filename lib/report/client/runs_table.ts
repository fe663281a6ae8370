/// <reference lib="dom" />
/**
 * The table of all runs in the page: its headers become buttons that sort, its rows are filtered, and each gets a box by
 * which it is chosen. The boxes are one stop of the Tab key; inside it the arrow keys go from row to row.
 * @module
 */

/** Which rows are shown; "" for all. */
export interface Filter {
  /** Words that all stand in a row. */
  readonly words: string;
  readonly experiment: string;
  readonly scale: string;
  readonly world: string;
  readonly state: string;
  /** The benchmark whose scores are shown and sorted by. */
  readonly benchmark: string;
}

/** Columns that a filter chooses from, by their place without the boxes. */
const PLACES = { experiment: 0, scale: 3, world: 4 } as const;

/** A run as the page names it. */
export interface PageRun {
  readonly id: string;
  readonly slice: string;
  readonly name: string;
}

/** The values that a filter may ask for. */
export function choicesOf(table: HTMLTableElement): Readonly<Record<keyof Filter, readonly string[]>> {
  const rows = rowsOf(table);
  const texts = (pick: (row: HTMLTableRowElement) => readonly (string | undefined)[]) =>
    [...new Set(rows.flatMap(pick))].filter((text) => text !== undefined).sort();
  return {
    words: [],
    experiment: texts((row) => [textIn(row, "experiment")]),
    scale: texts((row) => [textIn(row, "scale")]),
    world: texts((row) => [textIn(row, "world")]),
    state: texts((row) => [row.dataset.state]),
    benchmark: texts((row) => scoresIn(row).map(({ dataset }) => dataset.benchmark)),
  };
}

/** Shows the rows that a filter leaves. @returns how many */
export function filterRows(table: HTMLTableElement, filter: Filter): number {
  const words = filter.words.toLowerCase().split(/\s+/);
  const rows = rowsOf(table);
  for (const row of rows) {
    const text = `${row.textContent} ${row.dataset.run}`.toLowerCase();
    row.hidden = !words.every((word) => text.includes(word)) ||
      (["experiment", "scale", "world"] as const).some((name) =>
        filter[name] !== "" && filter[name] !== textIn(row, name)
      ) || (filter.state !== "" && filter.state !== row.dataset.state) ||
      (filter.benchmark !== "" &&
        !scoresIn(row).some(({ dataset }) => dataset.benchmark === filter.benchmark));
    for (const score of scoresIn(row)) {
      score.hidden = filter.benchmark !== "" && score.dataset.benchmark !== filter.benchmark;
    }
  }
  return rows.filter(({ hidden }) => !hidden).length;
}

/** Makes a button of each header. Values that are not there stay last. */
export function makeSortable(table: HTMLTableElement): void {
  for (const th of table.tHead!.rows[0]!.cells) {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...th.childNodes);
    th.append(button);
    button.addEventListener("click", () => sortBy(table, th));
  }
}

function sortBy(table: HTMLTableElement, th: HTMLTableCellElement): void {
  const isRising = th.ariaSort !== "ascending";
  for (const other of table.tHead!.rows[0]!.cells) other.ariaSort = null;
  th.ariaSort = isRising ? "ascending" : "descending";
  const rows = rowsOf(table).map((row) => ({ row, value: valueOf(row.cells[th.cellIndex]!) }));
  const isMissing = (value: string | number) => value === "";
  rows.sort(({ value: a }, { value: b }) =>
    Number(isMissing(a)) - Number(isMissing(b)) || (isRising ? 1 : -1) * order(a, b)
  );
  table.tBodies[0]!.append(...rows.map(({ row }) => row));
}

function order(a: string | number, b: string | number): number {
  if (typeof a === "number" && typeof b === "number") return a - b;
  return String(a).localeCompare(String(b), "en", { numeric: true });
}

/** A cell's value; of scores the first one shown. */
function valueOf(cell: HTMLTableCellElement): string | number {
  const shown = cell.dataset.value ??
    cell.querySelector<HTMLElement>("[data-value]:not([hidden])")?.dataset.value;
  return shown === undefined ? cell.textContent.trim() : Number(shown);
}

/** Gives every run that has facts a box; `onChoose` is told which run's box was pressed, `onEnter` of the Enter key. */
export function addBoxes(
  table: HTMLTableElement,
  onChoose: (run: PageRun, isChosen: boolean) => void,
  onEnter: () => void,
): void {
  const head = document.createElement("td");
  const hidden = document.createElement("span");
  hidden.className = "hidden-text";
  hidden.textContent = "Choose to compare";
  head.append(hidden);
  table.tHead!.rows[0]!.prepend(head);
  for (const row of rowsOf(table)) {
    const cell = document.createElement("td");
    row.prepend(cell);
    if (row.dataset.state === "failed") continue;
    const box = document.createElement("input");
    box.type = "checkbox";
    const run = runOf(row);
    box.ariaLabel = `Compare ${run.name}`;
    box.addEventListener("change", () => onChoose(run, box.checked));
    cell.append(box);
  }
  roam(table, onEnter);
}

/** One tab stop for all boxes, the arrow keys between those that are shown. */
function roam(table: HTMLTableElement, onEnter: () => void): void {
  const boxes = () => rowsOf(table).filter(({ hidden }) => !hidden).flatMap((row) => boxIn(row) ?? []);
  const stopAt = (stop: HTMLElement | undefined) => {
    for (const row of rowsOf(table)) {
      const box = boxIn(row);
      if (box) box.tabIndex = box === stop ? 0 : -1;
    }
  };
  stopAt(boxes()[0]);
  // What the stop was on may have been filtered away.
  table.addEventListener(
    "filtered",
    () => boxes().every(({ tabIndex }) => tabIndex !== 0) && stopAt(boxes()[0]),
  );
  table.addEventListener("keydown", (event) => {
    const all = boxes(), at = all.indexOf(event.target as HTMLInputElement);
    if (at < 0 || event.altKey || event.metaKey || event.shiftKey || event.ctrlKey) return;
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 }[event.key];
    if (to === undefined && event.key !== "Enter") return;
    // Of the Enter key, too, which would press the button that the focus goes to.
    event.preventDefault();
    if (to === undefined) return onEnter();
    stopAt(all[to] ?? all[at]);
    all[to]?.focus();
  });
}

/** Ticks the boxes of these runs alone. */
export function tick(table: HTMLTableElement, ids: readonly string[]): void {
  for (const row of rowsOf(table)) {
    const box = boxIn(row), isChosen = ids.includes(row.dataset.run!);
    row.classList.toggle("chosen", isChosen);
    if (box) box.checked = isChosen;
  }
}

/** A run that the table has. */
export function findRow(table: HTMLTableElement, id: string): PageRun | undefined {
  const row = rowsOf(table).find(({ dataset }) => dataset.run === id && dataset.state !== "failed");
  return row && runOf(row);
}

function runOf(row: HTMLTableRowElement): PageRun {
  const offset = boxColumn(row);
  const [experiment, variant, seed, scale, world] = [0, 1, 2, 3, 4].map((at) =>
    row.cells[at + offset]!.textContent.trim()
  );
  const state = row.dataset.state === "superseded" ? " (superseded)" : "";
  return {
    id: row.dataset.run!,
    slice: row.dataset.slice!,
    name: `${experiment}/${variant}/${seed}/${scale}/${world}${state}`,
  };
}

function rowsOf(table: HTMLTableElement): HTMLTableRowElement[] {
  return [...table.tBodies[0]!.rows];
}

function boxIn(row: HTMLTableRowElement): HTMLInputElement | null {
  return row.querySelector<HTMLInputElement>("input[type=checkbox]");
}

function scoresIn(row: HTMLTableRowElement): HTMLElement[] {
  return [...row.querySelectorAll<HTMLElement>("[data-benchmark]")];
}

/** 1 where the row's boxes have been added. */
function boxColumn(row: HTMLTableRowElement): number {
  return row.closest("table")!.tHead!.rows[0]!.cells[0]!.tagName === "TD" ? 1 : 0;
}

function textIn(row: HTMLTableRowElement, name: keyof typeof PLACES): string {
  return row.cells[PLACES[name] + boxColumn(row)]!.textContent.trim();
}
