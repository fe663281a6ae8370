/**
 * Step: what a system's training came to, so that rows of a table can be compared for what they cost and what they saw:
 * updates, tokens, trained parameters, and how many examples each language has as real text or as words in English.
 * @module
 */
import type { Artifact, StepContext, StepDefinition, StepScore } from "../../lab/experiment/types.ts";
import { type Gives, readPairs } from "../source/source.ts";
import type { FitResult } from "./fit.ts";

/** A training, and what its sources gave. */
export interface StageFacts {
  readonly updates: number;
  readonly fit: Artifact<FitResult>;
  readonly sources: readonly { readonly gives: Gives; readonly pairs: Artifact }[];
}

interface Input {
  readonly stages: readonly StageFacts[];
}

/** Scores with these metrics are facts of a training: "training (updates)". */
const metricOf = (name: string) => `training (${name})`;

export const trainingFactsStep: StepDefinition<Input, null> = {
  id: "training_facts",
  version: 1,
  module: import.meta.url,
  runtime: [],
  run({ stages }: Input, context: StepContext) {
    context.scores([...totals(stages), ...languages(stages)]);
    return null;
  },
};

function totals(stages: readonly StageFacts[]): StepScore[] {
  const sum = (of: (stage: StageFacts) => number) => stages.reduce((total, stage) => total + of(stage), 0);
  // A module that learns in two stages is counted once.
  const modules = new Map(stages.flatMap(({ fit }) => Object.entries(fit.value.parameters)));
  const trained = [...modules.values()].reduce((total, count) => total + count, 0);
  return [
    fact("updates", "", sum(({ updates }) => updates), "optimiser steps of all stages"),
    fact(
      "LLM tokens",
      "",
      sum(({ fit }) => fit.value.tokens),
      "positions of the LLM in all updates, no padding",
    ),
    fact("trained parameters", "", trained, "of the modules that learn in any stage"),
  ];
}

/** Examples by language other than English, each counted once however many epochs see it. */
function languages(stages: readonly StageFacts[]): StepScore[] {
  const seen = stages.flatMap(({ sources }) =>
    sources.flatMap(({ gives, pairs }) =>
      gives === "english" ? [] : [...readPairs(pairs).map(({ lang }) => `${gives}\n${lang}`)]
    )
  ).filter((place) => !place.endsWith("\nen"));
  return [...Map.groupBy(seen, (place) => place)].sort(([a], [b]) => a < b ? -1 : 1).map(
    ([place, examples]) => {
      const [gives, lang] = place.split("\n") as [Exclude<Gives, "english">, string];
      return fact(`${gives} examples`, lang, examples.length, "drawn for its sources");
    },
  );
}

function fact(name: string, scope: string, value: number, estimator: string): StepScore {
  return { benchmark: "", scope, metric: metricOf(name), value, estimator };
}
