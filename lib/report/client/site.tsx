/// <reference lib="dom" />
/**
 * The page's own script: draws figures, recomputes every number, opens evidence. Works from a folder, asks for nothing
 * from a network.
 * @module
 */
import { render } from "preact";
import { focusCell, linkCells } from "./cells.ts";
import type { SliceData } from "./data.ts";
import { startExplore } from "./explore.tsx";
import { drawFigures } from "./figures.ts";
import { watchFolds } from "./folds.ts";
import { load, takeData } from "./load.ts";
import { watchParts } from "./parts.ts";
import { offerPngs } from "./png.ts";
import { indexSlice, proveAll } from "./prove.ts";
import { startRouter } from "./router.ts";
import { Sheet } from "./sheet.tsx";

takeData();
addEventListener("DOMContentLoaded", () => {
  const file = document.querySelector<HTMLElement>("[data-slice]")?.dataset.slice;
  if (file) {
    const slice = load(file) as Promise<SliceData>;
    proveAll(slice).catch(reportError);
    slice.then(openSheets, () => {}); // `proveAll` has said why
  }
  watchFolds();
  watchParts();
  drawFigures().then(offerPngs).catch(reportError);
});

/** Numbers become links, and the address opens and closes the sheet. */
function openSheets(slice: SliceData): void {
  linkCells();
  const index = indexSlice(slice);
  startExplore(slice, index);
  const place = document.createElement("div");
  document.body.append(place);
  let open: string | null = null;
  const router = startRouter((address) => {
    const sheet = address && (
      <Sheet
        slice={slice}
        index={index}
        address={address}
        onChange={(changed) => router.change(changed)}
        onClose={() => router.close()}
      />
    );
    render(sheet, place);
    if (!address && open !== null) focusCell(open);
    open = address?.cell ?? null;
  });
}
