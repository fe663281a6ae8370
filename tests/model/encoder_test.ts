/** The encoder: padding, positions, pooling, learning, checkpoints. @module */
import { deepStrictEqual, notDeepStrictEqual, ok, throws } from "node:assert/strict";
import {
  encoderHiddenStates,
  maskedLmHead,
  maskedLmStates,
  meanPool,
} from "../../lib/model/encoder/graph.ts";
import { encoderConfig, encoderParameterShapes } from "../../lib/model/encoder/config.ts";
import { exportEncoder, initEncoder, loadEncoder } from "../../lib/model/encoder/model.ts";
import { padIds } from "../../lib/model/padding.ts";
import { parameterFeeds, parameterInputs } from "../../lib/model/parameters.ts";
import { targetFeeds, targetInputs, targetNegativeLogLikelihood } from "../../lib/model/llama/target_loss.ts";
import { stream } from "../../lib/random.ts";
import {
  add,
  compile,
  createTrainer,
  float32Data,
  input,
  matmul,
  mean,
  type Tensor,
} from "../../lib/tensor/mod.ts";
import { withFolder } from "./_models.ts";

const SIZES = {
  hidden_size: 16,
  intermediate_size: 32,
  num_hidden_layers: 2,
  num_attention_heads: 2,
  vocab_size: 30,
  max_position_embeddings: 24,
};

function build(position_embedding_type: "learned" | "rotary") {
  const config = encoderConfig({ ...SIZES, position_embedding_type });
  const shapes = encoderParameterShapes(config, { lmHead: true });
  const parameters = parameterInputs(shapes);
  const inputs = ["ids", "attention_mask", "position_ids"].map((name) => input(name, ["B", "T"], "int32"));
  const states = encoderHiddenStates(config, parameters, inputs[0]!, inputs[1]!, inputs[2]!);
  const { weights } = initEncoder(config, stream(4, position_embedding_type), { lmHead: true });
  return { config, shapes, parameters, attention_mask: inputs[1]!, states, weights };
}

function close(actual: Float32Array, expected: Float32Array): void {
  ok(actual.length === expected.length);
  actual.forEach((x, i) => ok(Math.abs(x - expected[i]!) < 2e-5, `${x} is not ${expected[i]} at ${i}`));
}

for (const kind of ["learned", "rotary"] as const) {
  Deno.test(`encoder states with ${kind} positions see both sides and no padding`, async () => {
    const { shapes, attention_mask, states, weights } = build(kind);
    const last = states.at(-1)!;
    const session = await compile({
      last,
      pooled: meanPool(last, attention_mask),
      first: states[0]!,
      middle: states[1]!,
    });
    const feeds = parameterFeeds(shapes, weights, session.inputs.keys());
    const run = async (sequences: number[][], side: "left" | "right" = "right") => {
      const results = await session.run({ ...feeds, ...padIds(sequences, { side, padId: 7 }) });
      return { last: float32Data(results.last!), pooled: float32Data(results.pooled!) };
    };
    const sequences = [[1, 2, 3, 4, 5], [6, 7], [8, 9, 10]];
    const right = await run(sequences);
    const left = await run(sequences, "left");
    close(left.pooled, right.pooled);
    for (const [i, sequence] of sequences.entries()) {
      const alone = await run([sequence]);
      const width = SIZES.hidden_size;
      close(right.last.subarray(i * 5 * width, (i * 5 + sequence.length) * width), alone.last);
      close(right.pooled.subarray(i * width, (i + 1) * width), alone.pooled);
      const mean = alone.last.subarray(0, width).map((_, d) =>
        sequence.reduce((sum, _, t) => sum + alone.last[t * width + d]!, 0) / sequence.length
      );
      close(alone.pooled, mean);
    }
    // A later token changes the state of the first one, and order matters.
    notDeepStrictEqual(
      (await run([[1, 2, 9]])).last.slice(0, 16),
      (await run([[1, 2, 3]])).last.slice(0, 16),
    );
    notDeepStrictEqual(
      (await run([[1, 3, 2]])).last.slice(0, 16),
      (await run([[1, 2, 3]])).last.slice(0, 16),
    );
    await session.dispose();
  });
}

Deno.test("the masked LM learns to fill in a token from both of its sides", async () => {
  const { config, shapes, parameters, states, weights } = build("rotary");
  const inputs = targetInputs();
  const head = (x: Tensor) => {
    const { weight, bias } = maskedLmHead(parameters);
    return add(matmul(maskedLmStates(config, parameters, x), weight, { transB: true }), bias);
  };
  const loss = mean(targetNegativeLogLikelihood(states.at(-1)!, inputs, head));
  const trainer = createTrainer(
    { loss, parameters, trainable: new Set(Object.keys(shapes)), threads: 1 },
    weights,
  );
  // Triples a, mask, b: the hidden token is 10 + 3 a + b.
  const random = stream(5, "masked lm");
  const batch = () => {
    const triples = Array.from({ length: 32 }, () => [random.int(0, 2), 29, random.int(0, 2)] as const);
    const targets = triples.map(([a, , b], row) => ({ row, position: 1, id: 10 + 3 * a + b }));
    return { ...padIds(triples), ...targetFeeds(targets, 32, 3) };
  };
  const first = await trainer.evaluate(batch());
  for (let step = 0; step < 200; step++) await trainer.update(batch(), 3e-3);
  const last = await trainer.evaluate(batch());
  await trainer.dispose();
  ok(first.loss > 3, `${first.loss} before`);
  // One side alone leaves log(3) = 1.1.
  ok(last.loss < 0.3, `${last.loss} after`);
});

Deno.test("exportEncoder() then loadEncoder() gives the same encoder", async () => {
  await withFolder((folder) => {
    const { config, shapes, weights } = build("learned");
    exportEncoder(folder, { config, weights });
    const read = loadEncoder(folder);
    deepStrictEqual(read.config, config);
    for (const name of Object.keys(encoderParameterShapes(config))) {
      deepStrictEqual(read.weights[name], weights[name]);
    }
    ok(Object.keys(read.weights).length < Object.keys(shapes).length);
  });
});

Deno.test("encoderConfig() refuses sizes that do not divide", () => {
  throws(() => encoderConfig({ ...SIZES, num_attention_heads: 3 }), {
    name: "UserError",
    message: /must be even/,
  });
});
