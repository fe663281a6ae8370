/**
 * `deno task world`: checks the language files and shows what they say.
 *
 *     deno task world check ja     problems of one file, then samples of everything in it
 *     deno task world check        problems of every file, and which languages have none
 *     deno task world samples ja   the samples alone; --json for a program
 *     deno task world statistics   how much every language has
 *     deno task world doubts       data/world/DOUBTS.md
 *     deno task world words        the English words that a lexicon must translate
 * @module
 */
import { UserError } from "../../errors.ts";
import { languageTable } from "../table.ts";
import { checkLanguage, lexiconWords } from "./check.ts";
import { doubtsMarkdown } from "./doubts.ts";
import { type Language, LANGUAGE_FOLDER, readLanguage } from "./language.ts";
import { samplesOf, statisticsOf } from "./samples.ts";

function print(line: string): void {
  const bytes = new TextEncoder().encode(line + "\n");
  for (let at = 0; at < bytes.length;) at += Deno.stdout.writeSync(bytes.subarray(at));
}

function scriptOf(code: string): string {
  const row = languageTable().find((one) => one.code === code);
  if (row === undefined) throw new UserError(`Cannot check "${code}": it is not in data/languages.csv`);
  return row.script;
}

function printSamples(code: string): void {
  const { sentences, problems, nli, choices, nouns, names, doubts } = samplesOf(code);
  print(`\n# Sentences of ${code}`);
  const byId = Map.groupBy(sentences, ({ id }) => id);
  for (const [id, all] of byId) print(`${id.padEnd(14)} ${all.map(({ target }) => target).join("   ")}`);
  print("\n# Nouns: all forms");
  for (const { english, forms } of nouns) print(`${english.padEnd(14)} ${forms.join(", ")}`);
  print(`\n# Names\n${names.join(", ")}`);
  print("\n# Problems");
  for (const { id, source, target } of problems) {
    print(`${id.padEnd(14)} ${source}\n${"".padEnd(14)} ${target}`);
  }
  print("\n# Premise, hypothesis");
  for (const { own } of nli) print(`${own.gold.padEnd(14)} ${own.premise} / ${own.hypothesis}`);
  print("\n# Choices");
  for (const { own } of choices) print(`${own.gold.padEnd(14)} ${own.question} ${own.choices.join(", ")}`);
  if (doubts.length > 0) print(`\n# Doubts\n${doubts.join("\n")}`);
}

function problemsOf(code: string, english: Language): string[] {
  try {
    return checkLanguage(readLanguage(code), english, scriptOf(code));
  } catch (error) {
    if (error instanceof UserError) return [error.message];
    throw error;
  }
}

function check(codes: readonly string[], files: readonly string[]): number {
  const english = readLanguage("en");
  let failed = 0;
  for (const code of codes.length > 0 ? codes : files) {
    const problems = problemsOf(code, english);
    failed += problems.length;
    print(`${code}: ${problems.length === 0 ? "ok" : `${problems.length} problems`}`);
    for (const problem of problems) print(`  ${problem}`);
    if (codes.length > 0 && problems.length === 0) printSamples(code);
  }
  const missing = languageTable().map(({ code }) => code).filter((code) => !files.includes(code));
  if (codes.length === 0 && missing.length > 0) print(`no file yet: ${missing.join(" ")}`);
  return failed > 0 ? 1 : 0;
}

/** Runs the command; returns the exit code. */
export function main(args: readonly string[]): number {
  const asJson = args.includes("--json");
  const [command, ...codes] = args.filter((one) => one !== "--json");
  const files = [...Deno.readDirSync(LANGUAGE_FOLDER)].map((entry) => entry.name.replace(".json", "")).sort();
  const shown = codes.length > 0 ? codes : files;
  if (command === "check") return check(codes, files);
  if (command === "words") print(lexiconWords(readLanguage("en")).join(" "));
  else if (command === "doubts") print(doubtsMarkdown().trimEnd());
  else if (command === "samples") {
    if (asJson) {
      print(JSON.stringify(shown.map(samplesOf).map((all) => ({ ...all, language: all.language.code }))));
    } else for (const code of shown) printSamples(code);
  } else if (command === "statistics") {
    const rows = shown.map(statisticsOf);
    if (asJson) print(JSON.stringify(rows));
    else {
      print("lang nouns sentences lexicon words characters bytes");
      for (const row of rows) print(Object.values(row).join(" "));
    }
  } else {
    print(
      `Unknown command "${
        command ?? ""
      }"; valid: check [LANG...], samples [LANG...], statistics, doubts, words`,
    );
    return 2;
  }
  return 0;
}

function run(): number {
  try {
    return main(Deno.args);
  } catch (error) {
    // The reader has seen enough (`| head`).
    if (error instanceof Deno.errors.BrokenPipe) return 0;
    if (!(error instanceof UserError)) throw error;
    print(error.message);
    return 2;
  }
}

if (import.meta.main) Deno.exit(run());
