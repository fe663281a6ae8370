/**
 * What the report says of a system beside its numbers: what its LLM reads, whole, whether it learns from translations, and
 * how often its numbers were tried.
 * @module
 */
import type { PromptTemplate, SystemFacts } from "../lab/experiment/facts.ts";
import type { FactsPlace } from "../lab/experiment/types.ts";
import { WRITTEN } from "./evaluate/benchmarks.ts";
import { nameOfReading, type PairForm, promptTemplate, targetTemplate } from "./reader/template.ts";
import type { Reading } from "./reader/reading.ts";
import { triesOf } from "./recipe/tries.ts";
import { questionForm, translationForm } from "./source/forms.ts";
import type { Source } from "./source/source.ts";
import type { Task } from "../world/world.ts";

/** A system as its declaration has it. */
export interface Described {
  readonly id: string;
  readonly task: Task;
  /** How it reads what it is asked. */
  readonly asks: Reading;
  /** What it has write its questions in English: how that one reads, a program, or nothing. */
  readonly translator: Reading | "program" | null;
  /** In order, those of its helpers first. */
  readonly stages: readonly {
    readonly name: string;
    readonly reading: Reading;
    readonly sources: readonly Pick<Source, "gives" | "forms">[];
  }[];
}

/** Its facts. */
export function systemFacts(
  { id, task, asks, translator, stages }: Described,
  place: FactsPlace,
  recipe: unknown,
): SystemFacts {
  const isTranslated = translator !== null;
  return {
    reads: `${isTranslated ? "its translation, as " : ""}${nameOfReading(asks)}`,
    prompts: [
      ...(translator === null || translator === "program" ? [] : [{
        when: "asked, for the translation",
        text: promptTemplate(translator, translationForm(questionForm(task))),
      }]),
      { when: "asked", text: askedTemplate(asks, task, isTranslated) },
      ...(place.benchmarks.includes(WRITTEN)
        ? [{ when: "asked, in English", text: promptTemplate(asks, translationForm(questionForm(task))) }]
        : []),
      ...stages.flatMap(stagePrompts),
    ],
    parallel: stages.filter(({ sources }) => sources.some(isParallel)).map(({ name }) => name),
    tries: triesOf({ ...place, system: id, task }, recipe),
  };
}

function askedTemplate(asks: Reading, task: Task, isTranslated: boolean): string {
  const question = questionForm(task);
  const source = isTranslated ? question.replaceAll("}", ", as its translator writes it}") : question;
  return promptTemplate(asks, { source, instruction: task });
}

function stagePrompts({ name, reading, sources }: Described["stages"][number]): PromptTemplate[] {
  const whole = (form: PairForm) => promptTemplate(reading, form) + targetTemplate(reading, form);
  return [...new Set(sources.flatMap(({ forms }) => forms.map(whole)))].map((text) => ({ when: name, text }));
}

/** Whether it has a text in another language beside the same in English. */
function isParallel({ gives, forms }: Pick<Source, "gives" | "forms">): boolean {
  return gives === "translated" && forms.some(({ instruction }) => instruction === "translate");
}
