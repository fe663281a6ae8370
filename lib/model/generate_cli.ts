/**
 * `deno task generate`: prints how a checkpoint continues a text, by greedy decoding.
 *
 *     deno task generate --model ../shared/models/stories15M --prompt "Once upon a time" --max-tokens 40
 *
 * The prompt may be given several times; the prompts are decoded as one batch and their continuations printed one a
 * line (or, with --json, as an array that also has the ids).
 * @module
 */
import { Command, CommanderError } from "commander";
import { didYouMean, UserError } from "../errors.ts";
import { writeAll } from "../files.ts";
import type { Device } from "../tensor/mod.ts";
import { createGenerator, type Generated } from "./generate.ts";
import { generateUncached } from "./generate_uncached.ts";
import { type LlamaModel, loadLlama } from "./llama_model.ts";
import { llama2TokenizerJson } from "./llama2_tokenizer.ts";
import { loadTokenizer, type Tokenizer, tokenizerFromJson } from "./tokenizer.ts";

interface Options {
  readonly model?: string;
  readonly prompt?: readonly string[];
  readonly maxTokens: string;
  readonly tokenizer?: string;
  readonly device: Device;
  readonly threads?: string;
  readonly cache: boolean;
  readonly json?: boolean;
}

function program(): Command {
  return new Command("generate")
    .description("Print how a causal LM continues a text (greedy decoding)")
    .option("--model <folder>", "checkpoint folder in Hugging Face layout")
    .option("--prompt <text>", "text to continue; several make a batch", collect)
    .option("--max-tokens <n>", "new tokens at most", "64")
    .option("--tokenizer <folder>", "take tokenizer.json from another folder, or Llama 2's (llama2)")
    .option("--device <name>", "cpu, webgpu or cuda", "cpu")
    .option("--threads <n>", "threads inside one operator; default: every core")
    .option("--no-cache", "read the whole text again for every token: slow, for checking")
    .option("--json", "print an array with prompt, text, ids and finish_reason")
    .exitOverride()
    .configureOutput({
      writeErr: () => {},
      writeOut: (text) => write(Deno.stdout, text),
      // Asked of the environment otherwise, which this task may not read.
      getOutHasColors: () => false,
      getErrHasColors: () => false,
    });
}

/** Runs the command; returns the exit code: 0, or 2 for a mistake in the arguments or the checkpoint. */
export async function main(args: readonly string[]): Promise<number> {
  const command = program();
  try {
    command.parse([...args], { from: "user" });
    await generate(command.opts<Options>());
    return 0;
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return 0;
    const known = error instanceof CommanderError ? asUserError(error, command) : error;
    if (!(known instanceof UserError)) throw known;
    write(Deno.stderr, `${known.message}\n`);
    return known.exitCode;
  }
}

async function generate(options: Options): Promise<void> {
  const folder = required("--model <folder>", options.model);
  const texts = required("--prompt <text>", options.prompt);
  const maxNewTokens = positive("--max-tokens", options.maxTokens);
  const threads = options.threads === undefined ? undefined : positive("--threads", options.threads);
  const model = loadLlama(folder);
  const tokenizer = options.tokenizer === "llama2"
    ? tokenizerFromJson(llama2TokenizerJson(), {}, "Llama 2's vocabulary")
    : loadTokenizer(options.tokenizer ?? folder);
  const prompts = texts.map((text) => promptIds(text, tokenizer, model));
  const continued = await run(model, prompts, maxNewTokens, options.cache, {
    device: options.device,
    threads,
  });
  const answers = continued.map(({ ids, finish_reason }, i) => ({
    prompt: texts[i],
    text: continuation(tokenizer, prompts[i], ids),
    prompt_ids: prompts[i],
    ids,
    finish_reason,
  }));
  if (options.json) write(Deno.stdout, `${JSON.stringify(answers)}\n`);
  else for (const { text } of answers) write(Deno.stdout, `${text}\n`);
}

async function run(
  model: LlamaModel,
  prompts: readonly (readonly number[])[],
  maxNewTokens: number,
  cache: boolean,
  on: { readonly device: Device; readonly threads?: number },
): Promise<Generated[]> {
  if (!cache) return await generateUncached(model, prompts, { maxNewTokens }, on);
  const generator = createGenerator(model, on);
  try {
    return await generator.generate(prompts, { maxNewTokens });
  } finally {
    await generator.dispose();
  }
}

/** An empty prompt is the beginning of a text, if the model has a token for that. */
function promptIds(text: string, tokenizer: Tokenizer, { config }: LlamaModel): readonly number[] {
  const ids = text === "" ? [] : tokenizer.encode(text);
  if (ids.length > 0) return ids;
  if (typeof config.bos_token_id === "number") return [config.bos_token_id];
  throw new UserError("Cannot continue an empty prompt: the model has no bos_token_id");
}

/** What the new ids add to the text: tokens are not decoded alone, because a first space depends on what is before it. */
function continuation(tokenizer: Tokenizer, prompt: readonly number[], ids: readonly number[]): string {
  return tokenizer.decode([...prompt, ...ids]).slice(tokenizer.decode(prompt).length);
}

/** Commander's own check would come before the one for unknown options, and hide a misspelt name. */
function required<T>(flags: string, value: T | undefined): T {
  if (value === undefined) throw new UserError(`Required option "${flags}" is missing`);
  return value;
}

function positive(option: string, text: string): number {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new UserError(`Cannot use "${text}" for ${option}: expected a whole number from 1 on`);
}

function collect(text: string, before: readonly string[] | undefined): string[] {
  return [...(before ?? []), text];
}

function asUserError(error: CommanderError, command: Command): UserError {
  const option = error.message.match(/'([^']+)'/)?.[1];
  if (error.code === "commander.unknownOption" && option !== undefined) {
    const valid = command.options.map(({ long, flags }) => long ?? flags);
    return new UserError(`Unknown option "${option}": ${didYouMean(option, valid)}`, { cause: error });
  }
  const text = error.message.replace(/^error: /, "").split("\n")[0];
  return new UserError(text.charAt(0).toUpperCase() + text.slice(1), { cause: error });
}

function write(to: typeof Deno.stdout, text: string): void {
  writeAll(to as unknown as Deno.FsFile, new TextEncoder().encode(text));
}

if (import.meta.main) Deno.exit(await main(Deno.args));
