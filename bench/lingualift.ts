/**
 * This project's own side of the benchmark: `lingualift.ts train|decode WORKLOAD_JSON [PROFILE_PREFIX]`; protocol:
 * bench/serve.ts.
 * @module
 */
import { atLeast } from "../lib/checked.ts";
import { llamaConfig, llamaParameterShapes } from "../lib/model/llama/config.ts";
import { createGenerator } from "../lib/model/llama/generate.ts";
import type { LlamaModel } from "../lib/model/llama/model.ts";
import { int32 } from "../lib/tensor/mod.ts";
import { createTrainer } from "../lib/tensor/trainer.ts";
import { gptTraining } from "./gpt_training.ts";
import { type Ready, type RoundAnswer, type RoundRequest, serve } from "./serve.ts";
import { type DecodeWorkload, tokens, trainBatch, type TrainWorkload, uniform } from "./workload.ts";

type Rounds = (request: RoundRequest) => Promise<RoundAnswer>;

const [mode, workload, profile] = atLeast(Deno.args, 2);
const { about, round, dispose } = mode === "train"
  ? trainer(JSON.parse(workload))
  : decoder(JSON.parse(workload));
await serve({
  name: "LinguaLIFT",
  version: "0.1.0",
  ...about,
}, round);
await dispose();

/** What a mode measures; `dispose` also finishes the profile. */
interface Mode {
  readonly about: Pick<Ready, "threads" | "parameters">;
  readonly round: Rounds;
  readonly dispose: () => Promise<void>;
}

function trainer(w: TrainWorkload): Mode {
  const { spec, weights } = gptTraining(w);
  const values = Object.fromEntries(weights.map(({ name, data }) => [name, data]));
  const training = createTrainer({ ...spec, profile }, values);
  const batch = trainBatch(w);
  const shape = [w.batch, w.length];
  const feeds = { ids: int32(batch.ids, shape), targets: int32(batch.targets, shape) };
  return {
    about: { threads: w.threads, parameters: weights.reduce((sum, { data }) => sum + data.length, 0) },
    round: async ({ steps = 1 }) => {
      let loss = NaN;
      for (let i = 0; i < steps; i++) ({ loss } = await training.update(feeds, w.lr));
      return { tokens: steps * w.batch * w.length, loss };
    },
    dispose: training.dispose,
  };
}

function decoder(w: DecodeWorkload): Mode {
  const generator = createGenerator(benchLlama(w), { threads: w.threads, profile });
  const flat = Array.from(tokens(w.batch * w.promptLength, 100, w.vocab));
  const prompts = Array.from(
    { length: w.batch },
    (_, i) => flat.slice(i * w.promptLength, (i + 1) * w.promptLength),
  );
  return {
    about: { threads: w.threads },
    round: async () => {
      const rows = await generator.generate(prompts, { maxNewTokens: w.newTokens, stopIds: [] });
      return {
        tokens: rows.reduce((sum, { ids }) => sum + ids.length, 0),
        first: rows.map(({ ids }) => ids.slice(0, 8)),
      };
    },
    dispose: generator.dispose,
  };
}

/** The Llama of bench/peers/pytorch.py, from the same numbers. */
function benchLlama(w: DecodeWorkload): LlamaModel {
  const config = llamaConfig({
    vocab_size: w.vocab,
    hidden_size: w.width,
    intermediate_size: w.intermediate,
    num_hidden_layers: w.layers,
    num_attention_heads: w.heads,
    num_key_value_heads: w.heads,
    max_position_embeddings: w.promptLength + w.newTokens,
    rms_norm_eps: w.normEps,
    rope_theta: w.ropeTheta,
    tie_word_embeddings: false,
  });
  const order = ["q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj"];
  const weights = Object.entries(llamaParameterShapes(config)).map(
    ([name, shape]): [string, Float32Array] => {
      const count = shape.reduce((a, b) => a * b, 1);
      if (shape.length === 1) return [name, new Float32Array(count).fill(1)];
      const [, layer, part = ""] = /layers\.(\d+)\..*\.(\w+)\.weight$/.exec(name) ?? [];
      const salt = layer === undefined
        ? (name.startsWith("lm_head") ? 3 : 1)
        : 10 * (Number(layer) + 1) + order.indexOf(part);
      return [name, uniform(count, salt, w.std)];
    },
  );
  return { config, weights: Object.fromEntries(weights) };
}
