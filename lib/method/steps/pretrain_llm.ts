/**
 * Step: the mini LLM, a Llama model pre-trained on English-heavy plain text, with some translations into English from
 * the high-resource languages (web text has them too) and bare calculations. It never sees a question with its answer.
 * @module
 */
import type { Artifact, StepContext, StepDefinition } from "../../lab/types.ts";
import { embedTokens, llamaLogits, llamaParameters } from "../../model/llama.ts";
import { type LlamaConfig, llamaConfig } from "../../model/llama_config.ts";
import { exportLlama, initLlama, type LlamaModel, loadLlama } from "../../model/llama_model.ts";
import type { Tokenizer } from "../../model/tokenizer.ts";
import { stream } from "../../random.ts";
import { crossEntropy, input } from "../../tensor/mod.ts";
import { arithmetic, languageShares } from "../../world/mini/mod.ts";
import type { World } from "../../world/world.ts";
import { BOS, EOS, instructionIds, INSTRUCTIONS, targetIds, textIds } from "../prompts.ts";
import { committedPart, type Pretraining } from "../pretrained.ts";
import type { Recipe } from "../recipe.ts";
import { exampleRows, packedRows } from "../sequences.ts";
import { train } from "../train.ts";
import { openWorld } from "../worlds.ts";
import { tokenizerOf } from "./tokenizers.ts";

/** What the LLM is trained on. */
export interface LlmInput {
  readonly world: string;
  readonly llm: Recipe["llm"];
  readonly tokenizer: Artifact;
}

/** Longest input of a mini LLM: a Telugu problem in bytes. */
const MAX_POSITIONS = 2048;

export const pretrainLlmStep: StepDefinition<LlmInput, { loss: { first: number; last: number } }> = {
  id: "pretrain_llm",
  version: 1,
  module: import.meta.url,
  async run(inputs: LlmInput, context: StepContext) {
    const { fresh, pretraining } = llmPretraining(inputs);
    const trained = await committedPart("llm", pretraining, context.dir) ?? await train(pretraining, context);
    exportLlama(context.dir, withValues(fresh, trained.parameters));
    return { loss: trained.loss };
  },
};

/** The fresh model and how it is trained. */
export function llmPretraining(inputs: LlmInput): { fresh: LlamaModel; pretraining: Pretraining } {
  const { pretrain } = inputs.llm;
  const { batch_size } = pretrain;
  const tokenizer = tokenizerOf(inputs.tokenizer);
  const config = configOf(inputs.llm, tokenizer.vocabSize);
  const fresh = initLlama(config, stream(pretrain.seed, "llm", "init"));
  const parameters = llamaParameters(config);
  const [ids, attention_mask, position_ids, targets] = ["ids", "attention_mask", "position_ids", "targets"]
    .map((name) => input(name, ["B", "T"], "int32"));
  const embeds = embedTokens(parameters, ids);
  const logits = llamaLogits(config, parameters, embeds, attention_mask, position_ids);
  const kept = Object.keys(parameters);
  let rows: readonly number[][] | undefined;
  const pretraining = {
    spec: { loss: crossEntropy(logits, targets), parameters, trainable: new Set(kept) },
    values: fresh.weights,
    training: pretrain,
    batch(step: number) {
      // Drawing the corpus takes seconds, and a committed part with other settings is refused without it.
      const all = rows ??= packedRows(corpus(openWorld(inputs), tokenizer, pretrain), pretrain.length);
      const rowAt = (i: number) => all[(step * batch_size + i) % all.length];
      return exampleRows(
        Array.from({ length: batch_size }, (_, i) => ({ prompt: [], target: rowAt(i) })),
      );
    },
    kept,
  };
  return { fresh, pretraining };
}

/** The configuration of a mini LLM. */
function configOf(size: Recipe["llm"], vocab_size: number): LlamaConfig {
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

/** The model that a step wrote. */
export function llamaOf({ dir }: Artifact): LlamaModel {
  return loadLlama(dir);
}

/** The model with some weights replaced. */
export function withValues(model: LlamaModel, values: Readonly<Record<string, Float32Array>>): LlamaModel {
  const copies = Object.entries(values).map(([name, data]) => [name, Float32Array.from(data)] as const);
  return { config: model.config, weights: { ...model.weights, ...Object.fromEntries(copies) } };
}

/** All documents in random order, as [bos; ...; eos]. English is one of the languages that are translated: a copy. */
function corpus(world: World, tokenizer: Tokenizer, pretrain: Recipe["llm"]["pretrain"]): number[][] {
  const { seed, documents, translation, arithmetic: calculation } = pretrain;
  const high = world.languages().filter(({ level }) => level === "high").map(({ code }) => code);
  const perLanguage = Math.floor(documents * translation / high.length);
  const translate = instructionIds(tokenizer, INSTRUCTIONS.translate);
  const translations = high.flatMap((code, i) =>
    world.parallel(code, "en", { seed, count: perLanguage, from: i * perLanguage }).map((
      { source, target },
    ) => [...textIds(tokenizer, source), ...translate, ...targetIds(tokenizer, target)])
  );
  const sums = arithmetic({ seed, count: Math.floor(documents * calculation) });
  const plain = world.mixed(languageShares(), { seed, count: documents - translations.length - sums.length });
  const texts = [...plain.map(({ text }) => text), ...sums].map((text) => [...textIds(tokenizer, text), EOS]);
  return stream(seed, "llm", "order").shuffle([...texts, ...translations]);
}
