/**
 * A system that is asked, on ONNX Runtime: prompts through the encoder and the bridge where there are any, then
 * decoding with a cache, or the likelihood of what is given.
 * @module
 */
import { having } from "../../checked.ts";
import { createGenerator, type Sampling as GeneratorSampling } from "../../model/llama/generate.ts";
import type { EmbedPrompts, IdPrompts } from "../../model/llama/prompts.ts";
import { stream } from "../../random.ts";
import { compile, type Device } from "../../tensor/mod.ts";
import type { Answerer, Compute, ModelFolders, Prompt, Sampling, TextEncoder } from "../engine.ts";
import { openEncoder } from "./encoder.ts";
import { readGraph } from "./graph.ts";
import { openScorer, type Scorer } from "./likelihood.ts";
import { loadModels } from "./models.ts";

/** Turns prompts into what the generator reads, and texts into states. */
interface Intake {
  states(texts: readonly (string | null)[]): Promise<readonly (Float32Array | null)[]>;
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
      states: (texts) => encoder.encode(texts.map((text) => text!)),
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

  let scorer: Promise<Scorer> | undefined;
  return {
    async generate(prompts, { max_new_tokens, stop_ids, max_text_tokens, sampling }) {
      const read = await intake.prompts(prompts, max_text_tokens);
      const generated = await generator.generate(read, {
        maxNewTokens: max_new_tokens,
        stopIds: stop_ids,
        ...(sampling === undefined ? {} : { sampling: drawn(sampling) }),
      });
      return generated.map(({ ids }) => ids);
    },
    async score(examples) {
      scorer ??= openScorer(models, compute);
      const texts = [...new Set(examples.map(({ text }) => text))];
      const read = await intake.states(texts);
      const states = new Map(texts.map((text, i) => [text, read[i]!]));
      return await (await scorer).score(
        examples.map(({ text, ids, target }) => ({ states: states.get(text)!, ids, target })),
      );
    },
    async dispose() {
      await (await scorer)?.dispose();
      await intake.dispose();
      await generator.dispose();
    },
  };
}

/** One stream a prompt, so that an answer does not depend on the answers beside it. */
function drawn({ temperature, seed, names }: Sampling): GeneratorSampling {
  return { temperature, streams: names.map((name) => stream(seed, "sampling", name)) };
}

const tokensAlone: Intake = {
  states: (texts) => Promise.resolve(texts.map(() => null)),
  prompts: (prompts) => Promise.resolve(prompts.map(({ ids }) => ids)),
  dispose: () => Promise.resolve(),
};
