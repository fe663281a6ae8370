/**
 * A training job of a system with a second attention, on ONNX Runtime. As `onnx/fit.ts` but for what the LLM reads beside its
 * tokens; `loss.csv` has the gates' root mean square too, since at 0 they keep the aligner from learning.
 * @module
 */
import { join } from "node:path";
import { readNdjson } from "../../ndjson.ts";
import { FUSION_FILE, saveFusion } from "../../model/fusion/file.ts";
import { GATES } from "../../model/fusion/layer.ts";
import { mean, sqrt, square } from "../../tensor/mod.ts";
import type { Example, FitContext, FitJob, LossEnds } from "../engine.ts";
import { trainableNames } from "../onnx/graph.ts";
import { saveModels } from "../onnx/models.ts";
import { train } from "../onnx/train.ts";
import { fusedGraph } from "./graph.ts";
import { openLayers } from "./layers.ts";
import { type FusedFolders, loadFused } from "./models.ts";

/** A training of a system with a second attention: of its bridge, aligner, gates or LLM. */
export interface FusedJob extends Pick<FitJob, "trains" | "training" | "examples" | "order"> {
  readonly model: FusedFolders;
}

/** Trains and writes `llm/`, `bridge.safetensors`, `fusion.safetensors` and `loss.csv`. */
export async function fit(job: FusedJob, context: FitContext): Promise<LossEnds> {
  const models = loadFused(job.model);
  const graph = fusedGraph(models);
  const examples = [...readNdjson<Example>(job.examples)];
  const encoder = await openLayers(job.model.states.encoder, context.runtime);
  try {
    const { parameters: all, weights, nll } = graph;
    const { parameters, loss } = await train({
      spec: {
        loss: mean(nll),
        metrics: { gates: sqrt(mean(square(all.gates[GATES]!))) },
        parameters: Object.assign({}, ...Object.values(all)),
        trainable: trainableNames(all, job.trains),
      },
      values: weights,
      training: job.training,
      isDetailed: true,
      async batch(step) {
        const batch = job.order[step]!.map((at) => examples[at]!);
        const states = await encoder.encode(batch.map(({ text }) => text!));
        return graph.examples(batch.map(({ ids, target }, i) => ({ states: states[i]!, ids, target })));
      },
    }, context);
    saveModels(context.dir, models, parameters);
    const learned = Object.entries(models.fusion.weights).map(([name, old]) =>
      [name, parameters[name] ?? old] as const
    );
    saveFusion(join(context.dir, FUSION_FILE), {
      config: models.fusion.config,
      weights: Object.fromEntries(learned),
    });
    return loss;
  } finally {
    await encoder.dispose();
  }
}
