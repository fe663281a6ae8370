/**
 * Loaders of the instruction data of the paper's Table 5: in English MetaMathQA (Yu et al., 2024, arXiv:2309.12284) and
 * OpenMathInstruct-2 (Toshniwal et al., 2024, arXiv:2410.01560), in ten languages MGSM8KInstruct (Chen et al., 2023,
 * arXiv:2310.20246). Solutions are as published; an answer need not be a number (MATH asks for formulas).
 * @module
 */
import { object, optional, pipe, regex, string } from "valibot";
import { atLeast } from "../../checked.ts";
import {
  type DataFolder,
  dataSet,
  METAMATHQA_PLACES,
  OPENMATHINSTRUCT2_PLACES,
  readFrom,
} from "./catalog.ts";
import { checkCount, fail, jsonRecords, quoted, type Source } from "./read.ts";
import type { LoadOptions } from "./types.ts";

/** A problem with its solution. */
export interface SolvedRow {
  /** "metamathqa/17": set and 1-based position. */
  readonly id: string;
  /** How it came about, as its set names that ("GSM_Rephrased"). */
  readonly kind: string;
  readonly question: string;
  readonly solution: string;
  /** As published. */
  readonly answer: string;
}

const filled = pipe(string(), regex(/\S/u, "It is blank"));

const MetaMathRecord = object({ query: filled, response: filled, type: optional(filled) });
const OpenMathRecord = object({
  problem: filled,
  generated_solution: filled,
  expected_answer: string(),
  problem_source: optional(filled),
});

/** Rows as published; of OpenMathInstruct-2 the part of a million that the paper takes. */
const PUBLISHED = { metamathqa: 395_000, openmathinstruct2: 1_000_000, mgsm8kinstruct: 73_599 } as const;

/** MetaMathQA: an array of records, or one a line. */
export function loadMetaMathQa(folder: DataFolder, options: LoadOptions = {}): SolvedRow[] {
  return parseMetaMathQa(readFrom(folder, dataSet("metamathqa"), METAMATHQA_PLACES), options);
}

/** What {@link loadMetaMathQa} does with the file's content. */
export function parseMetaMathQa(source: Source, options: LoadOptions = {}): SolvedRow[] {
  const rows = jsonRecords(source, MetaMathRecord).map(({ line, value }): SolvedRow => ({
    id: `metamathqa/${line}`,
    kind: value.type ?? "metamathqa",
    question: value.query.trim(),
    solution: value.response.trim(),
    answer: value.response.split("The answer is:").at(-1)!.trim(),
  }));
  checkCount(source, rows.length, PUBLISHED.metamathqa, options.partial);
  return rows;
}

/** OpenMathInstruct-2's million: a record a line. */
export function loadOpenMathInstruct2(folder: DataFolder, options: LoadOptions = {}): SolvedRow[] {
  return parseOpenMathInstruct2(
    readFrom(folder, dataSet("openmathinstruct2"), OPENMATHINSTRUCT2_PLACES),
    options,
  );
}

/** What {@link loadOpenMathInstruct2} does with the file's content. */
export function parseOpenMathInstruct2(source: Source, options: LoadOptions = {}): SolvedRow[] {
  const rows = jsonRecords(source, OpenMathRecord).map(({ line, value }): SolvedRow => ({
    id: `openmathinstruct2/${line}`,
    kind: value.problem_source ?? "openmathinstruct2",
    question: value.problem.trim(),
    solution: value.generated_solution.trim(),
    answer: value.expected_answer.trim(),
  }));
  checkCount(source, rows.length, PUBLISHED.openmathinstruct2, options.partial);
  return rows;
}

const InstructRecord = object({ prompt: filled, chosen: filled });

/** MGSM8KInstruct's languages by their names in its prompts, which it names twice: English first, as the paper has them. */
const MGSM8KINSTRUCT_NAMES: Readonly<Record<string, string>> = {
  English: "en",
  Bengali: "bn",
  German: "de",
  Spanish: "es",
  French: "fr",
  Japanese: "ja",
  Russian: "ru",
  Swahili: "sw",
  Thai: "th",
  Chinese: "zh",
};

/** MGSM8KInstruct by language: a record a line. Rows of two languages with the same number are not the same problem. */
export function loadMgsm8kInstruct(
  folder: DataFolder,
  options: LoadOptions = {},
): ReadonlyMap<string, readonly SolvedRow[]> {
  const set = dataSet("mgsm8kinstruct");
  return parseMgsm8kInstruct(readFrom(folder, set, ["MGSM8KInstruct_Parallel.json"]), options);
}

/** What {@link loadMgsm8kInstruct} does with the file's content: the question stands in the prompt's "Instruction". */
export function parseMgsm8kInstruct(
  source: Source,
  options: LoadOptions = {},
): ReadonlyMap<string, readonly SolvedRow[]> {
  const rows = jsonRecords(source, InstructRecord).map(({ line, value: { prompt, chosen } }) => {
    const [frame, ...parts] = atLeast(prompt.split("Instruction:\n"), 1);
    const name = /\bin (\p{Lu}\p{L}+)/u.exec(frame)?.[1] ?? "";
    const language = MGSM8KINSTRUCT_NAMES[name];
    const [question] = atLeast((parts.at(-1) ?? "").trim().split("\n\n"), 1);
    if (language === undefined) {
      fail(source, line, `names no language of the set in its prompt, but ${quoted(name)}`);
    }
    if (question === "") fail(source, line, 'has no question after "Instruction:" in its prompt');
    const row: SolvedRow = {
      id: `mgsm8kinstruct/${line}`,
      kind: "mgsm8kinstruct",
      question,
      solution: chosen.trim(),
      answer: chosen.split("####").at(-1)!.trim(),
    };
    return { language, row };
  });
  checkCount(source, rows.length, PUBLISHED.mgsm8kinstruct, options.partial);
  const byLanguage = Map.groupBy(rows, ({ language }) => language);
  return new Map([...byLanguage].map(([language, of]) => [language, of.map(({ row }) => row)]));
}
