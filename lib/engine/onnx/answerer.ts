/**
 * A system that is asked, on ONNX Runtime: prompts through the encoder and the bridge where there are any, then greedy
 * decoding with a cache.
 * @module
 */
import { having } from "../../checked.ts";
import { createGenerator } from "../../model/llama/generate.ts";
import type { EmbedPrompts, IdPrompts } from "../../model/llama/prompts.ts";
import { compile, type Device } from "../../tensor/mod.ts";
import type { Answerer, Compute, ModelFolders, Prompt, TextEncoder } from "../engine.ts";
import { openEncoder } from "./encoder.ts";
import { readGraph } from "./graph.ts";
import { loadModels } from "./models.ts";

/** Turns prompts into what the generator reads. */
interface Intake {
  prompts(prompts: readonly Prompt[], max_text_tokens?: number): Promise<EmbedPrompts | IdPrompts>;
  dispose(): Promise<void>;
}

/** Opens a system for questions. */
export async function openAnswerer(folders: ModelFolders, compute: Compute): Promise<Answerer> {
  const models = loadModels(folders);
  const options = { device: compute.device as Device, threads: compute.threads };
  const generator = createGenerator(models.llm, options);
  const intake = folders.states === null
    ? tokensAlone
    : await throughStates(await openEncoder(folders.states.encoder, compute));

  async function throughStates(encoder: TextEncoder): Promise<Intake> {
    const graph = readGraph(models);
    const session = await compile({ inputs_embeds: graph.inputs_embeds }, {
      ...options,
      weights: graph.weights,
    });
    return {
      async prompts(prompts, max_text_tokens) {
        const states = await encoder.encode(prompts.map(({ text }) => text!), max_text_tokens);
        const { feeds } = graph.feeds(prompts.map(({ ids }, i) => ({ states: states[i]!, ids })));
        const { hidden_states, ids, attention_mask } = having(
          feeds,
          "hidden_states",
          "ids",
          "attention_mask",
        );
        const { inputs_embeds } = having(await session.run({ hidden_states, ids }), "inputs_embeds");
        return { inputs_embeds, attention_mask };
      },
      async dispose() {
        await session.dispose();
        await encoder.dispose();
      },
    };
  }

  return {
    async generate(prompts, { max_new_tokens, stop_ids, max_text_tokens }) {
      const read = await intake.prompts(prompts, max_text_tokens);
      const generated = await generator.generate(read, { maxNewTokens: max_new_tokens, stopIds: stop_ids });
      return generated.map(({ ids }) => ids);
    },
    async dispose() {
      await intake.dispose();
      await generator.dispose();
    },
  };
}

const tokensAlone: Intake = {
  prompts: (prompts) => Promise.resolve(prompts.map(({ ids }) => ids)),
  dispose: () => Promise.resolve(),
};
