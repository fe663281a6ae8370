/**
 * Loaders of commonsense questions with five choices: CommonsenseQA (Talmor et al. 2019, English, random split) and
 * X-CSQA (Lin et al. 2021, its translations). Both are JSON records of the same shape.
 * @module
 */
import { array, length, object, optional, pipe, regex, string } from "valibot";
import { type DataFolder, dataSet, readFrom, xcsqaPlaces } from "./catalog.ts";
import { checkLanguage, XCSQA_LANGUAGES } from "./languages.ts";
import { checkCount, fail, jsonRecords, type Source, withOwnIds } from "./read.ts";
import type { ChoiceRow, LoadOptions } from "./types.ts";

const filled = pipe(string(), regex(/\S/u, "It is blank"));
const ChoiceRecord = object({
  id: filled,
  lang: optional(string()),
  question: object({
    stem: filled,
    choices: pipe(array(object({ label: filled, text: filled })), length(5)),
  }),
  answerKey: optional(string()),
});

const CSQA_FILES = {
  train: { file: "train_rand_split.jsonl", rows: 9741 },
  dev: { file: "dev_rand_split.jsonl", rows: 1221 },
  test: { file: "test_rand_split_no_answers.jsonl", rows: 1140 },
} as const;
const XCSQA_ROWS = { dev: 1000, test: 1074 } as const;

/** CommonsenseQA; the test split has no answers. */
export function loadCommonsenseQa(
  folder: DataFolder,
  split: "train" | "dev" | "test",
  options: LoadOptions = {},
): ChoiceRow[] {
  checkLanguage("CommonsenseQA", split, Object.keys(CSQA_FILES));
  const { file, rows } = CSQA_FILES[split];
  const source = readFrom(folder, dataSet("commonsenseqa"), [file]);
  const items = parseChoices(source, "en", { answered: split !== "test" });
  checkCount(source, items.length, rows, options.partial);
  return items;
}

/** X-CSQA in one language; the test split has no answers, so scores are reported on dev. */
export function loadXcsqa(
  folder: DataFolder,
  language: string,
  split: "dev" | "test" = "dev",
  options: LoadOptions = {},
): ChoiceRow[] {
  checkLanguage("X-CSQA", language, XCSQA_LANGUAGES);
  const source = readFrom(folder, dataSet("xcsqa"), xcsqaPlaces(language, split));
  const items = parseChoices(source, language, { answered: split !== "test" });
  checkCount(source, items.length, XCSQA_ROWS[split], options.partial);
  return items;
}

/**
 * Records of either set. `answered`: each must have its answer among its choices.
 * @throws {UserError} also when an id or a choice's label comes twice, or a record is in another language
 */
export function parseChoices(
  source: Source,
  language: string,
  { answered }: { answered: boolean },
): ChoiceRow[] {
  return withOwnIds(source, jsonRecords(source, ChoiceRecord)).map(({ line, value }): ChoiceRow => {
    if (value.lang !== undefined && value.lang !== language) {
      fail(source, line, `is in language "${value.lang}", expected "${language}"`);
    }
    const labels = value.question.choices.map(({ label }) => label);
    if (new Set(labels).size < labels.length) {
      fail(source, line, `has choices with equal labels: ${labels.join(" ")}`);
    }
    const answer = value.answerKey?.trim() ?? "";
    if (answer === "" ? answered : !labels.includes(answer)) {
      fail(source, line, `has the answer "${answer}", expected one of ${labels.join(", ")}`);
    }
    return {
      id: value.id,
      language,
      question: value.question.stem.trim(),
      choices: value.question.choices,
      ...(answer === "" ? {} : { answer }),
    };
  });
}
