/**
 * Step: the words of the dictionary's test half translated through a mapping, an answer each, with P@5 and P@10 as
 * scores. A word of the mini world that the vectors lack is answered with nothing, which is wrong.
 * @module
 */
import { atLeast } from "../../checked.ts";
import type { Answer, Artifact, Benchmark, StepDefinition, StepScore } from "../../lab/experiment/types.ts";
import type { Device } from "../../tensor/mod.ts";
import { hitPlaces, type Matching, sharedSpace, translate } from "../../text/muse/csls.ts";
import { mapRows } from "../../text/muse/procrustes.ts";
import type { Entry } from "./dictionary.ts";
import { interchangeableWords } from "../../world/mini/mod.ts";
import type { WorldInput } from "../source/worlds.ts";
import { dictionaryOf, type Languages, type LookUp, mappingOf, preparedOf } from "./mapping.ts";

/** A language with its mapping. */
export interface Mapped extends Languages, LookUp {
  readonly code: string;
  readonly mapping: Artifact;
}

interface Input extends WorldInput {
  readonly languages: readonly Mapped[];
  readonly benchmarks: readonly Pick<Benchmark, "id" | "languages">[];
  readonly retrieval: Matching;
}

/** The benchmark that leaves out words which nothing but chance could tell apart (`interchangeableWords`). */
export const DISTINCT = "lexicon_distinct";
/** The benchmark of languages whose vectors are fastText's of concepts. */
export const CONCEPTS = "lexicon_concepts";
const TRANSLATIONS = 10;

export const translateWordsStep: StepDefinition<Input, null> = {
  id: "translate_words",
  version: 1,
  module: import.meta.url,
  async run(inputs, context) {
    const { languages, benchmarks, retrieval } = inputs;
    const { device, threads } = context.runtime;
    const options = { device: device as Device, threads };
    const interchangeable = interchangeableWords();
    for (const { id, languages: asked } of benchmarks) {
      for (const language of languages.filter(({ code }) => asked.includes(code))) {
        const { code } = language;
        const { source, target } = preparedOf(language);
        const [ours, theirs] = atLeast(
          [source, target].map(({ words }) => new Map(words.map((word, i) => [word, i]))),
          2,
        );
        const { test } = dictionaryOf(inputs, code, language);
        const entries = inputs.data === undefined
          ? test.filter(({ word }) => id !== DISTINCT || !interchangeable.has(word))
          // Of real texts as MUSE: only words that both have, since no text of this size has all.
          : test.filter(({ word, translations }) =>
            ours.has(word) && translations.some((one) => theirs.has(one))
          );
        const known = entries.filter(({ word }) => ours.has(word));
        const mapped = mapRows(source.data, mappingOf(language.mapping), source.dim);
        const space = sharedSpace(mapped, target.data, source.dim);
        const ids = known.map(({ word }) => ours.get(word)!);
        const found = await translate(space, retrieval, TRANSLATIONS, ids, options);
        const right = known.map(({ translations }) =>
          new Set(translations.map((text) => theirs.get(text)).filter((at) => at !== undefined))
        );
        const places = hitPlaces(found, new Map(right.map((set, i) => [i, set])));
        const answers = entries.map((entry): Answer => {
          const at = known.indexOf(entry);
          const words = at < 0
            ? []
            : [...found.ids.subarray(at * TRANSLATIONS, (at + 1) * TRANSLATIONS)].map((i) =>
              target.words[i]!
            );
          return answerOf(id, code, entry, words, places[at] === 0);
        });
        context.answers(answers);
        context.scores([5, 10].map((k) => {
          const hits = places.filter((place) => place < k).length;
          return {
            benchmark: id,
            scope: code,
            metric: `P@${k}`,
            value: hits / entries.length,
            n: entries.length,
            k: hits,
            estimator: `${retrieval === "csls" ? "csls_knn_10" : "nn"}|any right translation|v1`,
          };
        }));
        if (inputs.data !== undefined) context.scores([coverage(id, code, entries.length, test.length)]);
      }
    }
    return null;
  },
};

function coverage(benchmark: string, scope: string, k: number, n: number): StepScore {
  const metric = "dictionary words that both texts have";
  return { benchmark, scope, metric, value: k / n, n, k, estimator: "test half|min_count|v1" };
}

function answerOf(
  benchmark: string,
  lang: string,
  { word, translations }: Entry,
  found: readonly string[],
  correct: boolean,
): Answer {
  return {
    benchmark,
    lang,
    item: word,
    prompt: word,
    output: found.join(", "),
    extracted: found[0] ?? null,
    gold: translations.join(" | "),
    correct,
  };
}
