/**
 * This project's own side of the benchmark: `lingualift.ts train|decode WORKLOAD_JSON [PROFILE_PREFIX]`; protocol:
 * bench/serve.ts.
 * @module
 */
import { atLeast } from "../lib/checked.ts";
import { createGenerator } from "../lib/model/llama/generate.ts";
import { int32 } from "../lib/tensor/mod.ts";
import { createTrainer } from "../lib/tensor/trainer.ts";
import { gptTraining } from "./gpt_training.ts";
import { benchLlama, benchPrompts } from "./llama.ts";
import { type Ready, type RoundAnswer, type RoundRequest, serve } from "./serve.ts";
import { type DecodeWorkload, trainBatch, type TrainWorkload } from "./workload.ts";

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
  const prompts = benchPrompts(w);
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
