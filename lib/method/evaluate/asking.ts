/**
 * Asking a system a benchmark's items: generated greedily, in the benchmark's order, scored by the recipe's rule.
 * @module
 */
import type { Answerer } from "../../engine/mod.ts";
import type { StepContext, StepScore } from "../../lab/experiment/types.ts";
import type { Tokenizer } from "../../model/checkpoint/tokenizer.ts";
import type { BenchmarkId, Item, World } from "../../world/world.ts";
import type { Instruction } from "../reader/prompts.ts";
import type { Reader } from "../reader/reader.ts";
import type { Evaluation } from "../recipe/fields.ts";
import { questionText } from "../source/items.ts";
import { type Given, writeGiven } from "./given.ts";
import { scoreAnswer, TASK_OF } from "./score.ts";

/** Items of a benchmark in some languages, and the ids under which the answers are kept. */
export interface Asked {
  readonly items: BenchmarkId;
  readonly languages: readonly string[];
  readonly benchmarks: readonly string[];
}

/** How a benchmark is asked. */
export type Asking = Omit<Evaluation, "retrieval_items" | "fewer_items">;

/** Tokens of a question that is written out: it is longer than an answer, a problem has two sentences or more. */
export const WRITTEN_TOKENS = 96;

/** A system and how it reads. */
export interface Respondent {
  readonly system: Pick<Answerer, "generate" | "score">;
  readonly reader: Pick<Reader, "read" | "instruction" | "target">;
  readonly tokenizer: Pick<Tokenizer, "decode">;
  /** Tokens of a question that are read at most. */
  readonly room: number;
  /** Ids that end an answer. */
  readonly stop_ids: readonly number[];
}

/**
 * Asks everything once and hands the answers to the step.
 * @param textIn what is read of an item in a language: its question unless said
 */
export async function askBenchmarks(
  world: World,
  { items: id, languages, benchmarks }: Asked,
  respondent: Respondent,
  evaluation: Asking,
  context: StepContext,
  textIn: (lang: string, item: Item) => string = (_lang, item) => questionText(item),
): Promise<void> {
  const instruction = TASK_OF[id];
  const given: Given[] = [];
  for (const [done, lang] of languages.entries()) {
    context.progress(done, languages.length, `${id} ${lang}`);
    const items = world.benchmark(id, lang, { items: evaluation.items, split: evaluation.split });
    const textOf = (item: Item) => textIn(lang, item);
    const { outputs, cut, read } = await askItems(
      items,
      instruction,
      respondent,
      evaluation,
      context,
      textOf,
    );
    const scored = items.map((item) => {
      const output = outputs.get(item.id)!;
      const score = scoreAnswer(output, item, evaluation.extraction);
      const prompt = textOf(item) + read;
      return { lang, item: item.id, kind: item.kind, prompt, output, gold: item.gold, ...score };
    });
    given.push(...scored.map(({ lang, item, extracted, correct }) => ({ lang, item, extracted, correct })));
    for (const benchmark of benchmarks) {
      if (cut > 0) context.scores([cutScore(benchmark, lang, cut, items.length)]);
      context.answers(scored.map((answer) => ({ benchmark, ...answer })));
    }
  }
  writeGiven(context, given);
  context.progress(languages.length, languages.length);
}

/** What a system wrote of some items. */
export interface Outputs {
  /** By the item's id. */
  readonly outputs: ReadonlyMap<string, string>;
  /** Questions of which only the beginning was read. */
  readonly cut: number;
  /** What the LLM read as text after each question. */
  readonly read: string;
}

/** What a system does with items when it is told to; questions of like length share a batch. */
export async function askItems(
  items: readonly Item[],
  instruction: Instruction,
  { system, reader, tokenizer, room, stop_ids }: Respondent,
  { batch_size, max_new_tokens }: Pick<Asking, "batch_size" | "max_new_tokens">,
  { signal }: Pick<StepContext, "signal">,
  textOf: (item: Item) => string = questionText,
): Promise<Outputs> {
  const outputs = new Map<string, string>();
  const questions = items.map((item) => ({ id: item.id, text: textOf(item) }))
    .sort((a, b) => a.text.length - b.text.length)
    .map(({ id, text }) => ({ id, ...reader.read(text, instruction, room) }));
  for (let at = 0; at < questions.length; at += batch_size) {
    signal.throwIfAborted();
    const batch = questions.slice(at, at + batch_size);
    const generated = await system.generate(batch.map(({ prompt }) => prompt), {
      max_new_tokens,
      stop_ids,
      max_text_tokens: room,
    });
    generated.forEach((ids, i) => outputs.set(batch[i]!.id, tokenizer.decode(ids)));
  }
  const cut = questions.filter(({ isCut }) => isCut).length;
  return { outputs, cut, read: reader.instruction(instruction) };
}

/** How many questions were only read in part, and by whom. */
export function cutScore(
  benchmark: string,
  lang: string,
  k: number,
  n: number,
  which: "asked" | "translated" = "asked",
): StepScore {
  const metric = which === "asked"
    ? "questions of which only the beginning fits"
    : "questions of which only the beginning is translated";
  return { benchmark, scope: lang, metric, value: k / n, n, k, estimator: "first tokens" };
}
