/**
 * Loaders of word problems: MGSM (Shi et al. 2023), MSVAMP (Chen et al. 2023) and GSM8K (Cobbe et al. 2021). Gold answers
 * are canonical decimals; native digits and thousands separators are read, anything else in an answer is refused.
 * @module
 */
import { number, object, optional, pipe, regex, string, union } from "valibot";
import { atLeast } from "../../checked.ts";
import { goldAnswer } from "./answer.ts";
import { type DataFolder, dataSet, readFrom } from "./catalog.ts";
import { checkLanguage, MGSM_LANGUAGES, MSVAMP_NAMES } from "./languages.ts";
import { checkCount, fail, jsonRecords, type Source, tabbedRows } from "./read.ts";
import type { LoadOptions, MathRow } from "./types.ts";

/** A field that must hold something. */
const filled = pipe(string(), regex(/\S/u, "It is blank"));

const MsvampRecord = object({
  m_query: filled,
  response: union([filled, number()]),
  query: optional(filled),
  equation: optional(filled),
});
const Gsm8kRecord = object({ question: filled, answer: filled });

/** Rows of GSM8K's splits. */
const GSM8K_ROWS = { train: 7473, test: 1319 } as const;

/** MGSM in one language: `question<TAB>answer` lines, 250 of them. */
export function loadMgsm(folder: DataFolder, language: string, options: LoadOptions = {}): MathRow[] {
  checkLanguage("MGSM", language, MGSM_LANGUAGES);
  return parseMgsm(readFrom(folder, dataSet("mgsm"), [`mgsm_${language}.tsv`]), language, options);
}

/** What {@link loadMgsm} does with the file's content. */
export function parseMgsm(source: Source, language: string, options: LoadOptions = {}): MathRow[] {
  const items = tabbedRows(source, 2).map(({ line, value: [question, answer] }): MathRow => ({
    id: `mgsm/${line}`,
    language,
    question: question.trim(),
    answer: goldAnswer(source, line, answer),
    answer_text: answer.trim(),
  }));
  checkCount(source, items.length, 250, options.partial);
  return items;
}

/** MSVAMP in one language: 1000 JSON records; the English file has no `query` beside `m_query`. */
export function loadMsvamp(folder: DataFolder, language: string, options: LoadOptions = {}): MathRow[] {
  checkLanguage("MSVAMP", language, Object.keys(MSVAMP_NAMES));
  return parseMsvamp(
    readFrom(folder, dataSet("msvamp"), [`test_${MSVAMP_NAMES[language]}.json`]),
    language,
    options,
  );
}

/** What {@link loadMsvamp} does with the file's content. */
export function parseMsvamp(source: Source, language: string, options: LoadOptions = {}): MathRow[] {
  const items = jsonRecords(source, MsvampRecord).map(({ line, value }): MathRow => ({
    id: `msvamp/${line}`,
    language,
    question: value.m_query.trim(),
    answer: goldAnswer(source, line, String(value.response)),
    answer_text: String(value.response),
    ...(value.query === undefined ? {} : { english: value.query.trim() }),
    ...(value.equation === undefined ? {} : { equation: value.equation }),
  }));
  checkCount(source, items.length, 1000, options.partial);
  return items;
}

/** Settings of {@link loadGsm8k}. */
export interface Gsm8kOptions extends LoadOptions {
  /** What to do with calculator marks (`<<16-3-4=9>>`) in solutions. Default "strip". */
  calculator?: "strip" | "keep";
}

/** GSM8K, English: solutions step by step, the answer after "####". */
export function loadGsm8k(
  folder: DataFolder,
  split: "train" | "test",
  options: Gsm8kOptions = {},
): MathRow[] {
  checkLanguage("GSM8K", split, ["train", "test"]);
  return parseGsm8k(readFrom(folder, dataSet("gsm8k"), [`${split}.jsonl`]), split, options);
}

/** What {@link loadGsm8k} does with the file's content. */
export function parseGsm8k(source: Source, split: "train" | "test", options: Gsm8kOptions = {}): MathRow[] {
  const items = jsonRecords(source, Gsm8kRecord).map(({ line, value }): MathRow => {
    const parts = value.answer.split("####");
    if (parts.length !== 2) fail(source, line, `has ${parts.length - 1} "####" in "answer", expected one`);
    const [solution, answer] = atLeast(parts, 2);
    return {
      id: `gsm8k-${split}/${line}`,
      language: "en",
      question: value.question.trim(),
      answer: goldAnswer(source, line, answer),
      answer_text: answer.trim(),
      solution: (options.calculator === "keep" ? solution : solution.replace(/<<[^<>]*>>/g, "")).trim(),
    };
  });
  checkCount(source, items.length, GSM8K_ROWS[split], options.partial);
  return items;
}
