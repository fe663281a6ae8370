/** A bridge's last layer in closed form, beside least squares by another route; and standardised states. */
import { ok, strictEqual } from "node:assert/strict";
import { Matrix, solve } from "ml-matrix";
import { explainedVariance, ridgeBridge, type StateTargets } from "../../lib/model/bridge/ridge.ts";
import {
  bridge,
  type BridgeConfig,
  bridgeFeatures,
  bridgeParameterShapes,
  initBridge,
  STATES_MEAN,
  STATES_SCALE,
} from "../../lib/model/bridge/layer.ts";
import type { BridgeModel } from "../../lib/model/bridge/file.ts";
import { parameterInputs } from "../../lib/model/parameters.ts";
import { stream } from "../../lib/random.ts";
import { compile, float32, float32Data, input } from "../../lib/tensor/mod.ts";

const CONFIG: BridgeConfig = {
  d_enc: 5,
  d_lm: 3,
  layers: 2,
  activation: "gelu",
  boundaries: "both",
  standardised: false,
};

/** Normal states, and targets that are a curved function of them with some noise. */
function curved(count: number, seed: number, { mean = 0, deviation = 1 } = {}): StateTargets {
  const random = stream(seed, "states");
  const plain = Array.from({ length: count }, () => Array.from({ length: 5 }, () => random.normal()));
  const targets = plain.map(([a, b, c, d, e]) =>
    [a! * b!, c! + Math.abs(d!), e! - a!].map((x) => x + 0.05 * random.normal())
  );
  const states = plain.flat().map((x) => mean + deviation * x);
  return { states: Float32Array.from(states), targets: Float32Array.from(targets.flat()) };
}

const drawn = (config: BridgeConfig): BridgeModel => ({
  config,
  weights: initBridge(config, stream(1, "b")),
});

async function run({ config, weights }: BridgeModel, states: Float32Array, part: typeof bridge) {
  const parameters = parameterInputs(bridgeParameterShapes(config));
  const session = await compile({ out: part(config, parameters, input("states", ["N", config.d_enc])) }, {
    threads: 1,
    weights,
  });
  const { out } = await session.run({
    states: float32(states, [states.length / config.d_enc, config.d_enc]),
  });
  await session.dispose();
  return float32Data(out!);
}

for (const layers of [1, 2, 3] as const) {
  Deno.test(`ridgeBridge() finds the last of ${layers} layers as least squares with a penalty does, and no other layer moves`, async () => {
    const start = drawn({ ...CONFIG, layers });
    const pairs = curved(300, 1);
    const fitted = await ridgeBridge(start, pairs, 1);
    const features = await run(start, pairs.states, bridgeFeatures);
    const width = features.length / 300;
    // Rows that ask every weight but the bias to be 0 are the penalty.
    const root = Math.sqrt(1e-3 * 300);
    const rows = [
      ...Array.from({ length: 300 }, (_, i) => [...features.slice(i * width, (i + 1) * width), 1]),
      ...Array.from(
        { length: width },
        (_, i) => Array.from({ length: width + 1 }, (_, j) => i === j ? root : 0),
      ),
    ];
    const wanted = [
      ...Array.from({ length: 300 }, (_, i) => [...pairs.targets.slice(3 * i, 3 * i + 3)]),
      ...Array.from({ length: width }, () => [0, 0, 0]),
    ];
    const expected = solve(new Matrix(rows), new Matrix(wanted));
    const [weight, bias] = [`alignment.layers.${layers - 1}.weight`, `alignment.layers.${layers - 1}.bias`];
    fitted.weights[weight]!.forEach((x, i) => {
      const other = expected.get(i % width, Math.floor(i / width));
      ok(Math.abs(x - other) < 1e-3, `${weight}[${i}] is ${x}, by least squares ${other}`);
    });
    fitted.weights[bias]!.forEach((x, i) => ok(Math.abs(x - expected.get(width, i)) < 1e-3));
    for (const [name, before] of Object.entries(start.weights)) {
      if (name !== weight && name !== bias) strictEqual(fitted.weights[name], before, name);
    }
  });
}

Deno.test("explainedVariance() is about 0 for a bridge that says the mean, and nearer to 1 the more layers fit", async () => {
  const [pairs, unseen] = [curved(4000, 1), curved(5000, 2)];
  const mean = await ridgeBridge(drawn({ ...CONFIG, layers: 1 }), {
    ...pairs,
    states: new Float32Array(pairs.states.length),
  }, 1);
  ok(Math.abs(await explainedVariance(mean, unseen, 1)) < 0.01);
  const [one, two] = await Promise.all(
    ([1, 2] as const).map(async (layers) =>
      await explainedVariance(await ridgeBridge(drawn({ ...CONFIG, layers }), pairs, 1), unseen, 1)
    ),
  );
  ok(one! > 0.3 && two! > one! + 0.02 && two! < 1, `${one} ${two}`);
});

Deno.test("a standardised bridge makes of states what a bridge makes of standardised states", async () => {
  const { states } = curved(10, 3, { mean: 7, deviation: 0.01 });
  const { states: standard } = curved(10, 3);
  const plain = drawn(CONFIG);
  const standardised = drawn({ ...CONFIG, standardised: true });
  const known = {
    ...standardised.weights,
    [STATES_MEAN]: new Float32Array(5).fill(7),
    [STATES_SCALE]: new Float32Array(5).fill(100),
  };
  const expected = await run(plain, standard, bridge);
  const got = await run({ config: standardised.config, weights: known }, states, bridge);
  expected.forEach((x, i) => ok(Math.abs(x - got[i]!) < 1e-3, `${i}: ${x} ${got[i]}`));
  // Before its moments are known it takes them as they are.
  const untouched = await run(standardised, standard, bridge);
  expected.forEach((x, i) => strictEqual(untouched[i], x));
});
