/**
 * `deno task world`: checks the language files and shows what they say.
 *
 *     deno task world check ja     problems of one file, then samples of everything in it
 *     deno task world check        problems of every file
 *     deno task world words        the English words that a lexicon must translate
 * @module
 */
import { UserError } from "../../errors.ts";
import { stream } from "../../random.ts";
import { bindings, checkLanguage, lexiconWords, sampleNumbers } from "./check.ts";
import { type Language, LANGUAGE_FOLDER, readLanguage } from "./language.ts";
import { drawProblem, questionText, solutionText } from "./problem.ts";
import { PROBLEM_TYPES } from "./problem_types.ts";
import { render, sentenceOf } from "./sentence.ts";
import { languageTable } from "../table.ts";

function print(line: string): void {
  const bytes = new TextEncoder().encode(line + "\n");
  for (let at = 0; at < bytes.length;) at += Deno.stdout.writeSync(bytes.subarray(at));
}

function scriptOf(code: string): string {
  const row = languageTable().find((one) => one.code === code);
  if (row === undefined) throw new UserError(`Cannot check "${code}": it is not in data/languages.csv`);
  return row.script;
}

function samples(language: Language, english: Language): void {
  print(`\n# Sentences of ${language.code}`);
  for (const id of english.sentences.keys()) {
    const all = [...bindings(language, id, english)];
    const categories = sampleNumbers(language.code).length;
    const entities = all.length / categories;
    const shown = [0, 1, 2].map((i) =>
      all[Math.floor((i + 0.3) * entities / 3) * categories + i % categories]
    );
    const texts = shown.map((binding) => render(language, sentenceOf(language, id), binding));
    print(`${id.padEnd(14)} ${[...new Set(texts)].join("   ")}`);
  }
  print(`\n# Nouns: citation, then with every sample number`);
  for (const lemma of language.nouns.keys()) {
    const noun = language.nouns.get(lemma);
    print(`${lemma.padEnd(14)} ${[...noun?.forms.values() ?? []].join(", ")} ${noun?.class ?? ""}`);
  }
  print(`\n# Problems`);
  for (const type of PROBLEM_TYPES) {
    const problem = drawProblem(type, stream(1, "samples", type.id));
    print(`${type.id.padEnd(14)} ${questionText(english, problem)}`);
    print(`${"".padEnd(14)} ${questionText(language, problem)} -> ${solutionText(language, problem)}`);
  }
}

function check(code: string, english: Language): string[] {
  try {
    return checkLanguage(readLanguage(code), english, scriptOf(code));
  } catch (error) {
    if (error instanceof UserError) return [error.message];
    throw error;
  }
}

/** Runs the command; returns the exit code. */
export function main(args: readonly string[]): number {
  const [command, ...codes] = args;
  const english = readLanguage("en");
  if (command === "words") {
    print(lexiconWords(english).join(" "));
    return 0;
  }
  if (command !== "check") {
    print(`Unknown command "${command ?? ""}"; valid: check [LANG...], words`);
    return 2;
  }
  const files = [...Deno.readDirSync(LANGUAGE_FOLDER)].map((entry) => entry.name.replace(".json", "")).sort();
  let failed = 0;
  for (const code of codes.length > 0 ? codes : files) {
    const problems = check(code, english);
    failed += problems.length;
    print(`${code}: ${problems.length === 0 ? "ok" : `${problems.length} problems`}`);
    for (const problem of problems) print(`  ${problem}`);
    if (codes.length > 0 && problems.length === 0) samples(readLanguage(code), english);
  }
  return failed > 0 ? 1 : 0;
}

if (import.meta.main) Deno.exit(main(Deno.args));
