/** Training against AdamW by hand, and its bytes. */
import { deepStrictEqual, ok, rejects, strictEqual, throws } from "node:assert/strict";
import { UserError } from "../../lib/errors.ts";
import * as t from "../../lib/tensor/mod.ts";
import { tinyBatch, tinyLm } from "./tiny_lm.ts";

const OPTIMIZER: t.AdamWSettings = {
  weightDecay: 0.1,
  maxGradNorm: 0.5,
  noDecay: (name) => name.includes("norm"),
};

function tinyTrainer(options: Partial<t.TrainerSpec> = {}, state?: t.TrainingState): t.Trainer {
  const { loss, parameters, values, count } = tinyLm();
  const spec = {
    loss,
    parameters,
    trainable: new Set(Object.keys(parameters)),
    optimizer: OPTIMIZER,
    weight: count,
  };
  return t.createTrainer({ ...spec, threads: 2, ...options }, values, state);
}

async function trained(steps: number, trainer = tinyTrainer()): Promise<t.TrainingState> {
  try {
    while (trainer.step < steps) await trainer.update(tinyBatch(trainer.step), 1e-2);
    return await trainer.state();
  } finally {
    await trainer.dispose();
  }
}

Deno.test("createTrainer() follows AdamW of the paper with clipping, computed in float64", async () => {
  const [w, b, x] = [t.input("w", [3]), t.input("b", [3]), t.input("x", ["N", 3])];
  const loss = t.mean(t.square(t.sub(t.add(t.mul(x, w), b), 1)));
  const values = { w: new Float32Array([1, -2, 3]), b: new Float32Array([0.5, 0, -0.5]) };
  const optimizer = {
    beta1: 0.8,
    beta2: 0.95,
    epsilon: 1e-3,
    weightDecay: 0.2,
    maxGradNorm: 1.5,
    noDecay: (n: string) => n === "b",
  };
  const trainer = t.createTrainer(
    { loss, parameters: { w, b }, trainable: new Set(["w", "b"]), optimizer },
    values,
  );
  const p = [1, -2, 3, 0.5, 0, -0.5];
  const [m, v] = [p.map(() => 0), p.map(() => 0)];
  for (let step = 1; step <= 6; step++) {
    const rows = [[1, 2, 3], [step, -1, 0.5]];
    const lr = 0.1 / step;
    const report = await trainer.update({ x: t.float32(rows.flat(), [2, 3]) }, lr);
    const g = p.map(() => 0);
    let expectedLoss = 0;
    for (const row of rows) {
      for (let j = 0; j < 3; j++) {
        const error = row[j]! * p[j]! + p[3 + j]! - 1;
        expectedLoss += error ** 2 / 6;
        g[j]! += error * row[j]! / 3;
        g[3 + j]! += error / 3;
      }
    }
    const norm = Math.hypot(...g);
    ok(Math.abs(report.loss - expectedLoss) < 1e-4 * expectedLoss, `${report.loss} ${expectedLoss}`);
    ok(Math.abs(report.gradNorm - norm) < 1e-4 * norm, `${report.gradNorm} ${norm}`);
    for (let i = 0; i < 6; i++) {
      const clipped = g[i]! * Math.min(1, 1.5 / (norm + 1e-6));
      m[i] = 0.8 * m[i]! + 0.2 * clipped;
      v[i] = 0.95 * v[i]! + 0.05 * clipped ** 2;
      if (i < 3) p[i]! -= lr * 0.2 * p[i]!;
      p[i]! -= lr * (m[i]! / (1 - 0.8 ** step)) / (Math.sqrt(v[i]! / (1 - 0.95 ** step)) + 1e-3);
    }
  }
  const { parameters } = await trainer.state();
  [...parameters.w!, ...parameters.b!].forEach((value, i) =>
    ok(Math.abs(value - p[i]!) < 1e-4, `${value} ${p[i]}`)
  );
  deepStrictEqual(values.w, new Float32Array([1, -2, 3]));
  await trainer.dispose();
});

Deno.test("two trainings of 50 steps with the same seed give the same bytes", async () => {
  deepStrictEqual(await trained(50), await trained(50));
});

Deno.test("a training gives the same bytes on 1 and 2 threads", async () => {
  deepStrictEqual(
    await trained(5, tinyTrainer({ threads: 1 })),
    await trained(5, tinyTrainer({ threads: 2 })),
  );
});

Deno.test("a training stopped at any step and loaded from disk goes on to the same bytes", async () => {
  const whole = await trained(6);
  const folder = Deno.makeTempDirSync();
  try {
    for (const stop of [1, 4]) {
      const path = `${folder}/state.safetensors`;
      t.saveTrainingState(path, { ...await trained(stop), streams: { order: [1, -2, 3, 4] } });
      const state = t.loadTrainingState(path);
      deepStrictEqual(state.streams, { order: [1, -2, 3, 4] });
      deepStrictEqual(await trained(6, tinyTrainer({}, state)), whole);
    }
    t.writeSafetensors(`${folder}/other.safetensors`, []);
    throws(() => t.loadTrainingState(`${folder}/other.safetensors`), /its format is "none"/);
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
});

Deno.test("the loss of a small language model falls to the entropy of a batch learnt by heart", async () => {
  const trainer = tinyTrainer();
  const batch = tinyBatch(0);
  const first = await trainer.update(batch, 1e-2);
  ok(first.loss > 2.5, `${first.loss}`);
  for (let step = 0; step < 80; step++) await trainer.update(batch, 1e-2);
  const report = await trainer.evaluate(batch);
  ok(report.loss < 0.5, `${report.loss}`);
  await trainer.dispose();
});

Deno.test("update() on several batches equals one batch of all their rows, however many targets each has", async () => {
  const whole = tinyBatch(0, 6);
  const part = (from: number, to: number) => {
    const cut = (name: string) => t.int32(t.int32Data(whole[name]!).slice(from * 8, to * 8), [to - from, 8]);
    return { ids: cut("ids"), targets: cut("targets") };
  };
  const [once, pieces] = [tinyTrainer(), tinyTrainer()];
  for (let step = 0; step < 3; step++) {
    const a = await once.update(whole, 1e-2);
    const b = await pieces.update([part(0, 1), part(1, 4), part(4, 6)], 1e-2);
    const tolerance = step === 0 ? 1e-6 : 1e-4;
    ok(Math.abs(a.loss - b.loss) < tolerance, `${step}: ${a.loss} ${b.loss}`);
    ok(Math.abs(a.gradNorm - b.gradNorm) < tolerance, `${step}: ${a.gradNorm} ${b.gradNorm}`);
  }
  const [a, b] = [await once.state(), await pieces.state()];
  for (const [name, data] of Object.entries(a.parameters)) {
    // Adam divides by the root of tiny second moments, which enlarges rounding; a wrong weight moves every element by lr.
    const worst = Math.max(...data.map((x, i) => Math.abs(x - b.parameters[name]![i]!)));
    ok(worst < 2e-3, `${name} ${worst}`);
  }
  await once.dispose();
  await pieces.dispose();
});

Deno.test("frozen parameters keep their bytes and have no moments", async () => {
  const { values } = tinyLm();
  const trainer = tinyTrainer({ trainable: new Set(["1.q", "norm"]) });
  for (let step = 0; step < 3; step++) await trainer.update(tinyBatch(step), 1e-2);
  const state = await trainer.state();
  deepStrictEqual(Object.keys(state.expAvg).sort(), ["1.q", "norm"]);
  for (const [name, value] of Object.entries(trainer.parameters)) {
    const same = t.float32Data(value).every((x, i) => x === values[name]![i]);
    strictEqual(same, name !== "1.q" && name !== "norm", name);
  }
  await trainer.dispose();
});

Deno.test("evaluate() weighs batches by their targets and reports metrics", async () => {
  const { loss, parameters, values, count } = tinyLm();
  const metrics = { double: t.mul(loss, 2) };
  const trainable = new Set(["norm"]);
  const trainer = t.createTrainer(
    { loss, parameters, trainable, weight: count, metrics, threads: 1 },
    values,
  );
  const [a, b] = [tinyBatch(0, 1, 3), tinyBatch(1, 5)];
  const [one, two, both] = [
    await trainer.evaluate(a),
    await trainer.evaluate(b),
    await trainer.evaluate([a, b]),
  ];
  ok(Math.abs(both.loss - (2 * one.loss + 35 * two.loss) / 37) < 1e-6);
  ok(Math.abs(both.metrics.double! - 2 * both.loss) < 1e-6);
  await trainer.dispose();
});

Deno.test("createTrainer() names the parameter that is unknown, unused, missing or of a wrong size", () => {
  const { loss, parameters, values } = tinyLm();
  const make = (
    trainable: string[],
    more: Record<string, t.Tensor> = {},
    given: Record<string, Float32Array> = values,
  ) =>
    t.createTrainer({ loss, parameters: { ...parameters, ...more }, trainable: new Set(trainable) }, given);
  const extra = { extra: t.input("extra", [2]) };
  const isUserError = (message: RegExp) => (error: unknown) =>
    error instanceof UserError && message.test(error.message);
  throws(() => make(["1.Q"]), isUserError(/"1\.Q", there is no such parameter: did you mean "1\.q"/));
  throws(() => make(["extra"], extra), isUserError(/"extra": the loss does not depend on it/));
  throws(() => make([]), isUserError(/no parameter is trainable/));
  throws(
    () => make(["norm"], {}, { ...values, norm: new Float32Array(3) }),
    isUserError(/"norm" has 3 values/),
  );
  throws(() => make(["norm"], {}, {}), isUserError(/parameter "embed" is missing/));
  throws(
    () => make(["norm"], { other: extra.extra }),
    /parameter "other" must be a float32 input of that name/,
  );
});

Deno.test("update() refuses no batches and a wrong feed", async () => {
  const trainer = tinyTrainer();
  await rejects(trainer.update([], 1), /no batches/);
  await rejects(trainer.update({ ...tinyBatch(0), x: t.float32([1], []) }, 1), /no input "x"/);
  strictEqual(trainer.step, 0);
  await trainer.dispose();
});
