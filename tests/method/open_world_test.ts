/** Methods on real data: which files a run declares, which a step may read, where the LLM comes from. */
import { deepStrictEqual, match, notStrictEqual, ok, strictEqual, throws } from "node:assert/strict";
import { resolve } from "node:path";
import { atLeast } from "../../lib/checked.ts";
import type { RunContext } from "../../lib/lab/experiment/types.ts";
import { shortEnough } from "../../lib/method/source/lengths.ts";
import { taskItems } from "../../lib/method/source/instructions.ts";
import type { Task, World } from "../../lib/world/world.ts";
import type { Limits } from "../../lib/method/source/source.ts";
import { llmFiles, llmModel } from "../../lib/method/models/llm.ts";
import { type Recipe, TASKS } from "../../lib/method/recipe/fields.ts";
import { MICRO } from "../../lib/method/recipe/scales.ts";
import { questionRoom } from "../../lib/method/evaluate/respondent.ts";
import { switchedTexts } from "../../lib/method/source/code_switched.ts";
import {
  instructionData,
  openWorld,
  systemData,
  worldFiles,
  worldIn,
  worldInput,
} from "../../lib/method/source/worlds.ts";
import { type LlamaConfig, llamaConfig } from "../../lib/model/llama/config.ts";
import { targetIds, textIds, vocabularyOf } from "../../lib/method/reader/vocabulary.ts";
import { openData } from "../../lib/world/open/mod.ts";
import { NLI_LABELS } from "../../lib/world/world.ts";
import { elsewhere } from "../_elsewhere.ts";
import { testWithStories, withFolder } from "../model/_models.ts";
import { writeSparseLlama } from "../model/_sparse.ts";
import { dataTest } from "../world/open/_data.ts";
import { bench, declared } from "./_tiny.ts";

/** English items within a length, as a system's source draws them. */
function englishPairs(world: World, task: Task, limits: Limits, seed: number) {
  return shortEnough(
    limits,
    (from, count) =>
      taskItems(world, { task, task_data: "world", task_answers: "explained" }, ["en"], seed, count, from),
  );
}

const MATH = { task: "math", task_data: "world" } as const;

/** A run's context that knows all files that the run declares; a file's hash is its name. */
function openContext(data: string, models?: string): RunContext {
  const environment = { world: "open", data, models };
  const llm = models === undefined ? [] : llmFiles({ checkpoint: "model", tokenizer: "folder" }, environment);
  return bench({ ...environment, ...declared([...worldFiles(environment, systemData(MATH)), ...llm]) });
}

dataTest(
  "worldFiles() declares what training and benchmarks read, and never GSM8K's test problems",
  (data) => {
    const names = worldFiles({ world: "open", data }, systemData(MATH)).map(({ name }) => name);
    ok(names.includes("data/gsm8k/train.jsonl") && names.includes("data/mgsm/mgsm_en.tsv"));
    ok(names.includes("data/bible/vref.txt") && names.some((name) => /muse.en-de\./.test(name)));
    ok(!names.some((name) => /gsm8k.test/.test(name)));
    strictEqual(new Set(names).size, names.length);
    deepStrictEqual(worldFiles({ world: "mini", data }, systemData(MATH)), []);
  },
);

dataTest(
  "a step's world reads the sets of its files and no other, with the languages that they have",
  (data) => {
    const world = openWorld(worldInput(openContext(data), ["bible", "muse"]));
    deepStrictEqual(world.languages().map(({ code }) => code).sort(), ["de", "en", "ha", "sw"]);
    ok(world.monolingual("ha", { seed: 1, count: 50 }).every((verse) => verse.length <= 300));
    throws(() => world.instructions("math", "en", { seed: 1, count: 1 }), /only bible,muse are declared/);
    throws(() => world.benchmark("mgsm", "en"), /only bible,muse are declared/);
    throws(() => world.retrieval("de"), /only bible,muse are declared/);
  },
);

dataTest("a step's input has the hashes of its files; mini's has none", (data) => {
  const { data: files } = worldInput(openContext(data), ["gsm8k/train"]);
  deepStrictEqual(files!.map(({ hash }) => hash), ["hash of data/gsm8k/train.jsonl"]);
  deepStrictEqual(worldInput(bench(), ["gsm8k/train"]), { world: "mini" });
});

/** Only these files of a data folder, in a folder of their own. */
function copyFiles(names: readonly string[], from: string, to: string): void {
  for (const name of names) {
    Deno.mkdirSync(`${to}/${name}`.replace(/\/[^/]*$/, ""), { recursive: true });
    Deno.copyFileSync(`${from}/${name}`, `${to}/${name}`);
  }
}

/** XNLI's English development pairs in the place of XNLI-1.0. */
function writeXnliDev(folder: string): void {
  const rows = Array.from({ length: 2490 }, (_, i) => `en\t${NLI_LABELS[i % 3]}\tPremise ${i}.\tIt is ${i}.`);
  Deno.mkdirSync(`${folder}/xnli/XNLI-1.0`, { recursive: true });
  const header = "language\tgold_label\tsentence1\tsentence2";
  Deno.writeTextFileSync(`${folder}/xnli/XNLI-1.0/xnli.dev.tsv`, `${[header, ...rows].join("\n")}\n`);
}

dataTest("what the instructions of a task read is declared, file by file", async (data) => {
  await withFolder(async (whole) => {
    copyFiles(["gsm8k/train.jsonl", "commonsenseqa/train_rand_split.jsonl"], data, whole);
    writeXnliDev(whole);
    for (const task of TASKS) {
      const input = worldInput(openContext(whole), instructionData({ task, task_data: "world" }));
      const names = input.data!.map(({ name }) => name.slice("data/".length));
      await withFolder((alone) => {
        copyFiles(names, whole, alone);
        const pairs = englishPairs(
          openWorld(worldInput(openContext(alone), instructionData({ task, task_data: "world" }))),
          task,
          {
            examples: 40,
            max_chars: null,
          },
          1,
        );
        deepStrictEqual(pairs, englishPairs(openWorld(input), task, { examples: 40, max_chars: null }, 1));
        strictEqual(new Set(pairs.map(({ source }) => source)).size, 40);
      });
    }
  });
});

dataTest(
  "a task whose training file is not there is refused with the file's set and where to get it",
  async (data) => {
    await withFolder((withoutDev) => {
      copyFiles(["xnli/en.tsv"], data, withoutDev);
      throws(
        () => worldInput(openContext(withoutDev), instructionData({ task: "nli", task_data: "world" })),
        { name: "UserError", message: /Cannot find "dev" of XNLI.*get it from facebookresearch\/XNLI/ },
      );
    });
  },
);

Deno.test("a run declares MMWP's files that are there, and a step asks them", () =>
  withFolder((data) => {
    Deno.mkdirSync(`${data}/mmwp`);
    Deno.writeTextFileSync(`${data}/mmwp/en.jsonl`, '{"id":"a","question":"How many?","answer":"3"}\n');
    Deno.writeTextFileSync(`${data}/mmwp/sw.jsonl`, '{"id":"a","question":"Ngapi?"}\n');
    const names = worldFiles({ world: "open", data }, systemData(MATH)).map(({ name }) => name);
    deepStrictEqual(names.toSorted(), ["data/mmwp/en.jsonl", "data/mmwp/sw.jsonl"]);
    const [item] = atLeast(openWorld(worldInput(openContext(data), ["mmwp"])).benchmark("mmwp", "sw"), 1);
    deepStrictEqual([item.id, item.gold], ["mmwp/a", "3"]);
  }));

dataTest(
  "the open world's lexicon is MUSE's training words with CLDR's names, and has no test word but theirs",
  (data) => {
    const world = openData(data);
    const german = world.lexicon("de").entries;
    strictEqual(german.get("the")?.[0]?.source, "muse");
    for (const word of world.goldLexicon("de").keys()) {
      ok(german.get(word)?.every(({ source }) => source === "cldr") ?? true, word);
    }
    const swahili = [...world.lexicon("sw").entries.values()].flat();
    ok(swahili.length > 300 && swahili.every(({ source }) => source === "cldr"));
  },
);

dataTest("switchedTexts() on real verses changes them into each language that has text", (data) => {
  const world = openData(data, ["bible", "muse"]);
  const texts = switchedTexts(world, { ...MICRO.code_switch, ratio: 1 }, { seed: 1, count: 60 });
  for (const lang of ["de", "sw", "ha"]) {
    ok(texts.some((one) => one.lang === lang && one.source !== one.target), lang);
  }
  deepStrictEqual(
    switchedTexts(world, { ...MICRO.code_switch, ratio: 1 }, { seed: 1, count: 20, from: 40 }),
    texts.slice(40),
  );
});

dataTest(
  "taskItems() gives the asked number of GSM8K problems within the length, the same for a seed",
  (data) => {
    const world = openData(data, ["gsm8k"]);
    const limits = { examples: 100, max_chars: 300 };
    const pairs = englishPairs(world, "math", limits, 1);
    strictEqual(new Set(pairs.map(({ source }) => source)).size, 100);
    ok(pairs.every(({ source, target }) => source.length + target.length <= 300));
    deepStrictEqual(englishPairs(world, "math", limits, 1), pairs);
    throws(() => englishPairs(world, "math", { examples: 5, max_chars: 3 }, 1), /raise max_chars/);
  },
);

Deno.test("shortEnough() keeps the order of the sequence and draws on until it has enough", () => {
  const draw = (from: number, count: number) =>
    Array.from({ length: count }, (_, i) => ({ source: "x".repeat((from + i) % 7), target: "" }));
  const lengths = shortEnough({ examples: 8, max_chars: 2 }, draw).map(({ source }) => source.length);
  deepStrictEqual(lengths, [0, 1, 2, 0, 1, 2, 0, 1]);
});

Deno.test("worlds that are not there are refused with what to do", () => {
  throws(() => openWorld({ world: "opne" }), /Cannot run on the world "opne": did you mean "open"/);
  throws(
    () => worldIn({ world: "open", data: "/nowhere" }),
    /no folder "\/nowhere"; name yours with --data/,
  );
  throws(
    () => worldInput(openContext("tests/method"), ["bible"]),
    /Cannot find Bibles.*get it from.*licence/s,
  );
});

Deno.test("llmFiles() opens a model of 40 billion parameters in megabytes, and says what a folder lacks", async () => {
  await withFolder(async (models) => {
    Deno.mkdirSync(`${models}/model`);
    const config = llamaConfig({
      ...{ hidden_size: 4096, intermediate_size: 11008, num_hidden_layers: 200, num_attention_heads: 32 },
      ...{ vocab_size: 32000, max_position_embeddings: 4096, bos_token_id: 1, eos_token_id: 2 },
    });
    writeSparseLlama(`${models}/model`, config, 3);
    const environment = { world: "open", models };
    const files = () => llmFiles({ checkpoint: "model", tokenizer: "folder" }, environment);
    throws(files, /it has no tokenizer.json/);
    Deno.writeTextFileSync(`${models}/model/tokenizer.json`, "{}");
    const args = [{ checkpoint: "model", tokenizer: "folder" }, environment];
    const { value, grown } = await elsewhere<ReturnType<typeof llmFiles>>(
      "lib/method/models/llm.ts",
      "llmFiles",
      args,
    );
    strictEqual(declared(value).files.length, 6);
    ok(grown < 64 * 2 ** 20);
    throws(
      () => llmFiles({ checkpoint: "other", tokenizer: "folder" }, environment),
      /Cannot find the LLM "other".*--models/,
    );
  });
});

Deno.test("llmFiles() takes Llama 2's vocabulary only for a model of its size, and then needs no tokenizer.json", async () => {
  await withFolder((models) => {
    const files = (checkpoint: string, vocab_size: number) => {
      Deno.mkdirSync(`${models}/${checkpoint}`);
      const config = llamaConfig({
        ...{ hidden_size: 8, intermediate_size: 8, num_hidden_layers: 1, num_attention_heads: 2, vocab_size },
        ...{ bos_token_id: 1, eos_token_id: 2 },
      });
      writeSparseLlama(`${models}/${checkpoint}`, config, 1);
      return llmFiles({ checkpoint, tokenizer: "llama2" }, { world: "open", models });
    };
    const named = files("llama", 32_000);
    ok(named.every(({ name }) => !name.includes("tokenizer")));
    // By a path it is the same model.
    const byPath = { checkpoint: `${models}/llama`, tokenizer: "llama2" } as const;
    deepStrictEqual(llmFiles(byPath, { world: "open", models: "/nowhere" }), named);
    throws(() => files("gpt", 50_257), /Llama 2's vocabulary of 32000 tokens: the model has 50257/);
  });
});

/** A folder with a model whose configuration has these ids. */
function writeModel(models: string, ids: Partial<LlamaConfig>): LlamaConfig {
  Deno.mkdirSync(`${models}/model`, { recursive: true });
  const size = { hidden_size: 8, intermediate_size: 8, num_hidden_layers: 1, num_attention_heads: 2 };
  const config = llamaConfig({ ...size, vocab_size: 9, ...ids });
  writeSparseLlama(`${models}/model`, config, 1);
  Deno.writeTextFileSync(`${models}/model/tokenizer.json`, "{}");
  return config;
}

Deno.test("a checkpoint's texts begin and end as its configuration says; one that does not say is refused", async () => {
  await withFolder((models) => {
    const files = () => llmFiles({ checkpoint: "model", tokenizer: "folder" }, { world: "open", models });
    const vocabulary = vocabularyOf(writeModel(models, { bos_token_id: 5, eos_token_id: [7, 8] }), {
      encode: () => [3, 4],
    });
    ok(files().length > 0);
    deepStrictEqual(textIds(vocabulary, "a text"), [5, 3, 4]);
    deepStrictEqual(targetIds(vocabulary, "a text"), [3, 4, 7]);
    deepStrictEqual(vocabulary.eos, [7, 8]);
    writeModel(models, { bos_token_id: null, eos_token_id: 2 });
    throws(files, /its configuration names no bos_token_id/);
    writeModel(models, { bos_token_id: 1, eos_token_id: null });
    throws(files, /its configuration names no eos_token_id/);
  });
});

testWithStories(
  "llmModel() takes a checkpoint as it is: its key follows the files' content, no step runs",
  async (folder) => {
    const models = folder.slice(0, folder.lastIndexOf("/"));
    const llm: Recipe["llm"] = { ...MICRO.llm, checkpoint: "stories15M" };
    const files = llmFiles(llm, { world: "mini", models });
    match(files.map(({ name }) => name).join(), /config\.json.*model\.safetensors.*tokenizer\.json/);
    const context = (hash: string) => bench({ models, ...declared(files, () => hash) });
    const [one, other] = [context("a"), context("b")];
    const parts = await llmModel(llm, one);
    strictEqual(parts.llm.dir, resolve(folder));
    strictEqual(parts.llm_tokenizer, parts.llm);
    deepStrictEqual(one.steps, []);
    strictEqual((await llmModel(llm, context("a"))).llm.key, parts.llm.key);
    notStrictEqual((await llmModel(llm, other)).llm.key, parts.llm.key);
    throws(() => llmFiles(llm, { world: "mini", models: "/nowhere" }), /Cannot find the LLM/);
    const withLlama2 = context("a");
    await llmModel({ ...llm, tokenizer: "llama2" }, withLlama2);
    deepStrictEqual(withLlama2.steps.map(({ id }) => id), ["llama2_tokenizer"]);
  },
);

Deno.test("questionRoom() leaves the answer its tokens, and refuses when no question fits", () => {
  const reader = { besides: () => 10 };
  strictEqual(questionRoom(reader, "math", 256, { max_new_tokens: 64 }), 182);
  throws(
    () => questionRoom(reader, "math", 256, { max_new_tokens: 240 }),
    /lower evaluation.max_new_tokens/,
  );
});
