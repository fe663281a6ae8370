/**
 * Generated answers to a benchmark's items, scored by the recipe's rule. What differs between systems is only how a
 * question becomes a prompt.
 * @module
 */
import { UserError } from "../../errors.ts";
import type { StepContext, StepScore } from "../../lab/types.ts";
import { createGenerator } from "../../model/generate.ts";
import type { LlamaConfig } from "../../model/llama_config.ts";
import type { LlamaModel } from "../../model/llama_model.ts";
import type { EmbedPrompts, IdPrompts } from "../../model/prompts.ts";
import type { Tokenizer } from "../../model/tokenizer.ts";
import type { Device } from "../../tensor/mod.ts";
import type { BenchmarkId, World } from "../../world/world.ts";
import { EOS } from "../prompts.ts";
import type { Evaluation } from "../recipe.ts";
import { questionText, scoreAnswer } from "../tasks.ts";

/** Items of a benchmark in some languages, and the ids under which the answers are kept. */
export interface Asked {
  readonly items: BenchmarkId;
  readonly languages: readonly string[];
  readonly benchmarks: readonly string[];
}

/** Fewer tokens are no question. */
const MIN_ROOM = 16;

/** A system that can be asked. */
interface Answerer {
  readonly llm: LlamaModel;
  readonly tokenizer: Tokenizer;
  /** The prompts of some questions in one language. */
  prompts(questions: readonly string[]): Promise<EmbedPrompts | IdPrompts> | EmbedPrompts | IdPrompts;
  /** Whether the prompt has only the beginning of a question, because the model reads no more. */
  isCut(question: string): boolean;
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
      const cut = byLength.filter(({ question }) => answerer.isCut(question)).length;
      for (const benchmark of benchmarks) {
        if (cut > 0) context.scores([cutScore(benchmark, lang, cut, items.length)]);
        context.answers(
          items.map((item) => {
            const output = outputs.get(item.id)!;
            const { extracted, correct } = scoreAnswer(output, item, evaluation.extraction);
            const prompt = questionText(item) + answerer.instruction;
            return { benchmark, lang, item: item.id, prompt, output, extracted, gold: item.gold, correct };
          }),
        );
      }
    }
    context.progress(languages.length, languages.length);
  } finally {
    await generator.dispose();
  }
}

/**
 * How many tokens of a question fit beside `others` and an answer.
 * @throws {UserError} when next to none do
 */
export function questionRoom(
  { max_position_embeddings: positions }: LlamaConfig,
  others: number,
  { max_new_tokens }: Pick<Evaluation, "max_new_tokens">,
): number {
  const room = positions - others - max_new_tokens;
  if (room >= MIN_ROOM) return room;
  throw new UserError(
    `Cannot ask: beside ${max_new_tokens} new tokens the LLM's ${positions} positions leave ${room} for a question; ` +
      "lower evaluation.max_new_tokens",
  );
}

function cutScore(benchmark: string, lang: string, k: number, n: number): StepScore {
  const metric = "questions of which only the beginning fits";
  return { benchmark, scope: lang, metric, value: k / n, n, k, estimator: "first tokens" };
}
