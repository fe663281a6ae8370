/**
 * The sources that a system's stages name. Each draws its pairs in a step of its own module, so that no other source's
 * code is part of what was drawn.
 * @module
 */
import { tagQuestionsStep } from "../evaluate/tag_questions.ts";
import { inducedLexicon } from "../lexicon/induced.ts";
import type { PairForm } from "../reader/template.ts";
import type { Recipe } from "../recipe/fields.ts";
import { codeSwitchedStep } from "./code_switched.ts";
import { crossedStep, type Crossing } from "./crossed.ts";
import { englishData, type EnglishSource } from "./english.ts";
import { type AnswerLanguage, instructionsStep } from "./instructions.ts";
import { parallelStep } from "./parallel.ts";
import { questionPairsStep } from "./question_pairs.ts";
import { itemForm, questionForm, translationForm } from "./forms.ts";
import type { Source } from "./source.ts";
import type { TaskLanguages } from "./task_languages.ts";
import { dictionaryData, instructionData, type TaskSource, worldInput } from "./worlds.ts";

/**
 * English sentences with words switched into the other languages, to be written out in English (Section 3.2). Where only
 * some parts of speech are switched, how well the tagger knows them is scored too.
 */
export function codeSwitched(
  { lexicon, ...code_switch }: Recipe["code_switch"],
  english: EnglishSource,
): Source {
  return {
    gives: "switched",
    forms: [translationForm("{English text with words of another language}")],
    async draw(limits, context) {
      const { seed } = context;
      if (code_switch.pos !== null) {
        await context.step(tagQuestionsStep, { ...worldInput(context, ["mgsm"]), pos: code_switch.pos });
      }
      const world = worldInput(context, [...englishData(english), ...dictionaryData(context)]);
      const input = { ...world, seed, ...limits, code_switch, english };
      if (lexicon === "gold") return context.step(codeSwitchedStep, input);
      const other = lexicon === "mispaired" ? lexicon : await inducedLexicon(lexicon, context);
      return context.step(codeSwitchedStep, { ...input, lexicon: other });
    },
  };
}

/**
 * Texts in other languages with their English (Figure 4's last point).
 * @param languages by code; without them all that the world has
 */
export function parallel(languages?: readonly string[]): Source {
  return {
    gives: "translated",
    forms: [translationForm("{text}")],
    draw: (limits, context) =>
      context.step(parallelStep, {
        ...worldInput(context, ["bible"]),
        seed: context.seed,
        ...limits,
        ...(languages === undefined ? {} : { languages }),
      }),
  };
}

/** How items of a task are given. */
interface InstructionOptions {
  /** In the question's language unless said. */
  readonly answers?: AnswerLanguage;
  /** Of the stage's examples, where it is not the stage's first source. */
  readonly share?: number;
}

/**
 * Items of a task with their answers.
 * @param languages which take turns
 */
export function instructions(
  { task, task_data, task_answers }: TaskSource & Pick<Recipe, "task_answers">,
  languages: TaskLanguages = ["en"],
  { answers = "own", share }: InstructionOptions = {},
): Source {
  return {
    ...(share === undefined ? {} : { share }),
    gives: languages.length === 1 && languages[0] === "en" ? "english" : "translated",
    forms: [itemForm(task, task_answers)],
    draw(limits, context) {
      const world = worldInput(context, instructionData({ task, task_data }));
      const input = {
        ...world,
        seed: context.seed,
        ...limits,
        task,
        task_data,
        task_answers,
        languages,
        answers,
      };
      return context.step(instructionsStep, input);
    },
  };
}

/** Questions of a task's items in other languages with the same in English. */
export function questionPairs({ task, task_data }: TaskSource, languages: TaskLanguages): Source {
  return {
    gives: "translated",
    forms: [translationForm(questionForm(task))],
    draw(limits, context) {
      const world = worldInput(context, instructionData({ task, task_data }));
      const input = { ...world, seed: context.seed, ...limits, task, task_data, languages };
      return context.step(questionPairsStep, input);
    },
  };
}

/** Items of a task across languages, as CrossIn mixes them in. */
export function crossed(
  { task, task_data, task_answers }: TaskSource & Pick<Recipe, "task_answers">,
  { kinds, languages, share }: {
    readonly kinds: readonly Crossing[];
    readonly languages: readonly string[];
    readonly share: number;
  },
): Source {
  return {
    share,
    gives: "translated",
    forms: crossedForms(task, task_answers, kinds),
    draw(limits, context) {
      const world = worldInput(context, instructionData({ task, task_data }));
      const data = { task, task_data, task_answers };
      return context.step(crossedStep, {
        ...world,
        seed: context.seed,
        ...limits,
        ...data,
        kinds,
        languages,
      });
    },
  };
}

function crossedForms(
  task: Recipe["task"],
  answers: Recipe["task_answers"],
  kinds: readonly Crossing[],
): PairForm[] {
  const item = itemForm(task, answers);
  return [
    ...(kinds.some((kind) => kind !== "translate")
      ? [{ ...item, source: `${item.source}\n[{language of the answer}]` }]
      : []),
    ...(kinds.includes("translate") ? [translationForm(item.source)] : []),
  ];
}
