/**
 * The mini world's languages as the report shows them. Here, with the command lines, since the report itself knows no
 * world.
 * @module
 */
import { languages } from "../world/mini/data.ts";
import { retrieval } from "../world/mini/retrieval.ts";
import { type LanguageSamples, samplesOf, statisticsOf } from "../world/mini/samples.ts";
import type { ChoiceItem, NliItem } from "../world/world.ts";
import type { LanguageSheet, SheetRow, SheetSection, WorldSheets } from "../report/sheets.ts";

/** Scripts of data/languages.csv that run from right to left. */
const RIGHT_TO_LEFT = new Set(["Arabic", "Hebrew"]);
/** Sentence pairs on a page. */
const PAIRS = 6;

/** All languages of the mini world; the same value each time. */
export function miniSheets(): WorldSheets {
  return { world: "mini", languages: languages().map(({ code }) => sheetOf(code)) };
}

function sheetOf(code: string): LanguageSheet {
  const samples = samplesOf(code);
  const { name, endonym, family, script, level } = samples.language;
  const { nouns, sentences, lexicon, words, characters, bytes } = statisticsOf(code);
  return {
    code,
    name,
    endonym,
    family,
    script,
    level,
    direction: RIGHT_TO_LEFT.has(script) ? "rtl" : "ltr",
    facts: [
      { name: "Sentence patterns", value: sentences },
      { name: "Nouns", value: nouns },
      { name: "Lexicon entries", value: lexicon },
      { name: "Different words in one question of each kind", value: words },
      { name: "Characters of a question, mean", value: characters },
      { name: "Bytes of a question, mean", value: bytes },
    ],
    sections: sectionsOf(code, samples),
    doubts: samples.doubts,
  };
}

function sectionsOf(code: string, samples: LanguageSamples): SheetSection[] {
  return [
    {
      id: "problems",
      title: "Word problems",
      note: "A question of each kind with its solution, as the models are asked and taught to answer.",
      rows: samples.problems.map(({ id, source, target }) => ({
        label: spaced(id),
        english: [source],
        own: [target],
      })),
    },
    {
      id: "nli",
      title: "Premise and hypothesis",
      note: "Does the second line follow from the first?",
      rows: samples.nli.map(({ english, own }) => ({
        label: english.gold,
        english: pairLines(english),
        own: pairLines(own),
      })),
    },
    {
      id: "choice",
      title: "Commonsense choice",
      note: "One option is right; the label is its letter.",
      rows: samples.choices.map(({ english, own }) => ({
        label: english.gold,
        english: choiceLines(english),
        own: choiceLines(own),
      })),
    },
    {
      id: "retrieval",
      title: "Sentence pairs",
      note: "For sentence retrieval: the encoder has to find the English line among others.",
      rows: retrieval(code, { items: PAIRS, split: "dev" }).map(({ source, target }, i) => ({
        label: String(i + 1),
        english: [source],
        own: [target],
      })),
    },
    {
      id: "sentences",
      title: "Every sentence pattern",
      note: "Each with several nouns, names and numbers, so that agreement can be judged.",
      rows: [...Map.groupBy(samples.sentences, ({ id }) => id)].map(([id, all]): SheetRow => ({
        label: spaced(id),
        english: all.map(({ source }) => source),
        own: all.map(({ target }) => target),
      })),
    },
    {
      id: "nouns",
      title: "Nouns in all their forms",
      note: "As the sentences use them: beside numbers, in other cases, as a plural.",
      rows: samples.nouns.map(({ english, forms }) => ({
        label: "",
        english: [english],
        own: [forms.join(", ")],
      })),
    },
    {
      id: "lexicon",
      title: "Lexicon",
      note: "What code-switching may put in place of an English word.",
      rows: samples.lexicon.map(({ english, own }) => ({
        label: "",
        english: [english],
        own: [own.join(", ")],
      })),
    },
    {
      id: "names",
      title: "Names",
      note: "The people of the problems.",
      rows: [{ label: "", english: [], own: [samples.names.join(", ")] }],
    },
  ];
}

function pairLines({ premise, hypothesis }: NliItem): string[] {
  return [premise, hypothesis];
}

function choiceLines({ question, choices }: ChoiceItem): string[] {
  return [question, choices.map((choice, i) => `${String.fromCharCode(65 + i)} ${choice}`).join("   ")];
}

function spaced(id: string): string {
  return id.replaceAll("_", " ");
}
