/**
 * Small synthetic papers for the audit's tests: consistent by construction, then broken in one place.
 * @module
 */
import { atLeast } from "../../lib/checked.ts";
import type { Finding, Rule } from "../../lib/paper/audit/finding.ts";
import { type Paper, type PaperCell, type PaperProse, printedValue } from "../../lib/paper/paper.ts";
import { type Stream, stream } from "../../lib/random.ts";

export const LANGS = ["bn", "de", "en", "es", "fr", "ja", "ru", "sw", "te", "th"];
export const GROUPS: Record<string, readonly string[]> = {
  LR: ["bn", "sw", "te", "th"],
  HR: ["de", "en", "es", "fr", "ja", "ru"],
  avg: LANGS,
};
export const SYSTEMS = ["Alpha", "Beta", "Gamma", "Delta", "Epsilon"];
export const N = 250;

type Counts = Record<string, Record<string, number>>;

/** A paper of one benchmark: table-1 prints group means of all systems, table-2 their languages, table-3 a list by group. */
export function cleanPaper(source: Stream): Paper {
  const counts: Counts = Object.fromEntries(SYSTEMS.map((system) => [
    system,
    Object.fromEntries(LANGS.map((lang) => [lang, source.int(20, N - 20)])),
  ]));
  const mean = (system: string, scope: string) =>
    (GROUPS[scope]!.reduce((sum, lang) => sum + 100 * counts[system]![lang]! / N, 0) / GROUPS[scope]!.length)
      .toFixed(1);
  const score = (system: string, lang: string) => (100 * counts[system]![lang]! / N).toFixed(1);
  const cells: PaperCell[] = [];
  for (const system of SYSTEMS) {
    for (const scope of Object.keys(GROUPS)) {
      cells.push(cell("table-1", `${system}†`, scope, system, scope, mean(system, scope)));
    }
    for (const lang of LANGS) cells.push(cell("table-2", system, lang, system, lang, score(system, lang)));
    for (const scope of Object.keys(GROUPS)) {
      cells.push(cell("table-2", system, scope, system, scope, mean(system, scope)));
    }
  }
  for (const group of ["LR", "HR"]) {
    for (const lang of GROUPS[group]!) {
      for (const system of SYSTEMS.slice(0, 2)) {
        cells.push(cell("table-3", lang, system, system, lang, score(system, lang), group));
      }
    }
    for (const system of SYSTEMS.slice(0, 2)) {
      cells.push(cell("table-3", "Average", system, system, group, mean(system, group), group));
    }
  }
  const drop = Number(score("Alpha", "bn")) - Number(score("Beta", "bn"));
  const [winner, second] = atLeast(
    SYSTEMS.toSorted((a, b) => Number(mean(b, "LR")) - Number(mean(a, "LR"))),
    2,
  );
  if (mean(winner, "LR") === mean(second, "LR")) return cleanPaper(source); // no best one: another paper
  return {
    tables: ["table-1", "table-2", "table-3"].map((id) => ({
      id,
      title: id,
      section: "1",
      note: "",
      experiments: [],
      here: "",
      cells: cells.filter((c) => c.table === id).map((c, position) => ({ ...c, position })),
    })),
    systems: [],
    benchmarks: [{
      benchmark: "bench",
      title: "Bench",
      n: N,
      source: "Section 1",
      other_n: null,
      other_source: "",
    }],
    prose: [
      prose("value", mean("Alpha", "LR"), "table-1 > Alpha† > LR"),
      prose("difference", drop.toFixed(1), "table-2 > Alpha > bn ; table-2 > Beta > bn"),
      prose("count", "4", "table-3 > LR::* > Alpha"),
      prose("best", "", `table-2 > ${winner} > LR ; table-2 > * > LR`),
    ],
    settings: [],
  };
}

function cell(
  table: string,
  row: string,
  column: string,
  system: string,
  scope: string,
  printed: string,
  group = "",
): PaperCell {
  const kind = scope in GROUPS ? "mean" : "score";
  const n = kind === "score" ? N : null;
  const rest = {
    section: "",
    group,
    base: "Base",
    benchmark: "bench",
    value: printedValue(printed),
    position: 0,
  };
  return { table, row, column, system, scope, kind, n, printed, ...rest };
}

export function prose(op: PaperProse["op"], number: string, cells: string): PaperProse {
  return { id: op, section: "1", number, op, cells, sentence: `It is ${number}.` };
}

/** The paper with some cells printed differently. */
export function reprint(paper: Paper, change: (cell: PaperCell) => string | undefined): Paper {
  return {
    ...paper,
    tables: paper.tables.map((table) => ({
      ...table,
      cells: table.cells.map((c) => {
        const printed = change(c);
        return printed === undefined ? c : { ...c, printed, value: printedValue(printed) };
      }),
    })),
  };
}

export function without(paper: Paper, tables: readonly string[]): Paper {
  return { ...paper, tables: paper.tables.filter((t) => !tables.includes(t.id)), prose: [] };
}

export function ofRule(findings: readonly Finding[], rule: Rule): Finding[] {
  return findings.filter((finding) => finding.rule === rule);
}

/** Twenty-five papers with a seeded error each. */
export function trials(name: string, body: (paper: Paper, source: Stream) => void): void {
  Deno.test(name, () => {
    for (let seed = 0; seed < 25; seed++) {
      const source = stream(seed, "audit", name);
      body(cleanPaper(source.child("paper")), source);
    }
  });
}
