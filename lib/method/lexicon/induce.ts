/**
 * Step: a lexicon for code-switching from mapped word vectors: every English word with its best translation (Section 3.2,
 * A.1). How many of the dictionary's test words it has right is said beside it, and changes nothing in it.
 * @module
 */
import type { StepDefinition, StepScore } from "../../lab/experiment/types.ts";
import type { Device } from "../../tensor/mod.ts";
import { type Matching, sharedSpace, translate } from "../../text/muse/csls.ts";
import { mapRows } from "../../text/muse/procrustes.ts";
import { dictionary } from "./dictionary.ts";
import { type Induced, writeInduced } from "./file.ts";
import { openWorld, type WorldInput } from "../source/worlds.ts";
import { mappingOf, preparedOf } from "./mapping.ts";
import type { Mapped } from "./translate.ts";

interface Input extends WorldInput {
  readonly languages: readonly Mapped[];
  readonly retrieval: Matching;
}

export const induceLexiconStep: StepDefinition<Input, { languages: number; pairs: number }> = {
  id: "induce_lexicon",
  version: 1,
  module: import.meta.url,
  async run(inputs, context) {
    const { device, threads } = context.runtime;
    const world = openWorld(inputs);
    const induced: Record<string, Induced[string]> = {};
    const scores: StepScore[] = [];
    for (const [i, language] of inputs.languages.entries()) {
      const { code } = language;
      const { source, target } = preparedOf(language);
      const mapped = mapRows(source.data, mappingOf(language.mapping), source.dim);
      const space = sharedSpace(mapped, target.data, source.dim);
      const options = { device: device as Device, threads };
      const { ids } = await translate(space, inputs.retrieval, 1, undefined, options);
      induced[code] = source.words.map((word, at) => [word, target.words[ids[at]!]!] as const);
      const found = new Map(induced[code]);
      const { test } = dictionary(world, code);
      const k = test.filter(({ word, translations }) => translations.includes(found.get(word) ?? "")).length;
      scores.push({
        benchmark: "",
        scope: code,
        metric: "induced lexicon: test words translated rightly",
        value: k / test.length,
        n: test.length,
        k,
        estimator: "P@1|any right translation|v1",
      });
      context.progress(i + 1, inputs.languages.length, code);
    }
    context.scores(scores);
    writeInduced(context.dir, induced);
    return { languages: inputs.languages.length, pairs: Object.values(induced).flat().length };
  },
};
