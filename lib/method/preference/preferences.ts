/**
 * Step: pairs of sampled answers, one preferred to the other. An answer is rewarded by how likely a translator finds the
 * English answers to the same question after it; an answer that is right is preferred to every one with a lower reward
 * (She et al., 2024, arXiv:2401.06838; code NJUNLP/MAPO 2c4227a). English is not learned.
 * @module
 */
import type { Artifact, StepContext, StepDefinition, StepScore } from "../../lab/experiment/types.ts";
import { type Stream, stream } from "../../random.ts";
import type { Respondent } from "../evaluate/asking.ts";
import { withRespondent } from "../evaluate/respondent.ts";
import type { Trained } from "../models/models.ts";
import type { Instruction } from "../reader/prompts.ts";
import { type Limits, type Pair, writePairs } from "../source/source.ts";
import { readSamples, type Sampled } from "./sample_answers.ts";

interface Input extends Trained, Limits {
  readonly seed: number;
  readonly samples: Artifact;
  /** Of one question in one language at most, drawn from all. */
  readonly pairs_a_question: number;
  readonly instruction: Instruction;
}

/** Texts that are scored at a time. */
const BATCH = 64;

export const preferencesStep: StepDefinition<Input, { pairs: number }> = {
  id: "preferences",
  version: 1,
  module: import.meta.url,
  async run(inputs: Input, context: StepContext) {
    const { seed, samples, pairs_a_question, instruction, examples, max_chars } = inputs;
    const questions = [...Map.groupBy(readSamples(samples), ({ at }) => at).values()];
    const pairs: Pair[] = [];
    await withRespondent(inputs, "translate", { max_new_tokens: 1 }, context, async (respondent) => {
      for (const [done, asked] of questions.entries()) {
        context.progress(done, questions.length);
        const references = referencesOf(asked);
        for (const one of asked.filter(({ lang }) => lang !== "en")) {
          const rewarded = await rewards(one, references, respondent, context);
          const drawn = stream(seed, "preferences", one.lang, one.at);
          const all = preferencesOf(rewarded, drawn).slice(0, pairs_a_question);
          pairs.push(...all.map(({ chosen, rejected }): Pair => ({
            source: one.question,
            target: chosen,
            rejected,
            instruction,
            lang: one.lang,
          })));
        }
      }
    });
    const short = pairs.filter(({ source, target, rejected }) =>
      max_chars === null || source.length + Math.max(target.length, rejected!.length) <= max_chars
    );
    const kept = stream(seed, "preferences").shuffle(short).slice(0, examples);
    context.scores(facts(questions.flat(), short));
    return writePairs(context, kept);
  },
};

/** An answer and its reward. */
export interface Rewarded {
  readonly text: string;
  readonly correct: boolean;
  readonly reward: number;
}

/** Right answers, each with every answer of a lower reward, right or wrong, in random order. */
export function preferencesOf(
  answers: readonly Rewarded[],
  random: Pick<Stream, "shuffle">,
): { chosen: string; rejected: string }[] {
  return random.shuffle(
    answers.filter(({ correct }) => correct).flatMap((chosen) =>
      answers.filter(({ text, reward }) => reward < chosen.reward && text !== chosen.text)
        .map(({ text }) => ({ chosen: chosen.text, rejected: text }))
    ),
  );
}

/** The distinct English answers, right or wrong; one that repeats a line has lost its way. */
function referencesOf(asked: readonly Sampled[]): string[] {
  const english = asked.filter(({ lang }) => lang === "en").flatMap(({ answers }) => answers);
  return [...new Set(english.map(({ text }) => solutionOf(text)))].filter((text) => {
    const lines = text.split("\n");
    return text !== "" && new Set(lines).size === lines.length;
  });
}

/** An answer without the marks of GSM8K's calculator and what follows its "####", as MAPO's code compares it. */
export function solutionOf(text: string): string {
  return text.replace(/<<.*?>>/g, "").split("####")[0]!.trim();
}

/**
 * The mean over the references of 1 / (their negative log-likelihood a token, given the answer); distinct answers alone.
 * The release averages over a padded length, so that its rewards do not compare between questions; nothing here does.
 */
async function rewards(
  { answers }: Sampled,
  references: readonly string[],
  { system, reader, room }: Respondent,
  { signal }: StepContext,
): Promise<Rewarded[]> {
  if (references.length === 0 || !answers.some(({ correct }) => correct)) return [];
  const distinct = [...new Map(answers.map((answer) => [answer.text, answer])).values()];
  const examples = distinct.flatMap(({ text }) => {
    const { prompt } = reader.read(solutionOf(text), "translate", room);
    return references.map((reference) => ({ ...prompt, target: reader.target(reference) }));
  });
  const scores: number[] = [];
  for (let at = 0; at < examples.length; at += BATCH) {
    signal.throwIfAborted();
    scores.push(...await system.score(examples.slice(at, at + BATCH)));
  }
  return distinct.map(({ text, correct }, i) => {
    const own = references.map((_, r) => {
      const at = i * references.length + r;
      return examples[at]!.target.length / -scores[at]!;
    });
    return { text, correct, reward: own.reduce((sum, one) => sum + one, 0) / own.length };
  });
}

/** How many pairs there are, and how often the sampled answers are right, by language. */
function facts(samples: readonly Sampled[], pairs: readonly Pair[]): StepScore[] {
  return [...Map.groupBy(samples, ({ lang }) => lang)].flatMap(([scope, own]) => {
    const answers = own.flatMap(({ answers }) => answers);
    const k = answers.filter(({ correct }) => correct).length;
    const n = answers.length;
    return [
      {
        benchmark: "",
        scope,
        metric: "sampled answers that are right",
        value: k / n,
        n,
        k,
        estimator: "sampled",
      },
      {
        benchmark: "",
        scope,
        metric: "preference pairs",
        value: pairs.filter(({ lang }) => lang === scope).length,
        estimator: "of the sampled answers",
      },
    ];
  });
}
