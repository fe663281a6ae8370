/**
 * Loader of MAWPS (Koncel-Kedziorski et al. 2016, NAACL, 1152-1157): English word problems of several older sets, each a
 * JSON file of records with `iIndex`, `sQuestion`, `lEquations`, `lSolutions` (numbers, or in AddSub numbers as strings).
 * What they are for here: the paper's MMWP was drawn from them (`mmwp_selection.ts`). No world trains on them.
 * @module
 */
import { array, integer, minLength, number, object, pipe, regex, string, union } from "valibot";
import { UserError } from "../../errors.ts";
import { dataSet, readFrom } from "./catalog.ts";
import { checkLanguage, MAWPS_FILES } from "./languages.ts";
import { checkCount, jsonRecords, quoted, type Source } from "./read.ts";
import type { LoadOptions } from "./types.ts";

/** A problem as published. */
export interface MawpsProblem {
  /** "MultiArith-0": part and `iIndex`. */
  readonly id: string;
  /** Some parts are cut into tokens ("seashells ?"); white space is one space here, nothing else is changed. */
  readonly question: string;
  /** "X=((32.0+42.0)-35.0)", "2+(5*x)=27". */
  readonly equations: readonly string[];
  /** "39", "0.6666666666666666"; more than one where a system of equations has more unknowns. */
  readonly solutions: readonly string[];
}

const filled = pipe(string(), regex(/\S/u, "It is blank"));
const MawpsRecord = object({
  iIndex: pipe(number(), integer()),
  sQuestion: filled,
  lEquations: pipe(array(filled), minLength(1)),
  lSolutions: pipe(array(union([number(), filled])), minLength(1)),
});

/** Problems of the parts whose number is known from the published files. */
const PROBLEMS: Readonly<Record<string, number>> = { AddSub: 395, MultiArith: 600, SingleEq: 508 };

/** One part of MAWPS, from `mawps/MultiArith.json` and so on below the data folder. */
export function loadMawps(folder: string, part: string, options: LoadOptions = {}): MawpsProblem[] {
  checkLanguage("MAWPS", part, Object.keys(MAWPS_FILES));
  const source = readFrom(folder, dataSet("mawps"), MAWPS_FILES[part]!);
  return parseMawps(source, part, options);
}

/** What {@link loadMawps} does with the file's content. @throws {UserError} also when an `iIndex` comes twice */
export function parseMawps(source: Source, part: string, options: LoadOptions = {}): MawpsProblem[] {
  const seen = new Map<number, number>();
  const problems = jsonRecords(source, MawpsRecord).map(({ line, value }): MawpsProblem => {
    const stop = (problem: string): never => {
      throw new UserError(`Cannot read "${source.path}": record ${line} (iIndex ${value.iIndex}) ${problem}`);
    };
    const before = seen.get(value.iIndex);
    if (before !== undefined) stop(`has the iIndex of record ${before}`);
    seen.set(value.iIndex, line);
    const solutions = value.lSolutions.map((solution) => {
      const text = String(solution).trim();
      // as JavaScript writes numbers and Python those that it saved as strings; "1e-7" is not in the published files
      return /^-?\d+(\.\d+)?$/.test(text) ? text : stop(`has ${quoted(text)} where a solution should be`);
    });
    return {
      id: `${part}-${value.iIndex}`,
      question: value.sQuestion.replace(/\s+/gu, " ").trim(),
      equations: value.lEquations.map((equation) => equation.trim()),
      solutions,
    };
  });
  checkCount(source, problems.length, PROBLEMS[part], options.partial);
  return problems;
}
