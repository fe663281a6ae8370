/// <reference lib="dom" />
/**
 * What a served page has beside its own script: it asks the server at times how things stand, loads itself again when the
 * site has changed, and on the live page shows the runs. Asking needs no connection that stays open, of which a browser
 * has six a server: a seventh tab would wait.
 * @module
 */
import { render } from "preact";
import { LiveBoard } from "./live_board.tsx";
import type { LiveState } from "./live_data.ts";

/** How often a page asks, in ms: the live page, and every other one. */
const OFTEN_MS = 1000, SELDOM_MS = 3000;

const version = (document.currentScript as HTMLScriptElement).dataset.version ?? "";

addEventListener("DOMContentLoaded", () => {
  const board = document.querySelector<HTMLElement>("#live");
  void follow(board);
});

async function follow(board: HTMLElement | null): Promise<void> {
  for (let isThere = true;;) {
    // A page that nobody sees asks when it is seen again.
    if (!document.hidden) {
      const state = await ask();
      if (state && state.version !== "" && state.version !== version) return location.reload();
      isThere = state !== undefined;
      notify(
        isThere ? wordsOf(state!) : "The server has ended: \u201cdeno task serve\u201d starts it again.",
      );
      if (state) show(state, board);
    }
    await new Promise((done) => setTimeout(done, board ? OFTEN_MS : SELDOM_MS));
  }
}

/** Undefined where no server answers. */
async function ask(): Promise<LiveState | undefined> {
  try {
    const response = await fetch("/live.json", { cache: "no-store" });
    return response.ok ? await response.json() : undefined;
  } catch (error) {
    if (error instanceof TypeError) return undefined; // no connection
    throw error;
  }
}

function show(state: LiveState, board: HTMLElement | null): void {
  const link = document.querySelector("nav .live");
  if (link) link.textContent = state.runs.length > 0 ? `Live (${state.runs.length})` : "Live";
  if (board) render(<LiveBoard state={state} />, board);
}

function wordsOf({ drawing }: LiveState): string {
  if (drawing.kind === "drawing") return "There are new results: this report is being drawn again.";
  return drawing.kind === "failed"
    ? `There are new results, and the report could not be drawn again: ${drawing.why}. This is the one before.`
    : "";
}

/** A line above the content, or none. */
function notify(text: string): void {
  const main = document.querySelector("main")!;
  let notice = main.querySelector<HTMLElement>(".live-notice");
  if ((notice?.textContent ?? "") === text) return;
  if (!notice) {
    notice = document.createElement("p");
    notice.className = "live-notice";
    notice.setAttribute("role", "status");
    main.prepend(notice);
  }
  notice.textContent = text;
  notice.hidden = text === "";
}
