/**
 * Step: a benchmark's questions in English, written by a program that reads a line a text and writes a line each: any
 * translator that a command line starts (apertium, a script around a hosted model). English questions are left as they are.
 * @module
 */
import { UserError } from "../../errors.ts";
import type { StepContext, StepDefinition } from "../../lab/experiment/types.ts";
import { questionText } from "../source/items.ts";
import { openWorld, type WorldInput } from "../source/worlds.ts";
import type { Asked, Asking } from "./asking.ts";
import { type Translation, writeTranslations } from "./translations.ts";

/** A translator into English by its command line. */
export interface TranslatorCommand {
  /** Program and arguments; "{mode}" in one is what `modes` has for the language. */
  readonly run: readonly string[];
  /** By language code, what the program calls the direction into English. */
  readonly modes: Readonly<Record<string, string>>;
}

interface Input extends WorldInput {
  readonly command: TranslatorCommand;
  readonly asked: Asked;
  readonly evaluation: Pick<Asking, "items" | "split">;
}

export const translateByCommandStep: StepDefinition<Input, { questions: number }> = {
  id: "translate_by_command",
  version: 1,
  module: import.meta.url,
  runtime: [],
  label: ({ asked }) => asked.items,
  async run({ asked, evaluation: { items, split }, command, ...inputs }: Input, context: StepContext) {
    const world = openWorld(inputs);
    const languages = asked.languages.filter((code) => code !== "en");
    checkModes(command, languages);
    const translations: Translation[] = [];
    for (const [done, lang] of languages.entries()) {
      context.progress(done, languages.length, `${asked.items} ${lang}`);
      const questions = world.benchmark(asked.items, lang, { items, split });
      const texts = await translated(command, lang, questions.map(questionText), context.signal);
      translations.push(...questions.map(({ id }, i) => ({ lang, item: id, text: texts[i]! })));
    }
    context.progress(languages.length, languages.length);
    writeTranslations(context, translations);
    return { questions: translations.length };
  },
};

/** @throws {UserError} naming the languages that the command has no direction for */
function checkModes({ run, modes }: TranslatorCommand, languages: readonly string[]): void {
  const missing = languages.filter((code) => !(code in modes));
  if (missing.length === 0) return;
  throw new UserError(
    `Cannot translate by "${run[0]}": its modes have none for ${
      missing.join(", ")
    }; add them, or ask fewer languages`,
  );
}

/** Texts in English, in order. @throws {UserError} when the program is not there, fails, or writes other than a line each */
async function translated(
  { run, modes }: TranslatorCommand,
  lang: string,
  texts: readonly string[],
  signal: AbortSignal,
): Promise<string[]> {
  const [program, ...args] = run.map((part) => part.replaceAll("{mode}", modes[lang]!));
  const name = [program, ...args].join(" ");
  const child = start(program!, args, signal);
  const lines = texts.map((text) => `${text.replace(/\s+/g, " ").trim()}\n`).join("");
  const [{ success, stdout, stderr }] = await Promise.all([child.output(), feed(child, lines)]);
  if (!success) {
    const said = new TextDecoder().decode(stderr).trim().split("\n").at(-1) || "it says nothing";
    throw new UserError(`Cannot translate by "${name}": ${said}`);
  }
  const written = new TextDecoder().decode(stdout).replace(/\n$/, "").split("\n").map((line) => line.trim());
  if (written.length === texts.length) return written;
  throw new UserError(
    `Cannot translate by "${name}": it wrote ${written.length} lines for ${texts.length} texts; it has to write one each`,
  );
}

function start(program: string, args: readonly string[], signal: AbortSignal): Deno.ChildProcess {
  try {
    return new Deno.Command(program, {
      args: [...args],
      signal,
      stdin: "piped",
      stdout: "piped",
      stderr: "piped",
    }).spawn();
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    throw new UserError(
      `Cannot translate by "${program}": there is no such program; install it, or name its path`,
    );
  }
}

/** A program that ends before it has read all says why itself. */
async function feed(child: Deno.ChildProcess, text: string): Promise<void> {
  const writer = child.stdin.getWriter();
  try {
    await writer.write(new TextEncoder().encode(text));
    await writer.close();
  } catch (error) {
    if (!(error instanceof Deno.errors.BrokenPipe)) throw error;
  }
}
