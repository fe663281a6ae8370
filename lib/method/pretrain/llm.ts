/**
 * Step: the mini LLM, a Llama model pre-trained on English-heavy plain text, with some translations into English from
 * the high-resource languages (web text has them too), things said again, and bare calculations. Lists of random tokens
 * said again teach it to copy (induction heads; Olsson et al., 2022, arXiv:2209.11895), which a frozen LLM must be able
 * to before an alignment layer can learn to feed it. It never sees a question with its answer.
 * @module
 */
import { atLeast } from "../../checked.ts";
import type { Artifact, StepContext, StepDefinition } from "../../lab/experiment/types.ts";
import { embedTokens, llamaLogits, llamaParameters } from "../../model/llama/graph.ts";
import { type LlamaConfig, llamaConfig } from "../../model/llama/config.ts";
import { exportLlama, initLlama, type LlamaModel } from "../../model/llama/model.ts";
import { loadTokenizer, type Tokenizer } from "../../model/checkpoint/tokenizer.ts";
import { type Stream, stream } from "../../random.ts";
import { crossEntropy, input } from "../../tensor/mod.ts";
import { arithmetic, languageShares } from "../../world/mini/mod.ts";
import type { World } from "../../world/world.ts";
import { BOS, EOS, INSTRUCTIONS, SPECIAL_TOKENS } from "../reader/prompts.ts";
import { ownVocabulary, targetIds, textIds } from "../reader/vocabulary.ts";
import { committedModel, type Pretraining } from "./committed.ts";
import type { Recipe } from "../recipe/fields.ts";
import { type Example, packedFeeds, packedRows } from "./packed.ts";
import { train } from "../../engine/onnx/train.ts";
import { openWorld, type WorldInput } from "../source/worlds.ts";

/** What the LLM is trained on. */
export interface LlmInput extends WorldInput {
  readonly llm: MiniLlm;
  readonly tokenizer: Artifact;
}

/** A model that the lab makes itself. */
type MiniLlm = Omit<Recipe["llm"], "checkpoint" | "tokenizer">;

/** Longest input of a mini LLM: a Telugu problem in bytes. */
const MAX_POSITIONS = 2048;

export const pretrainLlmStep: StepDefinition<LlmInput, { loss: { first: number; last: number } }> = {
  id: "pretrain_llm",
  version: 1,
  module: import.meta.url,
  // The lab's own loop, whatever engine the run has.
  runtime: ["device", "threads"],
  async run(inputs: LlmInput, context: StepContext) {
    const { fresh, pretraining } = llmPretraining(inputs);
    const trained = await committedModel("llm", pretraining, context.dir) ??
      await train(pretraining, context);
    exportLlama(context.dir, withValues(fresh, trained.parameters));
    return { loss: trained.loss };
  },
};

/** The fresh model and how it is trained. */
export function llmPretraining(inputs: LlmInput): { fresh: LlamaModel; pretraining: Pretraining } {
  const { pretrain } = inputs.llm;
  const { batch_size } = pretrain;
  const tokenizer = loadTokenizer(inputs.tokenizer.dir);
  const config = configOf(inputs.llm, tokenizer.vocabSize);
  const fresh = initLlama(config, stream(pretrain.seed, "llm", "init"));
  const parameters = llamaParameters(config);
  const [ids, attention_mask, position_ids, targets] = atLeast(
    ["ids", "attention_mask", "position_ids", "targets"]
      .map((name) => input(name, ["B", "T"], "int32")),
    4,
  );
  const embeds = embedTokens(parameters, ids);
  const logits = llamaLogits(config, parameters, embeds, attention_mask, position_ids);
  const kept = Object.keys(parameters);
  let rows: ReturnType<typeof packedRows> | undefined;
  const pretraining = {
    spec: { loss: crossEntropy(logits, targets), parameters, trainable: new Set(kept) },
    values: fresh.weights,
    training: pretrain,
    batch(step: number) {
      // Drawing the corpus takes seconds, and a committed part with other settings is refused without it.
      const all = rows ??= packedRows(corpus(openWorld(inputs), tokenizer, pretrain), pretrain.length);
      return packedFeeds(
        Array.from({ length: batch_size }, (_, i) => all[(step * batch_size + i) % all.length]!),
      );
    },
    kept,
  };
  return { fresh, pretraining };
}

/** The configuration of a mini LLM. */
function configOf(size: MiniLlm, vocab_size: number): LlamaConfig {
  return llamaConfig({
    hidden_size: size.hidden_size,
    intermediate_size: size.intermediate_size,
    num_hidden_layers: size.num_hidden_layers,
    num_attention_heads: size.num_attention_heads,
    num_key_value_heads: size.num_key_value_heads,
    vocab_size,
    max_position_embeddings: MAX_POSITIONS,
    tie_word_embeddings: true,
    bos_token_id: BOS,
    eos_token_id: EOS,
  });
}

/** The model with some weights replaced. */
function withValues(model: LlamaModel, values: Readonly<Record<string, Float32Array>>): LlamaModel {
  const copies = Object.entries(values).map(([name, data]) => [name, Float32Array.from(data)] as const);
  return { config: model.config, weights: { ...model.weights, ...Object.fromEntries(copies) } };
}

/** All documents in random order. What repeats or translates something is learned where it does so. */
function corpus(world: World, tokenizer: Tokenizer, pretrain: Recipe["llm"]["pretrain"]): Example[] {
  const { seed, documents } = pretrain;
  const part = (share: number) => Math.floor(documents * share);
  const high = world.languages().filter(({ level, code }) => level === "high" && code !== "en");
  const perLanguage = Math.floor(part(pretrain.translation) / high.length);
  const vocabulary = ownVocabulary(tokenizer);
  const instruction = tokenizer.encode(INSTRUCTIONS.translate, { addSpecialTokens: false });
  const translated = (code: string, count: number, from: number) =>
    world.parallel(code, "en", { seed, count, from }).map(({ source, target }) => ({
      prompt: [...textIds(vocabulary, source), ...instruction],
      target: targetIds(vocabulary, target),
    }));
  const repeating = [
    ...high.flatMap(({ code }, i) => translated(code, perLanguage, i * perLanguage)),
    ...translated("en", part(pretrain.copy), part(pretrain.translation)),
    ...Array.from({ length: part(pretrain.random_copy) }, (_, i) => {
      const list = randomList(stream(seed, "llm", "list", i), tokenizer.vocabSize);
      return { prompt: [BOS, ...list, ...instruction], target: [...list, EOS] };
    }),
  ];
  const sums = arithmetic({ seed, count: part(pretrain.arithmetic) });
  const plain = world.mixed(languageShares({}, world.languages()), {
    seed,
    count: documents - repeating.length - sums.length,
  });
  const texts = [...plain.map(({ text }) => text), ...sums].map((text) => ({
    prompt: [],
    target: [...textIds(vocabulary, text), EOS],
  }));
  return stream(seed, "llm", "order").shuffle<Example>([...texts, ...repeating]);
}

/** Ordinary tokens in no order. */
function randomList(s: Stream, vocabSize: number): number[] {
  return Array.from({ length: s.int(4, 20) }, () => s.int(SPECIAL_TOKENS.length, vocabSize - 1));
}
