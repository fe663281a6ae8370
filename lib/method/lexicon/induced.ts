/**
 * How a lexicon is induced, as steps: word vectors of each language (from its own texts, unless there are only ready ones), a
 * mapping of the English ones into each other language's space, and from it the best translation of every English word.
 * @module
 */
import { UserError } from "../../errors.ts";
import type { Artifact, Environment, RunContext } from "../../lab/experiment/types.ts";
import type { Induction } from "../recipe/induction.ts";
import { conceptVectorsStep } from "./concept_vectors.ts";
import { induceLexiconStep } from "./induce.ts";
import { refineMappingStep, startMappingStep } from "./mapping.ts";
import type { Mapped } from "./translate.ts";
import { wordVectorsStep } from "./vectors.ts";
import { hasData, openWorld, worldInput } from "../source/worlds.ts";

/** English vectors mapped into each of the languages. */
export async function mappedLanguages(
  settings: Induction,
  languages: readonly string[],
  context: RunContext,
): Promise<Mapped[]> {
  const { seed, world } = context;
  const { normalize, refinement, seed_words } = settings;
  const { texts, ...vectors } = settings.vectors;
  const vectorsOf = (code: string, kind: VectorKind) =>
    kind === "concepts"
      ? context.step(conceptVectorsStep, { ...worldInput(context, ["word_vectors"]), code })
      : context.step(wordVectorsStep, {
        ...worldInput(context, ["bible"]),
        seed,
        code,
        texts,
        settings: vectors,
      });
  const start = settings.start === "adversarial" ? settings.adversarial : settings.start;
  const mapped: Mapped[] = [];
  for (const code of languages) {
    const kind = vectorKind(context, code);
    const lookUp = kind === "concepts" ? { dictionary: kind } as const : {};
    const both = { source: await vectorsOf("en", kind), target: await vectorsOf(code, kind), normalize };
    // Only a supervised start looks at a dictionary.
    const known = start === "supervised"
      ? {
        ...worldInput(context, [kind === "concepts" ? "word_vectors" : "muse"]),
        ...lookUp,
        ...(seed_words === null ? {} : { seed_words }),
      }
      : { world };
    const first = await context.step(startMappingStep, { ...both, ...known, seed, code, start });
    const mapping = refinement === null
      ? first
      : await context.step(refineMappingStep, { ...both, mapping: first, refinement });
    mapped.push({ ...both, ...lookUp, code, mapping });
  }
  return mapped;
}

/** What a language's vectors come from: its texts, or where the real data have none of it, vectors of concepts. */
export type VectorKind = "texts" | "concepts";

/** @throws {UserError} for a language that has neither */
export function vectorKind(where: Environment | RunContext, code: string): VectorKind {
  if (where.world !== "open" || hasData(where, `bible/${code}`)) return "texts";
  if (hasData(where, `word_vectors/${code}`)) return "concepts";
  throw new UserError(
    `Cannot induce a lexicon for "${code}": the data have neither a Bible nor concept vectors of it`,
  );
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
