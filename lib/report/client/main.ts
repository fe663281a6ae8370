/// <reference lib="dom" />
/**
 * The page's own script: draws figures, recomputes every number, opens evidence. Works from a folder, asks for nothing
 * from a network.
 * @module
 */
import type { SliceData } from "./data.ts";
import { openEvidence } from "./evidence.ts";
import { drawFigures } from "./figures.ts";
import { indexMarks, recompute } from "./recompute.ts";

const arrived = new Map<string, (value: unknown) => void>();
const loading = new Map<string, Promise<unknown>>();

/** Loads a data file once. */
function load(file: string): Promise<unknown> {
  const known = loading.get(file);
  if (known) return known;
  const promise = new Promise<unknown>((resolve, reject) => {
    arrived.set(file, resolve);
    const script = document.createElement("script");
    script.charset = "utf-8";
    script.src = `${document.body.dataset.root ?? ""}${file}`;
    script.onerror = () => reject(new Error(`Cannot load "${file}": is the report's folder complete?`));
    document.head.append(script);
  });
  loading.set(file, promise);
  return promise;
}

/** Data files call this. */
function take(file: string, value: unknown): void {
  arrived.get(file)?.(value);
}

/** Recomputes every cell of the page and says how that went. */
function proveAll(slice: SliceData): void {
  const index = indexSlice(slice);
  const keys = Object.keys(slice.cells);
  const wrong = keys.filter((key) => recompute(slice.cells[key], index).printed !== slice.cells[key].printed);
  const answers = slice.marks.reduce((sum, row) => sum + row[3].length, 0).toLocaleString("en");
  for (const proof of document.querySelectorAll<HTMLElement>(".proof")) {
    proof.textContent = wrong.length === 0
      ? `\u2713 This browser recomputed all ${keys.length} numbers below from ${answers} answers.`
      : `\u2717 ${wrong.length} of ${keys.length} numbers below do not follow from their answers: ${
        wrong.join(", ")
      }`;
    proof.classList.add(wrong.length === 0 ? "good" : "bad");
    proof.dataset.wrong = String(wrong.length);
    proof.dataset.cells = String(keys.length);
  }
  const open = (key: string) => openEvidence(slice, index, key, load);
  document.addEventListener("click", (event) => {
    const target = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-cell]") : null;
    if (target?.dataset.cell) open(target.dataset.cell);
  });
  const asked = new URLSearchParams(location.hash.slice(1)).get("cell");
  if (asked) open(asked);
}

function indexSlice(slice: SliceData) {
  return indexMarks(slice.marks.map(([run, benchmark, lang, marks]) => ({
    variant: slice.runs[run].variant,
    benchmark,
    lang,
    marks,
  })));
}

Object.assign(globalThis, { lingualift: { take } });
addEventListener("DOMContentLoaded", () => {
  const file = document.querySelector<HTMLElement>("[data-slice]")?.dataset.slice;
  if (file) {
    load(file).then((value) => proveAll(value as SliceData), reportError);
  }
  drawFigures().catch(reportError);
});
