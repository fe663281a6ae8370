/**
 * `deno task world`: checks the language files and shows what they say.
 *
 *     deno task world check ja     problems of one file, then samples of everything in it
 *     deno task world check        problems of every file, and which languages have none
 *     deno task world samples ja   the samples alone; --json for a program
 *     deno task world marks x.json what speakers said of the sentences, from files that the site's pages save
 *     deno task world statistics   how much every language has
 *     deno task world doubts       data/world/DOUBTS.md
 *     deno task world words        the English words that a lexicon must translate
 * @module
 */
import { act, command } from "./command.ts";
import { exitWith } from "./exit.ts";
import { markedRows, marksText } from "./marks_text.ts";
import { miniSheets } from "./mini_sheets.ts";
import { print } from "./terminal/print.ts";
import { UserError } from "../errors.ts";
import { readMarks } from "../report/marks.ts";
import { languageTable } from "../world/table.ts";
import { checkLanguage, lexiconWords } from "../world/mini/check.ts";
import { doubtsMarkdown } from "../world/mini/doubts.ts";
import { type Language, LANGUAGE_FOLDER, readLanguage } from "../world/mini/language.ts";
import { samplesOf, statisticsOf } from "../world/mini/samples.ts";

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

/** Runs the command; returns the exit code: 1 when `check` finds something. */
async function main(args: readonly string[]): Promise<number> {
  const files = [...Deno.readDirSync(LANGUAGE_FOLDER)].map((entry) => entry.name.replace(".json", "")).sort();
  const shown = (codes: readonly string[]) => codes.length > 0 ? codes : files;
  let code = 0;
  const world = command("world", "the mini world's texts, to check and to judge");
  world.command("check [lang...]").description("problems of every file, or of these and all that they say")
    .action((codes: string[]) => {
      code = check(codes, files);
    });
  world.command("samples [lang...]").description("what a speaker can judge")
    .option("--json", "for a program")
    .action((codes: string[], { json }: Format) => {
      if (json) return print(JSON.stringify(shown(codes).map(samplesRow)));
      shown(codes).forEach(printSamples);
    });
  world.command("marks <file...>").description("what speakers said, from files that a language's page saved")
    .option("--json", "for a program")
    .action((paths: string[], { json }: Format) => {
      const sheets = miniSheets();
      const files = paths.map((path) => readMarks(path, readGiven(path), sheets));
      print(json ? JSON.stringify(markedRows(files, sheets), null, 2) : marksText(files, sheets));
    });
  world.command("statistics [lang...]").description("how much every language has")
    .option("--json", "for a program")
    .action((codes: string[], { json }: Format) => {
      const rows = shown(codes).map(statisticsOf);
      if (json) return print(JSON.stringify(rows));
      print("lang nouns sentences lexicon words characters bytes");
      for (const row of rows) print(Object.values(row).join(" "));
    });
  world.command("doubts").description("data/world/DOUBTS.md").action(() => print(doubtsMarkdown()));
  world.command("words").description("the English words that a lexicon must translate")
    .action(() => print(lexiconWords(readLanguage("en")).join(" ")));
  await act(world, args);
  return code;
}

/** @throws {UserError} when there is no such file */
function readGiven(path: string): string {
  try {
    return Deno.readTextFileSync(path);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    throw new UserError(`Cannot read "${path}": there is no such file`, { cause: error });
  }
}

interface Format {
  readonly json?: true;
}

function samplesRow(code: string) {
  return { ...samplesOf(code), language: code };
}

if (import.meta.main) await exitWith(() => main(Deno.args));
