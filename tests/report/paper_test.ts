/** The paper as data against the paper's text, cell by cell, and what its loader refuses. */
import { deepStrictEqual, ok, strictEqual, throws } from "node:assert/strict";
import { exists } from "../../lib/files.ts";
import { paperLookup } from "../../lib/paper/lookup.ts";
import { findCell, loadPaper, type PaperCell, printedValue } from "../../lib/paper/paper.ts";
import { paperRow } from "../../lib/results/paper_row.ts";

const PAPER = `${Deno.env.get("LINGUALIFT_PAPER") ?? "../shared/paper"}/lingualift.txt`;
const missing = !exists(PAPER);
if (missing) {
  Deno.stderr.writeSync(new TextEncoder().encode(`skipped: no "${PAPER}" (set LINGUALIFT_PAPER)\n`));
}

const paper = loadPaper();

/** Lines of the text's tables as lists of cells, empty ones left out. */
function textRows(): string[][] {
  return Deno.readTextFileSync(PAPER).split("\n").filter((line) => line.startsWith("|"))
    .map((line) => line.split("|").map((cell) => cell.trim()).filter((cell) => cell !== ""))
    .filter((cells) => !cells.every((cell) => /^-+$/.test(cell)));
}

function isNumber(cell: string): boolean {
  return /^\d[\d.,]*\*?$/.test(cell) || /^\d+ M$/.test(cell);
}

/** Our cells put together again as the printed rows: consecutive cells of one row (and, for lists, one group). */
function ourRows(cells: readonly PaperCell[]): PaperCell[][] {
  const rows: PaperCell[][] = [];
  for (const cell of cells) {
    const last = rows.at(-1);
    const first = last?.[0];
    if (
      first && first.row === cell.row && first.section === cell.section &&
      !last.some((c) => sameColumn(c, cell))
    ) last.push(cell);
    else rows.push([cell]);
  }
  return rows;
}

function sameColumn(a: PaperCell, b: PaperCell): boolean {
  return a.column === b.column && a.group === b.group;
}

Deno.test({
  name: "loadPaper() holds every number of the text's tables, in order, under its row's name",
  ignore: missing,
  fn: () => {
    const printed = textRows().filter((cells) => cells.slice(1).some(isNumber) || cells.every(isNumber));
    const ours = paper.tables.flatMap((table) => ourRows(table.cells));
    strictEqual(ours.length, printed.length);
    for (const [i, row] of ours.entries()) {
      const numbers = row.map((cell) => cell.printed);
      deepStrictEqual(printed[i]!.slice(-numbers.length), numbers, `${row[0]!.table} ${row[0]!.row}`);
      const labels = printed[i]!.slice(0, -numbers.length);
      ok(
        labels.length <= 2 && (labels.at(-1) ?? "") === row[0]!.row,
        `${row[0]!.table}: "${labels}" for "${row[0]!.row}"`,
      );
      if (labels.length === 2) strictEqual(labels[0], row[0]!.group);
    }
  },
});

Deno.test({
  name: "loadPaper() has the columns of each table in the order of its printed header",
  ignore: missing,
  fn: () => {
    const headers = textRows().filter((cells) => !cells.slice(1).some(isNumber) && cells.length > 1);
    for (const table of paper.tables.filter((t) => t.cells.length > 0)) {
      const columns = ourRows(table.cells)[0]!.map((cell) => cell.column);
      ok(
        headers.some((cells) => cells.slice(-columns.length).join("|") === columns.join("|")),
        `${table.id}: ${columns}`,
      );
    }
  },
});

Deno.test({
  name: "loadPaper() quotes sentences of the text, with their numbers",
  ignore: missing,
  fn: () => {
    const text = Deno.readTextFileSync(PAPER).split("\n").filter((line) => !line.startsWith("|")).join(" ");
    for (const { id, sentence, number } of paper.prose) {
      ok(text.includes(sentence), id);
      ok(sentence.includes(number), id);
    }
  },
});

Deno.test("loadPaper() knows 24 tables; only the fourth, which our copy lacks, has no cells", () => {
  deepStrictEqual(
    paper.tables.map((table) => table.id),
    Array.from({ length: 24 }, (_, i) => `table-${i + 1}`),
  );
  deepStrictEqual(paper.tables.filter((table) => table.cells.length === 0).map((table) => table.id), [
    "table-4",
  ]);
});

Deno.test("loadPaper() gives every score a system, a base, a benchmark, a language and its number of items", () => {
  const items = new Map(paper.benchmarks.map((b) => [b.benchmark, b.n]));
  for (const cell of paper.tables.flatMap((table) => table.cells)) {
    if (cell.kind === "score" || cell.kind === "mean") {
      ok(cell.system && cell.base && items.has(cell.benchmark), `${cell.table} ${cell.row} ${cell.column}`);
      strictEqual(cell.n, cell.kind === "score" ? items.get(cell.benchmark)! : null);
      ok(
        cell.kind === "mean"
          ? /^(LR|MR|HR|avg|(family|script):.+)$/.test(cell.scope)
          : /^[a-z]{2}$/.test(cell.scope),
        cell.scope,
      );
      ok(cell.value !== null && cell.value <= 100);
    } else strictEqual(cell.n, null);
  }
});

Deno.test("loadPaper() explains every name of a system, and no other", () => {
  const named = new Set(
    paper.tables.flatMap((table) => table.cells).filter((c) => c.system !== "").map((c) =>
      JSON.stringify([c.table, c.system, c.base])
    ),
  );
  const explained = new Set(
    paper.systems.flatMap((s) =>
      s.tables.split("; ").map((table) => JSON.stringify([table, s.system, s.base]))
    ),
  );
  deepStrictEqual([...named].toSorted(), [...explained].toSorted());
  for (const { label, tables } of paper.systems) {
    for (const id of tables.split("; ")) {
      const cells = paper.tables.find((table) => table.id === id)!.cells;
      ok(cells.some((cell) => cell.row === label || cell.column === label), `${id} has no "${label}"`);
    }
  }
});

Deno.test("findCell() finds a cell by printed name, plain name or system", () => {
  strictEqual(
    findCell(paper, { table: "table-14", row: "w/o language-align", scope: "te" })?.printed,
    "29.2",
  );
  strictEqual(findCell(paper, { table: "table-10", row: "MAmmoTH", scope: "LR" })?.printed, "3.40");
  strictEqual(
    findCell(paper, { table: "table-24", row: "LinguaLIFT (MetaMath)", scope: "avg" })?.printed,
    "57.6",
  );
  strictEqual(
    findCell(paper, { table: "table-2", row: "AlignIFT-MetaMath", scope: "LR", benchmark: "msvamp" })
      ?.printed,
    "56.1",
  );
  strictEqual(findCell(paper, { table: "table-4", row: "x", scope: "te" }), undefined);
});

Deno.test("a row of Table 1 has its languages in Tables 7 to 9, and a column that is of no language is known by its name", () => {
  const lookUp = paperLookup(paper);
  const at = (row: string, scope: string) => {
    const { table, printed } = lookUp("table-1", row, scope) ?? {};
    return [table, printed];
  };
  deepStrictEqual(at("MAmmoTH", "LR"), ["table-1", "6.36"]);
  deepStrictEqual(at("MAmmoTH", "af"), ["table-7", "20.0"]);
  deepStrictEqual(at("MathOctopus-Parallel", "af")[0], "table-8");
  deepStrictEqual(at("LinguaLIFT (MetaMath)", "sw")[0], "table-9");
  // Tables 7 to 9 are on MetaMath data alone.
  deepStrictEqual(at("LinguaLIFT (OpenMath2)", "sw"), [undefined, undefined]);
  strictEqual(lookUp("table-14", "LinguaLIFT", "af"), undefined);
  strictEqual(lookUp("table-6", "Average", "chrF")?.printed, "86.08");
  strictEqual(lookUp("table-5", "MMWP", "# Samples")?.value, 38_400);
});

Deno.test("printedValue() reads printed numbers and nothing else", () => {
  deepStrictEqual(["40.80", "1,000,000", "0.733*", "4 M", "1,00", ""].map(printedValue), [
    40.8,
    1e6,
    0.733,
    null,
    null,
    null,
  ]);
});

Deno.test("loadPaper() names the file and line of damaged data", () => {
  const folder = Deno.makeTempDirSync();
  try {
    for (const file of Deno.readDirSync("data/paper")) {
      Deno.copyFileSync(`data/paper/${file.name}`, `${folder}/${file.name}`);
    }
    deepStrictEqual(loadPaper(folder), paper);
    const damage = (file: string, from: string | RegExp, to: string, wanted: RegExp) => {
      const text = Deno.readTextFileSync(`${folder}/${file}`);
      Deno.writeTextFileSync(`${folder}/${file}`, text.replace(from, to));
      throws(() => loadPaper(folder), wanted);
      Deno.writeTextFileSync(`${folder}/${file}`, text);
    };
    damage("table-14.csv", ",score,", ",scor,", /Cannot read "table-14.csv" line 2: kind: /);
    damage("table-14.csv", /\n.*\n/, "\nshort,row\n", /Cannot read "table-14.csv": /);
    damage("table-14.csv", "printed", "prnted", /Cannot read "table-14.csv" line 2: /);
    damage("prose.csv", ",value,", ",vale,", /Cannot read "prose.csv" line \d+: op: /);
    Deno.removeSync(`${folder}/systems.csv`);
    throws(() => loadPaper(folder), /Cannot read "systems.csv": it is missing/);
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
});

Deno.test("paperRow() is the row's own name in the benchmark's table, unless the experiment names another row or table", () => {
  const names = {
    paper: { mgsm: "table-14" },
    paperRows: { "larger": "table-22 > LinguaLIFT", "mono": "MetaMath" },
  };
  deepStrictEqual(paperRow(names, "mgsm", "LinguaLIFT"), { table: "table-14", row: "LinguaLIFT" });
  deepStrictEqual(paperRow(names, "mgsm", "mono"), { table: "table-14", row: "MetaMath" });
  deepStrictEqual(paperRow(names, "mgsm", "larger"), { table: "table-22", row: "LinguaLIFT" });
  strictEqual(paperRow(names, "msvamp", "LinguaLIFT"), undefined);
});
