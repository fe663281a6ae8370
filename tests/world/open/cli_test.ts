import { match, ok, strictEqual } from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { dataFolder, dataTest } from "./_data.ts";

const cli = fileURLToPath(new URL("../../../lib/world/open/cli.ts", import.meta.url));

function run(...args: string[]): { code: number; out: string; err: string } {
  const { code, stdout, stderr } = new Deno.Command(Deno.execPath(), {
    args: ["run", "--no-prompt", "--allow-read", "--allow-env", cli, ...args],
  }).outputSync();
  const [out, err] = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes));
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

Deno.test("deno task data says in one line that the folder is not there", () => {
  const { code, err } = run("--data", "no/such/folder");
  strictEqual(code, 2);
  strictEqual(err, 'Cannot list data: there is no folder "no/such/folder"; name yours with --data DIR\n');
  ok(dataFolder !== "no/such/folder");
});
