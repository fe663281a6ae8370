/**
 * Steps: English word vectors mapped into another language's space, from nothing (adversarial, or by similarities) or
 * from half of the dictionary (supervised), and the mapping's refinement. Of several mappings the one with the best unsupervised
 * criterion counts, also where the start was supervised: MUSE then looks at the test words' accuracy, which is not ours
 * to look at.
 * @module
 */
import { join } from "node:path";
import { atLeast } from "../../checked.ts";
import type { Artifact, StepContext, StepDefinition } from "../../lab/experiment/types.ts";
import { stream } from "../../random.ts";
import { type Device, openSafetensors, writeSafetensors } from "../../tensor/mod.ts";
import { adversarialEpochs } from "../../text/muse/adversarial.ts";
import type { Adversarial } from "../../text/muse/adversarial_settings.ts";
import type { Pairs } from "../../text/muse/csls.ts";
import {
  best,
  type Candidate,
  identity,
  judged,
  type Mapping,
  procrustesOfPairs,
  type Refinement,
  refinements,
} from "../../text/muse/procrustes.ts";
import type { SearchOptions } from "../../text/muse/neighbours.ts";
import { identicalPairs } from "../../text/muse/identical_start.ts";
import { similarPairs } from "../../text/muse/similarity_start.ts";
import { type Normalization, prepare, type WordVectors } from "../../text/muse/word_vectors.ts";
import { conceptDictionary, type Dictionary, dictionary } from "./dictionary.ts";
import { declaredFolder, openWorld, type WorldInput } from "../source/worlds.ts";
import { vectorsOf } from "./vectors.ts";

/** Two languages' vectors, and how they are prepared. */
export interface Languages {
  readonly source: Artifact;
  readonly target: Artifact;
  readonly normalize: Normalization;
}

/** Where the words of a language are looked up; without it in the world's dictionary. */
export interface LookUp {
  readonly dictionary?: "concepts";
}

/** The dictionary of a language. */
export function dictionaryOf(world: WorldInput, code: string, { dictionary: named }: LookUp): Dictionary {
  return named === "concepts"
    ? conceptDictionary(declaredFolder(world.data ?? []), code)
    : dictionary(openWorld(world), code);
}

interface Start extends Languages, LookUp, WorldInput {
  readonly seed: number;
  readonly code: string;
  /** The settings of the game, or what to take pairs of words from. */
  readonly start: Adversarial | "similarity" | "identical" | "supervised";
  /** How many words of the dictionary's half a supervised start knows; without it all. */
  readonly seed_words?: number;
}

/** Criteria of all candidates in order, and which is kept. */
interface Kept {
  readonly criteria: readonly number[];
  readonly kept: number;
}

export const startMappingStep: StepDefinition<Start, Kept> = {
  id: "start_mapping",
  version: 1,
  module: import.meta.url,
  async run(inputs, context) {
    const { source, target } = preparedOf(inputs);
    const { device, threads } = context.runtime;
    const options = { device: device as Device, threads };
    if (typeof inputs.start !== "string") {
      const random = stream(inputs.seed, "adversarial", inputs.code);
      const progress = (step: number, steps: number) => context.progress(step, steps, inputs.code);
      return keep(
        await adversarialEpochs(source, target, inputs.start, random, { ...options, progress }),
        context,
      );
    }
    const pairs = await startPairs(source, target, inputs, options);
    const mapping = pairs.length === 0 ? identity(source.dim) : procrustesOfPairs(source, target, pairs);
    return keep([await judged(source, target, mapping, options)], context);
  },
};

/** The pairs of words that a start without a game begins from; without any the mapping stays the identity. */
function startPairs(
  source: WordVectors,
  target: WordVectors,
  inputs: Start,
  options: SearchOptions,
): Pairs | Promise<Pairs> {
  if (inputs.start === "similarity") return similarPairs(source, target, options);
  if (inputs.start === "identical") return identicalPairs(source, target);
  return knownPairs(inputs, source, target);
}

/** The pairs of the dictionary's first half, as far as both languages' vectors have them. */
function knownPairs(inputs: Start, source: WordVectors, target: WordVectors): Pairs {
  const { train } = dictionaryOf(inputs, inputs.code, inputs);
  const [ours, theirs] = atLeast(
    [source, target].map(({ words }) => new Map(words.map((word, id) => [word, id]))),
    2,
  );
  return train.slice(0, inputs.seed_words).flatMap(({ word, translations }) =>
    translations.map((translation) => [ours.get(word) ?? -1, theirs.get(translation) ?? -1] as const)
  ).filter(([s, t]) => s >= 0 && t >= 0);
}

interface Refine extends Languages {
  readonly mapping: Artifact;
  readonly refinement: Refinement;
}

export const refineMappingStep: StepDefinition<Refine, Kept> = {
  id: "refine_mapping",
  version: 1,
  module: import.meta.url,
  async run(inputs, context) {
    const { source, target } = preparedOf(inputs);
    const { device, threads } = context.runtime;
    const options = { device: device as Device, threads };
    return keep(
      await refinements(source, target, mappingOf(inputs.mapping), inputs.refinement, options),
      context,
    );
  },
};

function keep(candidates: readonly Candidate[], context: StepContext): Kept {
  const kept = best(candidates);
  const dim = Math.sqrt(kept.mapping.length);
  writeSafetensors(join(context.dir, "mapping.safetensors"), [
    { name: "mapping", dtype: "F32", shape: [dim, dim], data: kept.mapping },
  ]);
  return { criteria: candidates.map(({ criterion }) => criterion), kept: candidates.indexOf(kept) };
}

/** The mapping that either step wrote. */
export function mappingOf({ dir }: Artifact): Mapping {
  return openSafetensors(join(dir, "mapping.safetensors")).float32("mapping");
}

/** Both languages' vectors as they are mapped. */
export function preparedOf({ source, target, normalize }: Languages): {
  source: WordVectors;
  target: WordVectors;
} {
  return { source: prepare(vectorsOf(source), normalize), target: prepare(vectorsOf(target), normalize) };
}
