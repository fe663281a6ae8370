/**
 * A system with a second attention that is asked, on ONNX Runtime.
 * @module
 */
import { having } from "../../checked.ts";
import { createFusedGenerator } from "../../model/fusion/generate.ts";
import { compile, float32Data, type Session } from "../../tensor/mod.ts";
import type { Answerer, Compute } from "../engine.ts";
import { fusedGraph } from "./graph.ts";
import { openLayers } from "./layers.ts";
import { type FusedFolders, loadFused } from "./models.ts";

/** Opens a system for questions, which it answers greedily. */
export async function openAnswerer(folders: FusedFolders, { device, threads }: Compute): Promise<Answerer> {
  const models = loadFused(folders);
  const graph = fusedGraph(models);
  const encoder = await openLayers(folders.states.encoder, { device, threads });
  const { weights } = graph;
  const reading = await compile({ inputs_embeds: graph.inputs_embeds }, { threads, weights });
  const generator = await createFusedGenerator(models.llm, models.fusion, { threads });
  let scoring: Promise<Session> | undefined;
  return {
    async generate(prompts, { max_new_tokens, stop_ids, max_text_tokens, sampling }) {
      if (sampling !== undefined) {
        throw new TypeError("internal: a system with a second attention is not sampled");
      }
      const states = await encoder.encode(prompts.map(({ text }) => text!), max_text_tokens);
      const feeds = graph.prompts(prompts.map(({ ids }, i) => ({ states: states[i]!, ids })));
      const { hidden_states, ids, attention_mask, layer_states, encoder_attention_mask } = having(
        feeds,
        ...["hidden_states", "ids", "attention_mask", "layer_states", "encoder_attention_mask"] as const,
      );
      const { inputs_embeds } = having(await reading.run({ hidden_states, ids }), "inputs_embeds");
      const written = await generator.generate(
        { inputs_embeds, attention_mask, layer_states, encoder_attention_mask },
        { maxNewTokens: max_new_tokens, stopIds: stop_ids },
      );
      return written.map(({ ids }) => [...ids]);
    },
    async score(examples) {
      scoring ??= compile({ nll: graph.nll }, { threads, weights });
      const states = await encoder.encode(examples.map(({ text }) => text!));
      const { nll } = await (await scoring).run(
        graph.examples(examples.map(({ ids, target }, i) => ({ states: states[i]!, ids, target }))),
      );
      const tokens = float32Data(nll!);
      let at = 0;
      return examples.map(({ target }) =>
        -tokens.subarray(at, at += target.length).reduce((sum, one) => sum + one, 0)
      );
    },
    async dispose() {
      await (await scoring)?.dispose();
      await generator.dispose();
      await reading.dispose();
      await encoder.dispose();
    },
  };
}
