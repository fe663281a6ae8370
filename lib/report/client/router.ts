/// <reference lib="dom" />
/**
 * The sheet in the browser's history: a link, a typed address, Back and Forward all open and close it. Entries that
 * show a sheet count how many sheet entries lie between them and the page without one, so that closing goes back there
 * and leaves no entry behind that changes nothing.
 * @module
 */
import { type Address, hrefOf, readAddress } from "./address.ts";

export interface Router {
  /** Shows the page without a sheet. */
  readonly close: () => void;
  /** Changes what the open sheet shows, without an entry in the history. */
  readonly change: (address: Address) => void;
}

interface EntryState {
  readonly sheets: number;
}

/** Calls `show` with the sheet that the address names, or null, now and whenever that changes. */
export function startRouter(show: (address: Address | null) => void): Router {
  let closing = false;
  /** Sheets on the way to the entry that is shown. */
  let last = 0;
  const withoutSheet = () => history.replaceState(null, "", location.pathname + location.search);
  function arrive(first: boolean): void {
    let address = readAddress(location.hash);
    // The page was opened with a sheet: there is no entry without one to go back to.
    if (closing && address) {
      withoutSheet();
      address = null;
    }
    closing = false;
    if (address) {
      const known = (history.state as EntryState | null)?.sheets;
      last = known ?? (first ? 0 : last + 1);
      if (known === undefined) history.replaceState({ sheets: last } satisfies EntryState, "");
    } else {
      last = 0;
    }
    show(address);
  }
  addEventListener("hashchange", () => arrive(false));
  arrive(true);
  return {
    close: () => {
      if (closing || !readAddress(location.hash)) return;
      if (last > 0) {
        closing = true;
        history.go(-last);
      } else {
        withoutSheet();
      }
      show(null);
    },
    change: (address) => {
      history.replaceState(history.state, "", hrefOf(address));
      show(address);
    },
  };
}
