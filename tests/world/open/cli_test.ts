/** `deno task data` as a user runs it. */
import { deepStrictEqual, match, ok, strictEqual } from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { atLeast } from "../../../lib/checked.ts";
import { dataFolder, dataTest } from "./_data.ts";
import { asdivFile, mawpsFile } from "./_word_problems.ts";

const cli = fileURLToPath(new URL("../../../lib/cli/data.ts", import.meta.url));

function run(...args: string[]): { code: number; out: string; err: string } {
  const { code, stdout, stderr } = new Deno.Command(Deno.execPath(), {
    args: ["run", "--no-prompt", "--allow-read", "--allow-env", cli, ...args],
  }).outputSync();
  const [out, err] = atLeast([stdout, stderr].map((bytes) => new TextDecoder().decode(bytes)), 2);
  return { code, out, err };
}

dataTest("deno task data lists what is there and what is not, with source and licence", (folder) => {
  const { code, out } = run("--data", folder);
  strictEqual(code, 0);
  match(out, /MGSM \(test, 250 problems\): \d+ of 11 there\n {2}there: {4}bn de en/);
  match(out, /from: {5}google-research\/url-nlp on GitHub, folder mgsm\n {2}licence: {2}CC-BY-4.0/);
});

Deno.test("deno task data --check names the damaged file and exits 2", () => {
  const folder = Deno.makeTempDirSync();
  Deno.mkdirSync(`${folder}/mgsm`);
  Deno.writeTextFileSync(`${folder}/mgsm/mgsm_en.tsv`, "How many?\tmany\n");
  const { code, out } = run("--data", folder, "--check", "--json");
  strictEqual(code, 2);
  const [mgsm, msvamp] = JSON.parse(out).sets;
  match(mgsm.checked[0].problem, /mgsm_en.tsv": line 1 has "many" where the answer should be a number/);
  ok(msvamp.present.length === 0 && msvamp.missing.includes("bn"));
  Deno.removeSync(folder, { recursive: true });
});

dataTest("deno task data multimwp counts problems and shows each language's beside the English", (folder) => {
  const { code, out } = run("multimwp", "--data", folder, "--each", "1");
  strictEqual(code, 0);
  match(out, /\nen +2836 +226 +98 +0 +480\n/);
  match(
    out,
    /\nas {2}multimwp_balanced\/\d+\/\d+ {2}\d+ [-+*/] \d+ = \d+\n {2}English +\S.*\n {2}published +\S.*\n {2}here +\S/,
  );
});

Deno.test("deno task data says in one line that the folder is not there", () => {
  const { code, err } = run("--data", "no/such/folder");
  strictEqual(code, 2);
  strictEqual(err, 'Cannot list data: there is no folder "no/such/folder"; name yours with --data DIR\n');
  ok(dataFolder !== "no/such/folder");
});

Deno.test("deno task data mmwp prints the selection, says what became of the rest, and its output is MMWP", () => {
  const folder = Deno.makeTempDirSync();
  for (const name of ["asdiv", "mawps", "mmwp"]) Deno.mkdirSync(`${folder}/${name}`);
  const two = { formula: "(3+4)*2=14", answer: "14 (pens)" };
  Deno.writeTextFileSync(
    `${folder}/asdiv/ASDiv.xml`,
    asdivFile([{}, two, { ...two, question: "How much?" }, { ...two, question: "How long?", answer: "15" }]),
  );
  match(run("mmwp", "--data", folder, "--partial").err, /mawps\/AddSub.json": get MAWPS/);
  Deno.writeTextFileSync(`${folder}/mawps/questions.json`, mawpsFile([{}]));
  match(run("mmwp", "--data", folder).err, /ASDiv.xml": it has 4 rows, the published file 2305/);
  const { code, out, err } = run("mmwp", "--data", folder, "--partial", "--seed", "7");
  strictEqual(code, 0);
  strictEqual(
    err,
    [
      "ASDiv: 4 problems, 1 one step, 0 not drawn, 0 several answers, 0 no numeric answer, " +
      "1 contradicts its equation, 0 duplicate, 2 kept",
      "MAWPS: 1 problems, 0 one step, 0 not drawn, 0 several answers, 0 no numeric answer, " +
      "0 contradicts its equation, 0 duplicate, 1 kept",
      "Dropped, since their answers contradict their own equations: test-4",
      "Without AddSub, SingleOp, MultiArith, SimulEq-S, SimulEq-L of MAWPS, which are not there",
      "MMWP: 3 problems with seed 7 (the paper: 811, of a draw that it does not give)",
      "",
    ].join("\n"),
  );
  Deno.writeTextFileSync(`${folder}/mmwp/en.jsonl`, out);
  const { sets } = JSON.parse(run("--data", folder, "--check", "--json").out);
  const checked = (set: string) => sets.find(({ id }: { id: string }) => id === set).checked;
  deepStrictEqual(checked("mmwp"), [{ part: "en", rows: 3 }]);
  match(checked("asdiv")[0].problem, /it has 4 rows/);
  Deno.removeSync(folder, { recursive: true });
});

Deno.test("deno task data quality prints scores for each file and their mean", () => {
  const folder = Deno.makeTempDirSync();
  const write = (name: string, text: string) => {
    Deno.writeTextFileSync(`${folder}/${name}`, text);
    return `${folder}/${name}`;
  };
  const reference = write("en.txt", "The dog bit the man.\nIt was not unexpected.\n");
  const other = write("de.txt", "The dog had bit the man.\nIt was not unexpected.\n");
  const { code, out } = run("quality", "--reference", reference, "--hypothesis", reference, other);
  strictEqual(code, 0);
  const lines = out.split("\n");
  strictEqual(lines[0], `${reference}: 2 segments`);
  match(
    lines[1]!,
    /^ {2}BLEU\|nrefs:1\|.*version:2.0.0 = 100.00 100.0\/100.0\/100.0\/100.0 \(BP = 1.000 ratio = 1.000/,
  );
  match(lines[7]!, /^ {2}TER\|nrefs:1\|case:lc\|.* = 11.11$/);
  match(lines[8]!, /^Mean of 2 files: BLEU \d\d\.\d\d, chrF2 \d\d\.\d\d, TER 5.56$/);
  const { files, mean } = JSON.parse(
    run("quality", "--reference", reference, "--hypothesis", other, "--json").out,
  );
  deepStrictEqual([files[0].ter.edits, files[0].ter.referenceLength, mean.TER], [1, 9, 100 / 9]);
  const { code: missing, err } = run("quality", "--reference", reference, "--hypothesis", `${folder}/no.txt`);
  deepStrictEqual([missing, err], [2, `Cannot read "${folder}/no.txt": there is no such file\n`]);
  Deno.removeSync(folder, { recursive: true });
});
