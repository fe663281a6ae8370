/**
 * How a lexicon is induced, as steps: word vectors of each language from its own texts, a mapping of the English ones into
 * each other language's space, and from it the best translation of every English word.
 * @module
 */
import type { Artifact, RunContext } from "../lab/types.ts";
import type { Induction } from "./induction_recipe.ts";
import { induceLexiconStep } from "./steps/induce_lexicon.ts";
import { refineMappingStep, startMappingStep } from "./steps/map_words.ts";
import type { Mapped } from "./steps/translate_words.ts";
import { wordVectorsStep } from "./steps/word_vectors.ts";
import { openWorld, worldInput } from "./worlds.ts";

/** English vectors mapped into each of the languages. */
export async function mappedLanguages(
  settings: Induction,
  languages: readonly string[],
  context: RunContext,
): Promise<Mapped[]> {
  const { seed } = context;
  const { normalize, refinement, seed_words } = settings;
  const { texts, ...vectors } = settings.vectors;
  const text = worldInput(context, ["bible"]);
  const vectorsOf = (code: string) =>
    context.step(wordVectorsStep, { ...text, seed, code, texts, settings: vectors });
  const start = settings.start === "adversarial" ? settings.adversarial : settings.start;
  // Only a supervised start looks at a dictionary.
  const known = start === "supervised"
    ? { ...worldInput(context, ["muse"]), ...(seed_words === null ? {} : { seed_words }) }
    : { world: context.world };
  const source = await vectorsOf("en");
  const mapped: Mapped[] = [];
  for (const code of languages) {
    const both = { source, target: await vectorsOf(code), normalize };
    const first = await context.step(startMappingStep, { ...both, ...known, seed, code, start });
    const mapping = refinement === null
      ? first
      : await context.step(refineMappingStep, { ...both, mapping: first, refinement });
    mapped.push({ ...both, code, mapping });
  }
  return mapped;
}

/** An induced lexicon of every language that code-switching writes: all of the world's that have text. */
export async function inducedLexicon(settings: Induction, context: RunContext): Promise<Artifact> {
  const world = openWorld(worldInput(context, ["bible"]));
  const codes = world.languages().map(({ code }) => code).filter((code) => code !== "en");
  return context.step(induceLexiconStep, {
    ...worldInput(context, ["bible", "muse"]),
    languages: await mappedLanguages(settings, codes, context),
    retrieval: settings.retrieval,
  });
}
