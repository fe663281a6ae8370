/// <reference lib="dom" />
/**
 * Copies a table as Markdown, LaTeX or CSV. Where the browser does not let a page write to the clipboard, the text stands
 * there to be copied by hand.
 * @module
 */
import { useState } from "preact/hooks";
import { saveFile } from "./save.ts";
import { csvGrid, type Grid, grid, latexGrid } from "../tables/plain.ts";

const FORMATS = {
  Markdown: (table: Grid) => `${grid(table, [0])}\n`,
  LaTeX: latexGrid,
  CSV: csvGrid,
} as const;
type Format = keyof typeof FORMATS;

/** @param of the table as it is shown now */
export function Copy({ of, name }: { readonly of: () => Grid; readonly name: string }) {
  const [said, setSaid] = useState("");
  const [byHand, setByHand] = useState<string | null>(null);
  const copy = async (format: Format) => {
    const text = FORMATS[format](of());
    try {
      await navigator.clipboard.writeText(text);
      setByHand(null);
      setSaid(`Copied as ${format}`);
    } catch {
      // Refused, as to a page that is not in front; the reader's own hands may.
      setByHand(text);
      setSaid(`This browser does not let the page copy; here it is as ${format}`);
    }
  };
  return (
    <>
      <div class="controls copy">
        {(Object.keys(FORMATS) as Format[]).map((format) => (
          <button
            key={format}
            class="plain"
            type="button"
            data-copy={format}
            onClick={() => void copy(format)}
          >
            {`Copy as ${format}`}
          </button>
        ))}
        <button
          class="plain"
          type="button"
          data-save="CSV"
          onClick={() =>
            saveFile(`${name}.csv`, new Blob([csvGrid(of())], { type: "text/csv;charset=utf-8" }))}
        >
          Save as CSV
        </button>
        <span role="status">{said}</span>
      </div>
      {byHand !== null && (
        <textarea class="plain by-hand" readOnly rows={8} aria-label="The table's text" value={byHand} />
      )}
    </>
  );
}
