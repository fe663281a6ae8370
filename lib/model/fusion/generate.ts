/**
 * Decoding of a Llama with a second attention, on the processor: as `llama/generate.ts`, beside keys and values that are made
 * once a question and not again at every token.
 * @module
 */
import { compile, type CompileOptions, type Value } from "../../tensor/mod.ts";
import { createGenerator, type Generated, type GenerateOptions } from "../llama/generate.ts";
import type { LlamaModel } from "../llama/model.ts";
import type { EmbedPrompts } from "../llama/prompts.ts";
import { keyValueGraph, secondAround } from "./decode_graphs.ts";
import type { FusionModel } from "./file.ts";
import { fusionParameterShapes } from "./layer.ts";

/** Prompts, and the encoder's states below the last of the same texts. */
export interface FusedPrompts extends EmbedPrompts {
  /** float32 [B, S, encoder_layers * d_enc] */
  readonly layer_states: Value;
  /** int32 [B, S], 1 for a token of the encoder and 0 for padding. */
  readonly encoder_attention_mask: Value;
}

/** A model ready to generate. */
export interface FusedGenerator {
  /** Continues every prompt, as `Generator` does. @throws {UserError} as that */
  generate(prompts: FusedPrompts, options: GenerateOptions): Promise<Generated[]>;
  dispose(): Promise<void>;
}

/** Prepares a model for generation. */
export async function createFusedGenerator(
  model: LlamaModel,
  { config, weights }: FusionModel,
  options: Pick<CompileOptions, "threads">,
): Promise<FusedGenerator> {
  const once = await compile(keyValueGraph(model.config, config), {
    ...options,
    weights: { ...model.weights, ...weights },
  });
  const generator = createGenerator(model, options, {
    around: (reads) => secondAround(model.config, config, reads),
    shapes: fusionParameterShapes(config),
    weights,
  });
  return {
    async generate({ layer_states, encoder_attention_mask, ...prompts }, request) {
      const second = await once.run({ layer_states });
      return await generator.generate(prompts, request, { ...second, encoder_attention_mask });
    },
    async dispose() {
      await once.dispose();
      await generator.dispose();
    },
  };
}
