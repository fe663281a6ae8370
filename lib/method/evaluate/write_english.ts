/**
 * Step: problems of every language written out in English by what a system has learned, its task not asked. After stage 1
 * alone it shows what the bridge carries: which words, which names, which numbers.
 * @module
 */
import type { Trained } from "../models/models.ts";
import type { StepContext, StepDefinition } from "../../lab/experiment/types.ts";
import { corpusChrf } from "../../metric/chrf.ts";
import { numbersIn } from "../../metric/number.ts";
import type { AskedSplit, BenchmarkId, Item, World } from "../../world/world.ts";
import { questionText } from "../source/items.ts";
import { openWorld, type WorldInput } from "../source/worlds.ts";
import { type Asking, askItems, type Outputs, WRITTEN_TOKENS } from "./asking.ts";
import { WRITTEN } from "./benchmarks.ts";
import { withRespondent } from "./respondent.ts";

/** Which problems. */
interface Written {
  readonly of: BenchmarkId;
  readonly languages: readonly string[];
  /** A language at most. */
  readonly items: number;
  readonly split: AskedSplit;
}

interface Input extends Trained, WorldInput, Written {
  /** Questions at a time. */
  readonly batch_size: Asking["batch_size"];
}

/** Problems a language that a run writes out. */
export const WRITTEN_ITEMS = 40;

export const writeEnglishStep: StepDefinition<Input, null> = {
  id: "write_english",
  version: 1,
  module: import.meta.url,
  async run({ batch_size, ...inputs }: Input, context: StepContext) {
    const evaluation = { batch_size, max_new_tokens: WRITTEN_TOKENS };
    await withRespondent(inputs, "translate", evaluation, context, (respondent) => {
      const asked = (items: readonly Item[]) => askItems(items, "translate", respondent, evaluation, context);
      return writeEnglish(openWorld(inputs), inputs, { askItems: asked }, context);
    });
    return null;
  },
};

/** What writes. */
export interface Answering {
  askItems(items: readonly Item[]): Promise<Pick<Outputs, "outputs" | "read">>;
}

/** Has every language's problems written out and hands the texts to the step. */
export async function writeEnglish(
  world: World,
  { of, languages, items, split }: Written,
  answering: Answering,
  context: Pick<StepContext, "progress" | "answers" | "scores">,
): Promise<void> {
  const problems = (lang: string) => world.benchmark(of, lang, { items, split });
  const english = new Map(problems("en").map((item) => [item.id, questionText(item)]));
  for (const [done, lang] of languages.entries()) {
    context.progress(done, languages.length, lang);
    const asked = problems(lang).filter(({ id }) => english.has(id));
    const { outputs, read } = await answering.askItems(asked);
    const rows = asked.map((item) => ({
      item,
      gold: english.get(item.id)!,
      output: outputs.get(item.id)!.trim(),
    }));
    context.answers(rows.map(({ item, gold, output }) => {
      const [extracted, wanted] = [numbers(output), numbers(gold)];
      return {
        ...{ benchmark: WRITTEN, lang, item: item.id, prompt: questionText(item) + read, output, gold },
        ...{ extracted: extracted === "" ? null : extracted, correct: extracted === wanted },
      };
    }));
    const { score, signature } = corpusChrf(rows.map(({ output }) => output), [
      rows.map(({ gold }) => gold),
    ]);
    context.scores([{
      ...{ benchmark: WRITTEN, scope: lang, metric: "chrF", value: score / 100 },
      ...{ n: rows.length, estimator: `chrF|${signature}` },
    }]);
  }
  context.progress(languages.length, languages.length);
}

/** The numbers of a text in an order that does not depend on the language. */
function numbers(text: string): string {
  return numbersIn(text).map((number) => number ?? "?").sort().join(" ");
}
