/**
 * Step: how often a system's answers to an item are the same in several languages (SeaEval's C_s and AC3_s). Apart from asking,
 * so that an edit of the statistic asks nothing again.
 * @module
 */
import type { Artifact, StepContext, StepDefinition, StepScore } from "../../lab/experiment/types.ts";
import { consistency } from "../../metric/consistency.ts";
import { type Given, readGiven } from "./given.ts";

interface Input {
  /** Of the step that asked. */
  readonly answers: Artifact;
  /** Under which the scores are kept. */
  readonly benchmarks: readonly string[];
}

export const agreementStep: StepDefinition<Input, null> = {
  id: "agreement",
  version: 1,
  module: import.meta.url,
  runtime: [],
  run({ answers, benchmarks }: Input, context: StepContext) {
    const given = readGiven(answers);
    for (const benchmark of benchmarks) context.scores(agreementScores(benchmark, given));
    return null;
  },
};

function agreementScores(benchmark: string, given: readonly Given[]): StepScore[] {
  const n = new Set(given.map(({ item }) => item)).size;
  return consistency(given).flatMap(({ size, consistency, ac3 }): StepScore[] => [
    {
      ...{ benchmark, scope: `${size} languages`, metric: "the same answer in s languages (C_s)", n },
      ...{ value: consistency, estimator: "mean over every set of s languages" },
    },
    {
      ...{ benchmark, scope: `${size} languages`, metric: "accuracy and agreement (AC3_s)", n },
      ...{ value: ac3, estimator: "harmonic mean of accuracy and C_s" },
    },
  ]);
}
