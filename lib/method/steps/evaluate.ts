/**
 * Generated answers to a benchmark's items, scored by the release's rule. What differs between systems is only how a
 * question becomes a prompt.
 * @module
 */
import type { Answer, StepContext } from "../../lab/types.ts";
import { createGenerator } from "../../model/generate.ts";
import type { LlamaModel } from "../../model/llama_model.ts";
import type { EmbedPrompts, IdPrompts } from "../../model/prompts.ts";
import type { Tokenizer } from "../../model/tokenizer.ts";
import type { Device } from "../../tensor/mod.ts";
import type { BenchmarkId, Item, World } from "../../world/world.ts";
import { EOS } from "../prompts.ts";
import type { Evaluation } from "../recipe.ts";
import { questionText, scoreAnswer } from "../tasks.ts";

/** Items of a benchmark in some languages, and the ids under which the answers are kept. */
export interface Asked {
  readonly items: BenchmarkId;
  readonly languages: readonly string[];
  readonly benchmarks: readonly string[];
}

/** A system that can be asked. */
interface Answerer {
  readonly llm: LlamaModel;
  readonly tokenizer: Tokenizer;
  /** The prompts of some questions in one language. */
  prompts(questions: readonly string[]): Promise<EmbedPrompts | IdPrompts> | EmbedPrompts | IdPrompts;
  /** What the LLM reads after the question; "" where it reads none. */
  readonly instruction: string;
}

/** Asks everything once and hands the answers to the step. Items of like length share a batch. */
export async function answerBenchmarks(
  world: World,
  { items: id, languages, benchmarks }: Asked,
  answerer: Answerer,
  evaluation: Omit<Evaluation, "retrieval_items">,
  context: StepContext,
): Promise<void> {
  const { device, threads } = context.runtime;
  const generator = createGenerator(answerer.llm, { device: device as Device, threads });
  try {
    for (const [done, lang] of languages.entries()) {
      context.progress(done, languages.length, `${id} ${lang}`);
      const items = world.benchmark(id, lang, { items: evaluation.items });
      const outputs = new Map<string, string>();
      const byLength = items.map((item) => ({ id: item.id, question: questionText(item) }))
        .sort((a, b) => a.question.length - b.question.length);
      for (let at = 0; at < byLength.length; at += evaluation.batch_size) {
        context.signal.throwIfAborted();
        const batch = byLength.slice(at, at + evaluation.batch_size);
        const prompts = await answerer.prompts(batch.map(({ question }) => question));
        const generated = await generator.generate(prompts, {
          maxNewTokens: evaluation.max_new_tokens,
          stopIds: [EOS],
        });
        generated.forEach(({ ids }, i) => outputs.set(batch[i].id, answerer.tokenizer.decode(ids)));
      }
      for (const benchmark of benchmarks) {
        context.answers(
          items.map((item) => answerOf(benchmark, lang, item, answerer.instruction, outputs.get(item.id)!)),
        );
      }
    }
    context.progress(languages.length, languages.length);
  } finally {
    await generator.dispose();
  }
}

function answerOf(
  benchmark: string,
  lang: string,
  item: Item,
  instruction: string,
  output: string,
): Answer {
  const { extracted, correct } = scoreAnswer(output, item);
  const prompt = questionText(item) + instruction;
  return { benchmark, lang, item: item.id, prompt, output, extracted, gold: item.gold, correct };
}
