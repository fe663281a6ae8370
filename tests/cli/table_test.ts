/** The table of results in a terminal: every number stands in it, and no line is wider than the terminal. */
import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { formatTable } from "../../lib/cli/terminal/table.ts";

const SYSTEMS = ["LinguaLIFT", "w/o language-align"];
const cells = ["mgsm", "msvamp", "tatoeba_encoder"].flatMap((benchmark, b) =>
  ["HR", "LR", "avg"].flatMap((scope, s) =>
    SYSTEMS.map((variant, v) => {
      const value = (b * 100 + s * 10 + v) / 1000;
      return { variant, benchmark, scope, value, low: 0, high: 1, n: 1, k: 1, seeds: 1 };
    })
  )
);
const floors = ["HR", "LR", "avg"].map((scope) => (
  { name: "Floor (numbers alone)", value: 0.125, benchmark: "mgsm", scope }
));
const numbersOf = (table: string) => (table.match(/\d+\.\d/g) ?? []).sort();

Deno.test("a table has every number at any width, and no line wider than asked where a column fits", () => {
  const whole = formatTable(cells, floors);
  strictEqual(whole.split("\n\n").length, 1);
  for (const room of [200, 100, 83, 80, 79]) {
    const table = formatTable(cells, floors, room);
    deepStrictEqual(numbersOf(table), numbersOf(whole), `${room}`);
    for (const line of table.split("\n")) ok(line.length <= room, `${room}: ${line}`);
    for (const block of table.split("\n\n")) {
      deepStrictEqual(block.split("\n").map((line) => line.slice(0, 10).trim()), [
        "accuracy %",
        ...SYSTEMS.map((name) => name.slice(0, 10).trim()),
        "Floor (num",
      ]);
    }
  }
  strictEqual(formatTable(cells, floors, 83).split("\n\n").length, 2);
  // Narrower than one column: each stands alone.
  strictEqual(formatTable(cells, floors, 10).split("\n\n").length, 9);
});
