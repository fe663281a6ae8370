/**
 * The share of the limit: how long the matrix products of a step take alone, by the same library on the same threads,
 * over how long the whole step takes. Both are measured in turns in one process, so that what disturbs the machine
 * disturbs both alike.
 * @module
 */
import { setTimeout as pause } from "node:timers/promises";
import { decodeGraph } from "../lib/model/llama/decode_graphs.ts";
import { createGenerator } from "../lib/model/llama/generate.ts";
import { llamaFeeds } from "../lib/model/llama/model.ts";
import { promptBatch } from "../lib/model/llama/prompts.ts";
import { createTrainer, type Feeds, int32, type TrainerSpec } from "../lib/tensor/mod.ts";
import { trainingGraphs } from "../lib/tensor/training_graphs.ts";
import { gptTraining } from "./gpt_training.ts";
import { benchLlama, benchPrompts } from "./llama.ts";
import { productsOf } from "./products.ts";
import { stageTraining } from "./stage_training.ts";
import { median } from "./statistics.ts";
import { decodeWorkload, trainBatch, trainWorkload } from "./workload.ts";

/** One kind of step on a number of threads. */
export interface ShareRow {
  readonly what: string;
  readonly kind: "training" | "decoding";
  readonly threads: number;
  /** Products in a step. */
  readonly products: number;
  /** Median time of the whole step, and of its products alone. */
  readonly stepSeconds: number;
  readonly productSeconds: number;
  /** Multiplications and additions of the products. */
  readonly operations: number;
  /** The share in every turn. */
  readonly shares: readonly number[];
}

/** A step, and its products alone. */
interface Sides {
  /** Steps in a call of either side. */
  readonly steps: number;
  readonly products: number;
  readonly operations: number;
  whole(): Promise<unknown>;
  alone(): Promise<unknown>;
  dispose(): Promise<void>;
}

const THREADS = [1, 2];
/** ONNX Runtime's threads wait busily for a while after a run; in milliseconds. */
const UNTIL_QUIET = 20;

/** Measures training (the benchmark's GPT and the lab's own two stages) and decoding, on 1 and 2 threads. */
export async function measureShares(turns: number, report: (line: string) => void): Promise<ShareRow[]> {
  const rows: ShareRow[] = [];
  for (const threads of THREADS) {
    const measured = [
      ["training: the GPT", "training", () => training(gpt(threads))],
      ["training: stage 1 at micro", "training", () => training(stageTraining("align", threads))],
      ["training: stage 2 at micro", "training", () => training(stageTraining("transfer", threads))],
      ["decoding: the Llama", "decoding", () => decoding(threads)],
    ] as const;
    for (const [what, kind, open] of measured) {
      const row = { what, kind, threads, ...await inTurns(await open(), turns) };
      report(
        `${what}, ${threads} threads: ${(median(row.shares) * 100).toFixed(1)} % of the step is products`,
      );
      rows.push(row);
    }
  }
  return rows;
}

async function inTurns(sides: Sides, turns: number): Promise<Omit<ShareRow, "what" | "kind" | "threads">> {
  const timed = async (side: "whole" | "alone") => {
    await pause(UNTIL_QUIET);
    const started = performance.now();
    await sides[side]();
    return (performance.now() - started) / 1000 / sides.steps;
  };
  const [whole, alone]: [number[], number[]] = [[], []];
  try {
    for (let turn = 0; turn <= turns; turn++) {
      const [step, products] = [await timed("whole"), await timed("alone")];
      // The first turn warms up.
      if (turn > 0) {
        whole.push(step);
        alone.push(products);
      }
    }
  } finally {
    await sides.dispose();
  }
  return {
    products: sides.products,
    operations: sides.operations,
    stepSeconds: median(whole),
    productSeconds: median(alone),
    shares: alone.map((seconds, turn) => seconds / whole[turn]!),
  };
}

interface Training {
  readonly spec: TrainerSpec;
  readonly values: Readonly<Record<string, Float32Array>>;
  readonly feeds: Feeds;
}

function gpt(threads: number): Training {
  const workload = trainWorkload({ threads });
  const { spec, weights } = gptTraining(workload);
  const { ids, targets } = trainBatch(workload);
  const shape = [workload.batch, workload.length];
  return {
    spec,
    values: Object.fromEntries(weights.map(({ name, data }) => [name, data])),
    feeds: { ids: int32(ids, shape), targets: int32(targets, shape) },
  };
}

async function training({ spec, values, feeds }: Training): Promise<Sides> {
  const { threads } = spec;
  const products = await productsOf({ outputs: trainingGraphs(spec).update, feeds, threads: threads! });
  const trainer = createTrainer(spec, values);
  return {
    steps: 1,
    products: products.count,
    operations: products.operations,
    whole: () => trainer.update(feeds, 1e-4),
    alone: products.run,
    dispose: async () => {
      await trainer.dispose();
      await products.dispose();
    },
  };
}

/**
 * A whole continuation of 32 prompts, a step being one token of each. The products within the attention against the
 * cache, which is one operator and has hardly a hundredth of them, are no part of the limit.
 */
async function decoding(threads: number): Promise<Sides> {
  const workload = decodeWorkload({ threads });
  const { batch, newTokens } = workload;
  const model = benchLlama(workload);
  const prompts = benchPrompts(workload);
  const token = await productsOf({
    outputs: decodeGraph(model.config, "token"),
    feeds: { ids: int32(new Int32Array(batch), [batch, 1]) },
    weights: model.weights,
    threads,
  });
  const prompt = await productsOf({
    outputs: decodeGraph(model.config, "prompt_ids"),
    feeds: { ...llamaFeeds(model), ...promptBatch(prompts, model.config).feeds },
    threads,
  });
  const generator = createGenerator(model, { threads });
  return {
    steps: newTokens,
    products: token.count,
    operations: token.operations,
    whole: () => generator.generate(prompts, { maxNewTokens: newTokens, stopIds: [] }),
    alone: async () => {
      await prompt.run();
      for (let i = 1; i < newTokens; i++) await token.run();
    },
    dispose: async () => {
      await generator.dispose();
      for (const products of [token, prompt]) await products.dispose();
    },
  };
}
