/** Asking a system: order, batches, and that an answer cannot leak into what is asked. */
import { deepStrictEqual, ok, rejects, strictEqual } from "node:assert/strict";
import { engineOf } from "../../lib/engine/mod.ts";
import type { Answer } from "../../lib/lab/experiment/types.ts";
import type { ExtractionRule } from "../../lib/metric/mod.ts";
import { EOS, INSTRUCTIONS, SPECIAL_TOKENS } from "../../lib/method/reader/prompts.ts";
import { ownVocabulary } from "../../lib/method/reader/vocabulary.ts";
import { askBenchmarks, type Asked, type Respondent } from "../../lib/method/evaluate/asking.ts";
import { openReader } from "../../lib/method/reader/reader.ts";
import { TOKENS } from "../../lib/method/reader/reading.ts";
import { scoreAnswer } from "../../lib/method/evaluate/score.ts";
import { answerText, questionText } from "../../lib/method/source/items.ts";
import { llamaConfig } from "../../lib/model/llama/config.ts";
import { exportLlama, initLlama } from "../../lib/model/llama/model.ts";
import { loadTokenizer } from "../../lib/model/checkpoint/tokenizer.ts";
import { stream } from "../../lib/random.ts";
import { trainTokenizer } from "../../lib/text/subword.ts";
import { mini } from "../../lib/world/mini/mod.ts";
import type { Item, World } from "../../lib/world/world.ts";
import { withFolder } from "../model/_models.ts";
import { stepContext } from "./_tiny.ts";

const ASKED: Asked[] = [
  { items: "mgsm", languages: ["en", "bn"], benchmarks: ["mgsm"] },
  { items: "mmwp", languages: ["de"], benchmarks: ["mmwp_family", "mmwp_script"] },
  { items: "xnli", languages: ["ar"], benchmarks: ["xnli"] },
  { items: "xcsqa", languages: ["hi"], benchmarks: ["xcsqa"] },
];

/** Asks a random LLM; returns the answers in the order in which they were handed in, and every question as asked. */
async function ask(
  {
    world = mini,
    batch_size = 4,
    signal = new AbortController().signal,
    instruction = INSTRUCTIONS.math as string,
    extraction = "release" as ExtractionRule,
    written = null as string | null,
  },
) {
  const answers: Answer[] = [];
  const asked: string[] = [];
  await withFolder(async (folder) => {
    const { tokenizer: json, config } = trainTokenizer(mini.monolingual("en", { seed: 1, count: 50 }), {
      vocab_size: 300,
      special_tokens: SPECIAL_TOKENS,
      roles: { pad_token: "<pad>", bos_token: "<bos>", eos_token: "<eos>", mask_token: "<mask>" },
    });
    Deno.writeTextFileSync(`${folder}/tokenizer.json`, JSON.stringify(json));
    Deno.writeTextFileSync(`${folder}/tokenizer_config.json`, JSON.stringify(config));
    const own = loadTokenizer(folder);
    const tokenizer = written === null ? own : { ...own, decode: () => written };
    const small = initLlama(
      llamaConfig({
        hidden_size: 32,
        intermediate_size: 32,
        num_hidden_layers: 1,
        num_attention_heads: 2,
        vocab_size: tokenizer.vocabSize,
        max_position_embeddings: 1024,
      }),
      stream(1, "llm"),
    );
    // Larger weights make a random LLM write something else after each question.
    const weights = Object.fromEntries(
      Object.entries(small.weights).map(([name, values]) => [name, values.map((x) => 10 * x)]),
    );
    const llm = { ...small, weights };
    const plain = openReader(TOKENS, ownVocabulary(tokenizer), null);
    const reader: Respondent["reader"] = {
      instruction: () => instruction,
      read(text, task, room) {
        asked.push(text);
        return plain.read(text, task, room);
      },
      target: plain.target,
    };
    exportLlama(`${folder}/llm`, llm);
    const system = await engineOf({ engine: "onnx" }).open({ llm: `${folder}/llm`, states: null }, {
      device: "cpu",
      threads: 1,
    });
    const context = stepContext(folder, { signal, answers: (rows) => void answers.push(...rows) });
    const evaluation = { split: "test", items: 7, batch_size, max_new_tokens: 5, extraction } as const;
    try {
      for (const one of ASKED) {
        await askBenchmarks(
          world,
          one,
          { system, reader, tokenizer, room: 1000, stop_ids: [EOS] },
          evaluation,
          context,
        );
      }
    } finally {
      await system.dispose();
    }
  });
  return { answers, asked };
}

const itemsOf = () =>
  ASKED.flatMap(({ items, languages, benchmarks }) =>
    languages.flatMap((lang) =>
      benchmarks.flatMap((id) =>
        mini.benchmark(items, lang, { items: 7 }).map((item) => ({ id, lang, item }))
      )
    )
  );
/** What is read, once however many benchmarks it counts for. */
const questions = () =>
  itemsOf().filter(({ id }) => id !== "mmwp_script").map(({ item }) => questionText(item));

Deno.test("askBenchmarks() answers in the order of the benchmarks and their items, each with its own gold", async () => {
  const { answers } = await ask({});
  deepStrictEqual(
    answers.map(({ benchmark, lang, item, gold }) => [benchmark, lang, item, gold]),
    itemsOf().map(({ id, lang, item }) => [id, lang, item.id, item.gold]),
  );
});

Deno.test("askBenchmarks() gives the same answers in batches of any size", async () => {
  const { answers } = await ask({ batch_size: 1 });
  ok(new Set(answers.map(({ output }) => output)).size > 1, "the outputs differ between items");
  for (const batch_size of [3, 50]) deepStrictEqual((await ask({ batch_size })).answers, answers);
});

Deno.test("askBenchmarks() reads what was written by the rule that the recipe chooses", async () => {
  const written = "The answer is 7 (see step 3).";
  for (const [extraction, number] of [["release", "3"], ["strict", "7"]] as const) {
    const { answers } = await ask({ extraction, written });
    const math = answers.filter(({ benchmark }) => /^m/.test(benchmark));
    deepStrictEqual(math.map(({ extracted }) => extracted), math.map(() => number));
    deepStrictEqual(math.map(({ correct }) => correct), math.map(({ gold }) => gold === number));
  }
});

Deno.test("askBenchmarks() records the question and the instruction, as the system reads them", async () => {
  for (const instruction of [INSTRUCTIONS.math, ""]) {
    const { answers, asked } = await ask({ instruction });
    deepStrictEqual(
      answers.map(({ prompt }) => prompt),
      itemsOf().map(({ item }) => questionText(item) + instruction),
    );
    deepStrictEqual(asked.toSorted(), questions().toSorted());
  }
});

/** The item with another gold. */
function otherGold(item: Item): Item {
  if (item.task === "nli") {
    return { ...item, gold: item.gold === "neutral" ? "entailment" : "neutral" };
  }
  return { ...item, gold: item.gold === "A" ? "B" : "A" } as Item;
}

Deno.test("askBenchmarks() asks and answers the same when gold and solution are others: the prompt holds neither", async () => {
  const world: World = {
    ...mini,
    benchmark: (...args) =>
      mini.benchmark(...args).map((item) =>
        item.task === "math" ? { ...item, gold: "987", solution: "The answer is 987." } : otherGold(item)
      ),
  };
  const [real, other] = [await ask({}), await ask({ world })];
  deepStrictEqual(other.asked, real.asked);
  deepStrictEqual(
    other.answers.map(({ prompt, output, extracted }) => [prompt, output, extracted]),
    real.answers.map(({ prompt, output, extracted }) => [prompt, output, extracted]),
  );
  ok(other.answers.every(({ gold }, i) => gold !== real.answers[i]!.gold));
});

Deno.test("a question holds neither its solution nor a calculation, and the instruction no number", () => {
  for (const { item } of itemsOf()) {
    if (item.task !== "math") continue;
    ok(!item.question.includes(item.solution));
    ok(!/=\s*\d/.test(item.question), item.question);
  }
  strictEqual(/\d/.test(INSTRUCTIONS.math), false);
});

Deno.test("askBenchmarks() stops at an interrupt", async () => {
  await rejects(ask({ signal: AbortSignal.abort(new Error("Interrupted")) }), /Interrupted/);
});

Deno.test("what a system learns to write is right by either rule, and wrong for another gold, in every task", () => {
  for (const { item } of itemsOf()) {
    for (
      const [rule, answers] of [["release", "label"], ["strict", "label"], ["release", "explained"], [
        "strict",
        "explained",
      ]] as const
    ) {
      const answer = answerText(item, answers);
      strictEqual(scoreAnswer(answer, item, rule).correct, true, `${item.id}, ${rule}: ${answer}`);
      deepStrictEqual(
        scoreAnswer(answer, item, rule).parts,
        item.task === "math" ? { operation: true, operands: true, sum: true } : null,
      );
      if (item.task === "math") continue;
      strictEqual(scoreAnswer(answer, otherGold(item), rule).correct, false);
    }
  }
});

Deno.test("questionText() holds everything that an item asks with, and only in the item's language", () => {
  for (const { item } of itemsOf()) {
    const text = questionText(item);
    const parts = item.task === "nli" ? [item.premise, item.hypothesis] : [item.question];
    for (const part of item.task === "choice" ? [...parts, ...item.choices] : parts) {
      ok(text.includes(part));
    }
    if (item.task !== "math") ok(!text.includes(answerText(item, "label")));
  }
});
