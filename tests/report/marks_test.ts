/** Files of marks that speakers send: what is read of them, and what is refused. */
import { deepStrictEqual, match, strictEqual, throws } from "node:assert/strict";
import { join } from "node:path";
import { must } from "../../lib/checked.ts";
import { marksText } from "../../lib/cli/marks_text.ts";
import { miniSheets } from "../../lib/cli/mini_sheets.ts";
import { ROOT } from "../../lib/lab/record/paths.ts";
import { marksFile } from "../../lib/report/client/marks_file.ts";
import { linesOf, readMarks, textsHash } from "../../lib/report/marks.ts";

const sheets = miniSheets();
const sheetOf = (code: string) => must(sheets.languages.find((one) => one.code === code), code);
const textOf = (code: string, id: string) => must(linesOf(sheetOf(code)).get(id), id).own;
type Said = readonly [id: string, mark: "right" | "odd" | "wrong", remark?: string];

/** A file as a page saves it. */
function saved(code: string, said: readonly Said[]): string {
  const marks = said.map(([id, mark, remark = ""]) => ({ id, text: textOf(code, id), mark, remark }));
  const texts = { world: "mini", language: code, texts: textsHash(sheetOf(code)) };
  return marksFile(texts, marks, new Date("2026-11-28T10:00:00Z")).text;
}

const SWAHILI = saved("sw", [["problems.1.1", "wrong", "verb"], ["nli.1.2", "right"], [
  "lexicon.1.1",
  "odd",
]]);

Deno.test("marksText() sums by language, and gives each odd or wrong sentence with English and remark", () => {
  const files = [
    readMarks("one", SWAHILI, sheets),
    readMarks("two", saved("sw", [["problems.1.1", "right"]]), sheets),
    readMarks("three", saved("de", [["names.1.1", "odd", "old \u001b[31mnames\u202e\n"]]), sheets),
  ];
  const [table, ...found] = marksText(files, sheets).split("\n\n");
  deepStrictEqual(table!.split("\n").map((line) => line.split(/ {2,}/)), [
    ["language", "files", "sentences", "marked", "right", "odd", "wrong"],
    ["sw Swahili", "2", "480", "3", "2", "1", "1"],
    ["de German", "1", String(linesOf(sheetOf("de")).size), "1", "0", "1", "0"],
  ]);
  deepStrictEqual(found, [
    `sw problems.1.1: wrong\n  ${textOf("sw", "problems.1.1")}\n  ${
      textOf("en", "problems.1.1")
    }\n  Remark: verb`,
    `sw lexicon.1.1: odd\n  ${textOf("sw", "lexicon.1.1")}\n  apple`,
    `de names.1.1: odd\n  ${textOf("de", "names.1.1")}\n  Remark: old  [31mnames `,
  ]);
});

Deno.test("readMarks() refuses what is no file of marks, is about other texts, or was changed", () => {
  const edited = (change: (file: Record<string, unknown>) => void) => {
    const file = JSON.parse(SWAHILI);
    change(file);
    return JSON.stringify(file);
  };
  const marks = (JSON.parse(SWAHILI) as { marks: object[] }).marks;
  const cases: [string, RegExp][] = [
    ["{not json", /^Cannot read "x": it is no file of marks; give one/],
    ["[]", /it is no file of marks/],
    [edited((file) => file.version = 2), /it is no file of marks \(version: /],
    [edited((file) => file.marks = [{ ...marks[0], mark: "bad" }]), /\(marks\.0\.mark: /],
    [edited((file) => file.marks = [{ ...marks[0], remark: "x".repeat(301) }]), /\(marks\.0\.remark: /],
    [
      edited((file) => file.language = "\u001b[2J"),
      /it marks "\\u001b\[2J" of world "mini", which is not here$/,
    ],
    [edited((file) => file.world = "open"), /of world "open", which is not here$/],
    [
      edited((file) => file.texts = "0".repeat(64)),
      /its speaker saw other texts of Swahili \(0{12}, here [0-9a-f]{12}\); check out the version/,
    ],
    [
      edited((file) => file.marks = [{ ...marks[0], text: "Another." }]),
      /of no sentence of these texts; the file was/,
    ],
    [
      edited((file) => file.marks = [{ ...marks[0], id: "problems.99.1" }]),
      /mark of "problems\.99\.1" is of no/,
    ],
    [edited((file) => file.marks = [marks[0], marks[0]]), /mark of "problems\.1\.1" is there twice/],
  ];
  for (const [json, message] of cases) {
    throws(() => readMarks("x", json, sheets), { name: "UserError", message });
  }
});

Deno.test("textsHash() changes with a text, and not with a doubt that a speaker's marks have led to", () => {
  const sheet = sheetOf("sw");
  const [first, ...rest] = sheet.sections;
  strictEqual(textsHash({ ...sheet, doubts: ["one more"], facts: [] }), textsHash(sheet));
  const row = { ...first!.rows[0]!, own: ["Another."] };
  const sections = [{ ...first!, rows: [row, ...first!.rows.slice(1)] }, ...rest];
  strictEqual(textsHash({ ...sheet, sections }) === textsHash(sheet), false);
});

Deno.test("deno task world marks prints what a file says, and as JSON", async () => {
  const folder = Deno.makeTempDirSync();
  const path = join(folder, "sw.json");
  Deno.writeTextFileSync(path, SWAHILI);
  const world = async (...args: string[]) => {
    const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["task", "-q", "world", "marks", path, ...args],
      cwd: ROOT,
      stdin: "null",
    }).output();
    strictEqual(code, 0, new TextDecoder().decode(stderr));
    return new TextDecoder().decode(stdout);
  };
  match(await world(), /^language .*\nsw Swahili +1 +480 +3 +1 +1 +1\n\nsw problems\.1\.1: wrong\n/);
  const rows: Record<string, string>[] = JSON.parse(await world("--json"));
  deepStrictEqual(rows.map(({ id, mark }) => [id, mark]), [
    ["problems.1.1", "wrong"],
    ["nli.1.2", "right"],
    ["lexicon.1.1", "odd"],
  ]);
  Deno.removeSync(folder, { recursive: true });
});
