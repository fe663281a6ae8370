/**
 * The mini world: real languages, generated text. `mini` is a {@link World}; see README.md for the shapes and the rules
 * of its partition.
 * @module
 */
import { UserError } from "../../errors.ts";
import { type Lexicon, lexiconFrom } from "../../text/lexicon.ts";
import type { BenchmarkId, Draw, Item, Split, Task, TaskData, World } from "../world.ts";
import { choiceInstructions, choiceItems } from "./choice.ts";
import { languageOf, languages, personNames } from "./data.ts";
import { goldLexicon } from "./gold_lexicon.ts";
import { mathInstructions, mathItems } from "./math.ts";
import { nliInstructions, nliItems } from "./nli.ts";
import { retrieval } from "./retrieval.ts";
import { mixed, monolingual, parallel } from "./text.ts";

export { arithmetic } from "./arithmetic.ts";
export { equalShares, languageShares, TEXT_MIX, type TextDraw, type TextMix } from "./text.ts";
export { interchangeableWords } from "./interchangeable.ts";
export { languageOf };

function instructions<T extends Task>(
  task: T,
  code: string,
  { data = "world", ...draw }: Draw & { readonly split?: Split; readonly data?: TaskData },
): (Item & { task: T })[] {
  if (data !== "world") {
    throw new UserError(`Cannot learn from "${data}" in the mini world: it is real data; take --world open`);
  }
  const make = { math: mathInstructions, nli: nliInstructions, choice: choiceInstructions }[task];
  return make(code, draw) as (Item & { task: T })[];
}

function benchmark(
  id: BenchmarkId,
  code: string,
  options: { readonly items?: number; readonly split?: "dev" | "test" } = {},
): Item[] {
  if (id === "xnli") return nliItems(code, options);
  if (id === "xcsqa") return choiceItems(code, options);
  if (id === "multimwp" || id === "multimwp_balanced" || id === "own") {
    throw new UserError(`Cannot ask "${id}" of the mini world: it is real data; take --world open`);
  }
  return mathItems(id, code, options);
}

/** The world's own words: a mini encoder has no others to learn. */
function lexicon(code: string): Lexicon {
  const pairs = [...goldLexicon(code)].flatMap(([english, translations]) =>
    translations.map((translation) => [english, translation] as const)
  );
  return lexiconFrom(code, pairs, "world");
}

const others = () => languages().map(({ code }) => code).filter((code) => code !== "en");

/** The generated world: the paper's 48 languages, word problems, inference and choices. */
export const mini: World = {
  titles: {
    mgsm: "MGSM (two steps)",
    msvamp: "MSVAMP (held-out templates)",
    retrieval: "Sentence retrieval",
  },
  languages,
  personNames,
  instructions,
  benchmark,
  retrieval,
  instructionLanguages: () => ["en", ...others()],
  retrievalLanguages: others,
  monolingual,
  mixed,
  parallel,
  lexicon,
  dictionaries: others,
  goldLexicon,
};
