/**
 * Trains the tiny LM for five steps on the device given as argument and prints what happened as JSON. A process of its
 * own, because the Vulkan driver is chosen by the environment when it starts, and a fault in a driver ends it.
 */
import { createTrainer } from "../../lib/tensor/mod.ts";
import { tinyBatch, tinyLm } from "./tiny_lm.ts";

/** What one device made of the training. */
export interface DeviceTraining {
  readonly losses: readonly number[];
  readonly gradNorms: readonly number[];
  /** Where the parameters are between steps ("cpu", "gpu-buffer"), each place once. */
  readonly places: readonly string[];
  /** Every parameter and moment at the end, by name. */
  readonly state: Readonly<Record<string, readonly number[]>>;
}

if (import.meta.main) {
  const device = Deno.args[0] as "cpu" | "webgpu";
  const { loss, parameters, values } = tinyLm();
  const optimizer = { weightDecay: 0.1, maxGradNorm: 1 };
  const trainer = createTrainer(
    { loss, parameters, trainable: new Set(Object.keys(parameters)), optimizer, device },
    values,
  );
  const [losses, gradNorms] = [[] as number[], [] as number[]];
  for (let step = 0; step < 5; step++) {
    const report = await trainer.update(tinyBatch(step), 1e-2);
    losses.push(report.loss);
    gradNorms.push(report.gradNorm);
  }
  const places = [...new Set(Object.values(trainer.parameters).map(({ location }) => location))];
  const { parameters: p, expAvg: m, expAvgSq: v } = await trainer.state();
  const state = Object.fromEntries(
    ([["p", p], ["m", m], ["v", v]] as const).flatMap(([part, tensors]) =>
      Object.entries(tensors).map(([name, data]) => [`${part}.${name}`, [...data]])
    ),
  );
  const result: DeviceTraining = { losses, gradNorms, places, state };
  await new Blob([JSON.stringify(result)]).stream().pipeTo(Deno.stdout.writable, { preventClose: true });
  await trainer.dispose();
}
