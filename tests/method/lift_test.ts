/** What the two stages change and what they leave, on a LinguaLIFT of a few thousand weights. */
import { deepStrictEqual, notDeepStrictEqual, ok, rejects, strictEqual } from "node:assert/strict";
import { freshLift, type LiftExample, loadLift, saveLift, trainLift } from "../../lib/method/lift.ts";
import type { Stage } from "../../lib/method/recipe.ts";
import { llamaConfig } from "../../lib/model/llama_config.ts";
import { initLlama } from "../../lib/model/llama_model.ts";
import { stream } from "../../lib/random.ts";
import { withFolder } from "../model/_models.ts";
import { digests, halves, stepContext } from "./_tiny.ts";

const D_ENC = 6;
const LLM = initLlama(
  llamaConfig({
    hidden_size: 8,
    intermediate_size: 16,
    num_hidden_layers: 1,
    num_attention_heads: 2,
    vocab_size: 20,
    max_position_embeddings: 64,
  }),
  stream(1, "llm"),
);
const STAGE: Stage = {
  max_chars: null,
  train: ["alignment"],
  examples: 10,
  steps: 5,
  batch_size: 4,
  lr: 1e-2,
  schedule: "constant",
  warmup_ratio: 0,
  weight_decay: 0.01,
};

function fresh(seed = 1) {
  return freshLift("mlp2", D_ENC, LLM, stream(seed, "alignment"));
}

/** Examples whose target is told by the states: what is to be written is the column that stands out. */
function examples(instruction: readonly number[] = [4, 5]): LiftExample[] {
  return Array.from({ length: STAGE.examples }, (_, i) => {
    const hidden_states = new Float32Array((2 + i % 3) * D_ENC);
    hidden_states.forEach((_, at) => hidden_states[at] = at % D_ENC === i % D_ENC ? 2 : 0);
    return { hidden_states, instruction, target: [6 + i % D_ENC, 2] };
  });
}

/** The halves' digests before and after a stage. */
async function stageOf(train: Stage["train"]) {
  let result: ReturnType<typeof halves>[] = [];
  await withFolder(async (folder) => {
    const context = stepContext(folder);
    saveLift(`${folder}/before`, fresh());
    const { lift } = await trainLift(fresh(), examples(), { ...STAGE, train }, stream(1, "order"), context);
    saveLift(`${folder}/after`, lift);
    result = [halves(`${folder}/before`), halves(`${folder}/after`)];
  });
  return result;
}

Deno.test("trainLift() of the alignment alone leaves the LLM byte for byte and moves the alignment layer", async () => {
  const [before, after] = await stageOf(["alignment"]);
  strictEqual(after.llm, before.llm);
  ok(after.alignment !== before.alignment);
});

Deno.test("trainLift() of the LLM alone leaves the alignment layer byte for byte and moves the LLM", async () => {
  const [before, after] = await stageOf(["llm"]);
  strictEqual(after.alignment, before.alignment);
  ok(after.llm !== before.llm);
});

Deno.test("trainLift() of both moves both", async () => {
  const [before, after] = await stageOf(["alignment", "llm"]);
  ok(after.alignment !== before.alignment && after.llm !== before.llm);
});

Deno.test("trainLift() moves every weight of what it trains, boundary vectors included", async () => {
  await withFolder(async (folder) => {
    const start = fresh();
    const train: Stage = { ...STAGE, train: ["alignment", "llm"] };
    const { lift } = await trainLift(start, examples(), train, stream(1, "order"), stepContext(folder));
    for (const half of ["alignment", "llm"] as const) {
      for (const [name, values] of Object.entries(lift[half].weights)) {
        notDeepStrictEqual(values, start[half].weights[name], name);
      }
    }
  });
});

Deno.test("trainLift() learns to write what only the states say", async () => {
  await withFolder(async (folder) => {
    const stage: Stage = { ...STAGE, train: ["alignment", "llm"], steps: 150, lr: 3e-2 };
    const { loss } = await trainLift(fresh(), examples(), stage, stream(1, "order"), stepContext(folder));
    // One of six tokens, then eos: whoever does not read the states pays ln 6 for one of two tokens.
    ok(loss.last < Math.log(6) / 4, `the loss went from ${loss.first} to ${loss.last}`);
  });
});

Deno.test("trainLift() interrupted after a checkpoint goes on to the same bytes", async () => {
  await withFolder(async (folder) => {
    const stage = { ...STAGE, steps: 206 };
    const run = (changes: Parameters<typeof stepContext>[1]) =>
      trainLift(fresh(), examples(), stage, stream(1, "order"), stepContext(folder, changes));
    const { checkpointDir } = stepContext(folder);
    const interrupt = (n: number) => {
      if (n === 204) throw new Error("Interrupted");
    };
    await rejects(run({ checkpointDir, progress: interrupt }), /Interrupted/);
    const steps: number[] = [];
    const resumed = await run({ checkpointDir, progress: (n) => void steps.push(n) });
    deepStrictEqual(steps, [201, 202, 203, 204, 205, 206]);
    const whole = await run({});
    deepStrictEqual(resumed, whole);
    saveLift(`${folder}/resumed`, resumed.lift);
    saveLift(`${folder}/whole`, whole.lift);
    deepStrictEqual(digests(`${folder}/resumed`), digests(`${folder}/whole`));
  });
});

Deno.test("trainLift() reads the instruction: another one, or none, gives another loss", async () => {
  await withFolder(async (folder) => {
    const losses = [];
    for (const instruction of [[4, 5], [7, 8], []]) {
      const stage = { ...STAGE, steps: 1, batch_size: 10 };
      const { loss } = await trainLift(
        fresh(),
        examples(instruction),
        stage,
        stream(1, "order"),
        stepContext(folder),
      );
      losses.push(loss.first);
    }
    strictEqual(new Set(losses).size, 3);
  });
});

Deno.test("loadLift() reads what saveLift() wrote, for every kind of alignment layer", async () => {
  await withFolder((folder) => {
    for (const kind of ["linear", "mlp2", "mlp3"] as const) {
      const lift = freshLift(kind, D_ENC, LLM, stream(1, kind));
      saveLift(`${folder}/${kind}`, lift);
      const { alignment, llm } = loadLift(`${folder}/${kind}`);
      deepStrictEqual(alignment, lift.alignment);
      deepStrictEqual({ ...llm.weights }, { ...lift.llm.weights });
    }
  });
});

Deno.test("freshLift() is the same for a seed, another for another, and leaves the LLM alone", () => {
  deepStrictEqual(fresh(3), fresh(3));
  notDeepStrictEqual(fresh(3).alignment, fresh(4).alignment);
  strictEqual(fresh().llm, LLM);
});

Deno.test("trainLift() takes long states and long texts in one batch, though its rows are then longer than the LLM's positions", async () => {
  await withFolder(async (folder) => {
    const example = (tokens: number, words: number): LiftExample => ({
      hidden_states: new Float32Array(tokens * D_ENC).fill(0.5),
      instruction: [4],
      target: [...Array<number>(words).fill(7), 2],
    });
    const stage = { ...STAGE, examples: 2, batch_size: 2, steps: 2 };
    const both = [example(55, 2), example(2, 55)];
    const { loss } = await trainLift(fresh(), both, stage, stream(1, "order"), stepContext(folder));
    ok(loss.last < loss.first, `from ${loss.first} to ${loss.last}`);
  });
});
