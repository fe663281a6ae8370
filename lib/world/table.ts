/**
 * The lab's languages, from `data/languages.csv`: the paper's 48 (footnotes 2-4) with name, family, script and resource
 * level. Where the paper groups otherwise than the facts (Tables 20, 21: Hausa under Arabic script), its grouping has a
 * column of its own. XNLI and X-CSQA also have el, tr and ur, which are not among the 48.
 * @module
 */
import { parse } from "csv-parse/sync";
import { having } from "../checked.ts";

/** The paper's; which languages they have is in the table. */
export const PAPER_BENCHMARKS = ["mmwp", "mgsm", "msvamp", "xnli", "xcsqa"] as const;
const COLUMNS = [
  "code",
  "name",
  "endonym",
  "family",
  "script",
  "level",
  "paper_family",
  "paper_script",
] as const;
/** Those, and what the paper does not have: MultiMWP as published and with other numbers, a user's own problems. */
export const ALL_BENCHMARKS = [...PAPER_BENCHMARKS, "multimwp", "multimwp_balanced", "own"] as const;
export type BenchmarkId = typeof ALL_BENCHMARKS[number];
export type Level = "low" | "medium" | "high";

/** A row of data/languages.csv. */
export interface LanguageRow {
  readonly code: string;
  readonly name: string;
  readonly endonym: string;
  readonly family: string;
  readonly script: string;
  /** Share of the LLM's pre-training text in the paper: low < 0.005 %, medium < 0.1 %, high above. */
  readonly level: Level;
  /** The paper's own grouping in Tables 20 and 21; "" for languages that are not in them. */
  readonly paperFamily: string;
  readonly paperScript: string;
  readonly benchmarks: ReadonlySet<BenchmarkId>;
}

/** All rows, in the file's order: low, medium, high. */
export function languageTable(): readonly LanguageRow[] {
  const text = Deno.readTextFileSync(new URL("../../data/languages.csv", import.meta.url));
  const rows: Record<string, string>[] = parse(text, { columns: true });
  return rows.map((row) => {
    const { code, name, endonym, family, script, level, paper_family, paper_script } = having(
      row,
      ...COLUMNS,
    );
    return {
      code,
      name,
      endonym,
      family,
      script,
      level: level as Level,
      paperFamily: paper_family,
      paperScript: paper_script,
      benchmarks: new Set(PAPER_BENCHMARKS.filter((name) => row[name] === "1")),
    };
  });
}
