/** A recipe's encoder: which files a run declares, what its key follows, and that LinguaLIFT trains behind a real one. */
import { deepStrictEqual, notStrictEqual, ok, rejects, strictEqual, throws } from "node:assert/strict";
import { applyPatch } from "../../lib/lab/plan/patch.ts";
import type { RunContext } from "../../lib/lab/experiment/types.ts";
import { benchmarksOf, retrievalBenchmarks } from "../../lib/method/evaluate/benchmarks.ts";
import { encoderFiles, encoderModel } from "../../lib/method/models/encoder.ts";
import { loadBridge } from "../../lib/model/bridge/file.ts";
import { lingualift } from "../../lib/method/systems/lingualift.ts";
import { mini } from "../../lib/world/mini/mod.ts";
import { SIZE, writeLookupEncoder } from "../model/_lookup_encoder.ts";
import { withFolder } from "../model/_models.ts";
import { bench, declared, TINY } from "./_tiny.ts";

const NAMED = { checkpoint: "org/tiny", dtype: null, digits: "pieces" } as const;

/** A run's context whose real encoders lie in `models` and have the content `hash`. */
function among(models: string, hash = "a", changes: Partial<RunContext> = {}) {
  return bench({ models, ...declared(encoderFiles(NAMED, { models }), () => hash), ...changes });
}

Deno.test("encoderFiles() declares the files that are read under names that are the same on every machine", async () => {
  await withFolder((models) => {
    writeLookupEncoder(`${models}/org/tiny`);
    Deno.writeTextFileSync(`${models}/org/tiny/README.md`, "");
    const files = encoderFiles(NAMED, { models });
    deepStrictEqual(
      files.map(({ name }) => name),
      ["config.json", "tokenizer.json", "tokenizer_config.json", "onnx/model.onnx"].map((name) =>
        `models/tiny/${name}`
      ),
    );
    for (const { path } of files) strictEqual(Deno.statSync(path).isFile, true);
    deepStrictEqual(encoderFiles({ ...NAMED, checkpoint: null }, { models: "nowhere" }), []);
    throws(
      () => encoderFiles({ ...NAMED, checkpoint: "org/other" }, { models }),
      /Cannot find the encoder/,
    );
    // Beside the data, unless said.
    Deno.mkdirSync(`${models}/models`);
    Deno.renameSync(`${models}/org`, `${models}/models/org`);
    strictEqual(encoderFiles(NAMED, { data: `${models}/data` }).length, 4);
  });
});

Deno.test("encoderModel() knows a checkpoint by the content of its files, wherever they lie", async () => {
  await withFolder(async (models) => {
    writeLookupEncoder(`${models}/org/tiny`);
    writeLookupEncoder(`${models}/elsewhere/org/tiny`);
    const keyOf = async (hash: string, folder = models) => {
      const part = await encoderModel({ ...TINY.encoder, ...NAMED }, among(folder, hash));
      strictEqual(part.encoder.dir, `${folder}/org/tiny`);
      deepStrictEqual([part.kind, "dtype" in part && part.dtype], ["checkpoint", "fp32"]);
      return part.encoder.key;
    };
    strictEqual(await keyOf("a"), await keyOf("a", `${models}/elsewhere`));
    notStrictEqual(await keyOf("a"), await keyOf("b"));
  });
});

Deno.test("lingualift: a real encoder takes the place of the lab's own, through both stages, questions and retrieval", async () => {
  await withFolder(async (models) => {
    writeLookupEncoder(`${models}/org/tiny`);
    const recipe = applyPatch(TINY, { encoder: NAMED });
    deepStrictEqual(
      await lingualift.inputs!(recipe, { world: "mini", models }),
      encoderFiles(NAMED, { models }),
    );
    const benchmarks = [
      ...benchmarksOf(mini).filter(({ id }) => id === "mgsm"),
      ...retrievalBenchmarks(mini).filter(({ id }) => id.startsWith("tatoeba")),
    ].map((benchmark) => ({ ...benchmark, languages: ["bn"] }));
    const run = among(models, "a", { benchmarks });
    await lingualift.run(recipe, run);
    deepStrictEqual(run.steps.map(({ id }) => id), [
      ...[
        "tokenizer",
        "pretrain_llm",
        "code_switched",
        "fit",
        "instructions",
        "fit",
        "training_facts",
        "answer",
        "floor",
      ],
      // The three retrieval benchmarks search the same sentences: one floor serves them.
      ...["retrieve", "retrieve", "retrieve", "floor", "project_states"],
    ]);
    const transferred = run.steps.findLast(({ id }) => id === "fit")!;
    strictEqual(loadBridge(`${transferred.dir}/bridge.safetensors`).config.d_enc, SIZE);
    strictEqual(run.answers.filter(({ benchmark }) => benchmark === "mgsm").length, TINY.evaluation.items);
    ok(run.answers.some(({ benchmark }) => benchmark === "tatoeba_encoder"));
  });
});

Deno.test("lingualift: a training whose texts a real encoder cannot read to their ends is refused, with what to lower", async () => {
  await withFolder(async (models) => {
    writeLookupEncoder(`${models}/org/tiny`, { maxTokens: 6 });
    await rejects(
      lingualift.run(applyPatch(TINY, { encoder: NAMED }), among(models)),
      /^UserError: Cannot train: the ends of \d+ of 12 texts would be lost, .* the 6 tokens .* lower the stage's max_chars$/,
    );
  });
});
