/// <reference lib="dom" />
/**
 * What stands behind a cell: its number computed anew from every answer, the runs, the SQL, and answers to read.
 * @module
 */
import type { AnswerTuple, CellData, SliceData } from "./data.ts";
import { button, el, say } from "./dom.ts";
import { type MarkIndex, markKey, recompute } from "./recompute.ts";

/** Answers on one page of the sheet. */
const PAGE = 20;

type Load = (file: string) => Promise<unknown>;

/** Opens the sheet for a cell; its address can be sent to someone. */
export function openEvidence(
  slice: SliceData,
  index: MarkIndex,
  key: string,
  load: Load,
): HTMLDialogElement | null {
  const cell = slice.cells[key];
  if (!cell) return null;
  const dialog = el("dialog", "");
  const title = `${cell.variant}, ${slice.benchmarks[cell.benchmark].title}, ${cell.scope}`;
  dialog.setAttribute("aria-label", `Evidence: ${title}`);
  const answers = el("section", "");
  answers.append(el("p", "soft", "Loading answers\u2026"));
  dialog.append(
    el(
      "div",
      "sheet",
      heading(slice, cell, dialog),
      check(cell, index),
      runs(slice, cell, index),
      query(cell),
      answers,
    ),
  );
  dialog.addEventListener("close", () => {
    dialog.remove();
    history.replaceState(null, "", location.pathname + location.search);
  });
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  document.body.append(dialog);
  history.replaceState(null, "", `#cell=${encodeURIComponent(key)}`);
  dialog.showModal();
  loadAnswers(slice, cell, load).then(
    (rows) => answers.replaceChildren(...reader(slice, cell, rows)),
    (error: Error) => answers.replaceChildren(el("p", "wrong", error.message)),
  );
  return dialog;
}

function heading(slice: SliceData, cell: CellData, dialog: HTMLDialogElement): HTMLElement {
  const name = say("bdi", "", cell.variant);
  const crumbs = el(
    "p",
    "crumbs",
    `${slice.benchmarks[cell.benchmark].title} \u00b7 ${cell.scope} \u00b7 evidence`,
  );
  return el("header", "", el("div", "", crumbs, el("h2", "", name)), button("Close", () => dialog.close()));
}

function check(cell: CellData, index: MarkIndex): HTMLElement {
  const again = recompute(cell, index);
  const same = again.printed === cell.printed;
  const verdict = el(
    "span",
    same ? "right" : "wrong",
    same ? "\u2713 the same" : "\u2717 differs from the printed value",
  );
  verdict.dataset.same = String(same);
  const recomputed = el("b", "", again.printed);
  recomputed.dataset.recomputed = again.printed;
  const box = el(
    "div",
    "check",
    recomputed,
    el("span", "", `recomputed here from ${again.k} right of ${again.n} answers`),
    verdict,
    el("span", "", `printed ${cell.printed}, 95 % interval ${cell.low} to ${cell.high}`),
    cell.paper === null ? null : el("span", "", `paper ${cell.paper}`),
  );
  return el("div", "", box, el("p", "small soft", el("code", "", cell.signature)));
}

function runs(slice: SliceData, cell: CellData, index: MarkIndex): HTMLElement {
  const rows = slice.runs.flatMap((run, i) => {
    if (run.variant !== cell.variant) return [];
    const mine = slice.marks.filter(([at, benchmark, lang]) =>
      at === i && benchmark === cell.benchmark && cell.languages.includes(lang)
    );
    if (mine.length === 0) return [];
    const own = new Map(
      mine.map(([, benchmark, lang, marks]) => [markKey(benchmark, cell.variant, lang), [marks]]),
    );
    const { printed, k, n } = recompute(cell, own);
    return [[String(run.seed), printed, `${k} / ${n}`, run.id, run.finished]];
  });
  const table = el("table", "", head(["Seed", "Value", "Right", "Run", "Finished, UTC"]));
  const body = el("tbody", "");
  for (const row of rows) body.append(el("tr", "", ...row.map((text) => el("td", "wrap", text))));
  table.append(body);
  const languages = cell.languages.length === 1 ? null : perLanguage(cell, index);
  return el("section", "", el("h3", "", "Runs"), el("div", "scroll", table), languages);
}

function perLanguage(cell: CellData, index: MarkIndex): HTMLElement {
  const parts = cell.languages.map((lang) =>
    `${lang} ${recompute({ ...cell, languages: [lang] }, index).printed}`
  );
  return el("p", "small soft", `Mean of ${parts.join(" \u00b7 ")}`);
}

function head(titles: readonly string[]): HTMLElement {
  const row = el("tr", "");
  for (const title of titles) {
    const cell = el("th", "", title);
    cell.scope = "col";
    row.append(cell);
  }
  return el("thead", "", row);
}

function query(cell: CellData): HTMLElement {
  return el(
    "details",
    "",
    el("summary", "", "SQL for this number"),
    el("p", "small soft", "Run it on .lab/lab.duckdb with any DuckDB client."),
    el("pre", "sql", cell.sql),
  );
}

interface Shown {
  readonly answer: AnswerTuple;
  readonly prompt: string | null;
}

async function loadAnswers(slice: SliceData, cell: CellData, load: Load): Promise<Shown[]> {
  const file = slice.answers[JSON.stringify([cell.benchmark, cell.variant])],
    promptFile = slice.prompts[cell.benchmark];
  if (!file) return [];
  const rows = await load(file) as AnswerTuple[];
  const prompts = (promptFile ? await load(promptFile) : {}) as Record<string, string>;
  return rows.filter((answer) => cell.languages.includes(answer[0]))
    .map((answer) => ({ answer, prompt: prompts[answer[3]] ?? null }));
}

function reader(slice: SliceData, cell: CellData, all: readonly Shown[]): HTMLElement[] {
  const list = el("ol", "answers");
  const status = el("span", "");
  status.setAttribute("aria-live", "polite");
  let filter = "all", page = 0;
  const filters = ["all", "wrong", "right"].map((name) => {
    const control = button(name, () => {
      filter = name;
      page = 0;
      show();
    });
    control.dataset.filter = name;
    return control;
  });
  const back = button("Previous", () => show(--page)), next = button("Next", () => show(++page));
  function show(_page = page): void {
    const chosen = all.filter(({ answer }) => filter === "all" || answer[7] === (filter === "right"));
    const pages = Math.max(1, Math.ceil(chosen.length / PAGE));
    list.replaceChildren(
      ...chosen.slice(page * PAGE, (page + 1) * PAGE).map((shown) => answerItem(slice, shown)),
    );
    for (const control of filters) {
      control.setAttribute("aria-pressed", String(control.dataset.filter === filter));
    }
    back.disabled = page === 0;
    next.disabled = page >= pages - 1;
    status.textContent = `page ${page + 1} of ${pages}, ${chosen.length} answers`;
  }
  show();
  const part = all.length < cell.n
    ? `${all.length} of ${cell.n} answers are kept here to read (the same problems in every cell, chosen by the hash of ` +
      `their id); the number above uses all of them, and the SQL shows them.`
    : `All ${cell.n} answers.`;
  return [
    el("h3", "", "Answers"),
    el("p", "small soft", part),
    el("div", "controls", ...filters, back, next, status),
    list,
  ];
}

function answerItem(slice: SliceData, { answer, prompt }: Shown): HTMLElement {
  const [lang, run, item, , output, extracted, gold, correct] = answer;
  const facts = el(
    "div",
    "item",
    el("span", correct ? "right" : "wrong", correct ? "\u2713 right" : "\u2717 wrong"),
    el("code", "", item),
    el("span", "", `${lang} \u00b7 seed ${slice.runs[run].seed}`),
    el("span", "", "found ", extracted === null ? el("i", "", "nothing") : say("bdi", "", extracted)),
    el("span", "", "wanted ", say("bdi", "", gold)),
  );
  return el(
    "li",
    "",
    facts,
    prompt === null ? null : say("p", "say ask", prompt),
    say("p", "say output", output),
  );
}
