/**
 * Generated answers to a benchmark's items, scored by the release's rule. What differs between systems is only how a
 * question becomes a prompt.
 * @module
 */
import type { Answer, Benchmark, StepContext } from "../../lab/types.ts";
import { scoreNumber } from "../../metric/extract.ts";
import { createGenerator } from "../../model/generate.ts";
import type { LlamaModel } from "../../model/llama_model.ts";
import type { EmbedPrompts, IdPrompts } from "../../model/prompts.ts";
import type { Tokenizer } from "../../model/tokenizer.ts";
import type { Device } from "../../tensor/mod.ts";
import type { BenchmarkId, MathItem, World } from "../../world/world.ts";
import { EOS } from "../prompts.ts";
import type { Evaluation } from "../recipe.ts";

/** A system that can be asked. */
interface Answerer {
  readonly llm: LlamaModel;
  readonly tokenizer: Tokenizer;
  /** The prompts of some questions in one language. */
  prompts(questions: readonly string[]): Promise<EmbedPrompts | IdPrompts> | EmbedPrompts | IdPrompts;
  /** What the LLM reads after the question; "" where it reads none. */
  readonly instruction: string;
}

/** Asks everything and hands the answers to the step. Items of like length share a batch. */
export async function answerBenchmarks(
  world: World,
  benchmarks: readonly Pick<Benchmark, "id" | "languages">[],
  answerer: Answerer,
  evaluation: Evaluation,
  context: StepContext,
): Promise<void> {
  const { device, threads } = context.runtime;
  const generator = createGenerator(answerer.llm, { device: device as Device, threads });
  try {
    const total = benchmarks.reduce((sum, { languages }) => sum + languages.length, 0);
    let done = 0;
    for (const { id, languages } of benchmarks) {
      for (const lang of languages) {
        context.progress(done++, total, `${id} ${lang}`);
        const items = world.benchmark(id as BenchmarkId, lang, { items: evaluation.items }) as MathItem[];
        const outputs = new Map<string, string>();
        const byLength = [...items].sort((a, b) => a.question.length - b.question.length);
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
        context.answers(
          items.map((item) => answerOf(id, lang, item, answerer.instruction, outputs.get(item.id)!)),
        );
      }
    }
    context.progress(total, total);
  } finally {
    await generator.dispose();
  }
}

function answerOf(
  benchmark: string,
  lang: string,
  item: MathItem,
  instruction: string,
  output: string,
): Answer {
  const { extracted, correct } = scoreNumber(output, item.gold, "release");
  const prompt = item.question + instruction;
  return { benchmark, lang, item: item.id, prompt, output, extracted, gold: item.gold, correct };
}
