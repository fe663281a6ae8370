/**
 * Step: what a choice of parts of speech covers (Table 18, Appendix D.3): the share of the words of the English word
 * problems that have them, and how often the tagger is right in sentences tagged by hand: on all tokens, and on words that have them.
 * @module
 */
import type { StepContext, StepDefinition, StepScore } from "../../lab/experiment/types.ts";
import type { Pos } from "../../text/pos.ts";
import { tag } from "../../text/pos.ts";
import { parseGold, posAccuracy } from "../../text/pos_accuracy.ts";
import { openWorld, type WorldInput } from "../source/worlds.ts";

interface Input extends WorldInput {
  readonly pos: readonly Pos[];
}

/** The score that counts words, one scope a part of speech. */
export const COUNTED = "words of the English problems";
/** The rows of the paper's Table 18 and the parts of speech that each takes together. */
export const TABLE_18: Readonly<Record<string, readonly Pos[]>> = {
  Noun: ["NOUN"],
  Verb: ["VERB"],
  Adposition: ["ADP"],
  Pronoun: ["PRON"],
  Adjective: ["ADJ"],
  Conjunction: ["CCONJ", "SCONJ"],
  Auxiliary: ["AUX"],
  Adverb: ["ADV"],
};

const HELD_OUT = new URL("../../../data/text/english_pos_heldout.txt", import.meta.url);

export const tagQuestionsStep: StepDefinition<Input, null> = {
  id: "tag_questions",
  version: 1,
  module: import.meta.url,
  runtime: [],
  run({ pos, ...world }: Input, context: StepContext) {
    const opened = openWorld(world);
    const names = new Set(opened.personNames("en"));
    const problems = opened.benchmark("mgsm", "en").flatMap((item) =>
      item.task === "math" ? [item.question] : []
    );
    const words = problems.flatMap((text) => tag(text, { names })).filter(({ text }) => /\p{L}/u.test(text));
    const { by_pos, tokens, correct } = posAccuracy(
      parseGold(Deno.readTextFileSync(HELD_OUT), HELD_OUT.pathname),
    );
    const rows = pos.map((one) => ({
      scope: one,
      k: words.filter((word) => word.pos === one).length,
      gold: by_pos[one]?.gold ?? 0,
      right: by_pos[one]?.correct ?? 0,
    }));
    context.scores([
      score("words tagged rightly", "accuracy|held-out sentences", { scope: "", k: correct, n: tokens }),
    ]);
    context.scores(rows.flatMap(({ scope, k, gold, right }) => [
      score(COUNTED, "wink and rules|mgsm en", { scope, k, n: words.length }),
      ...(gold === 0
        ? []
        : [score("words tagged rightly", "recall|held-out sentences", { scope, k: right, n: gold })]),
    ]));
    return null;
  },
};

function score(
  metric: string,
  estimator: string,
  { scope, k, n }: { readonly scope: string; readonly k: number; readonly n: number },
): StepScore {
  return { benchmark: "", scope, metric, value: k / n, n, k, estimator };
}
